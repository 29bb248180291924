/**
 * The reactor: what a thread of the pool does. Piscina runs `start` as a job, which schedules the loop and returns: a job
 * that never ended would pin the host process.
 *
 *   take entries from main -> fire timers -> poll a bounded number of tasks -> publish -> again, or park
 *
 * A reactor never prints: a parked thread is deaf, so logs go to main through the ring.
 */
import { threadId, workerData } from 'node:worker_threads';
import { attachArena } from '../executor/arena.js';
import { BlockCache } from '../executor/block-cache.js';
import { systemClock } from '../executor/clock.js';
import type { Codec } from '../executor/codec.js';
import type { Engine } from '../executor/engine.js';
import { Instances } from '../executor/instances.js';
import { attachControl, COUNTERS, ringInAt, SLOT, SLOT_STOP, slotAt, type Control, type CounterName } from '../executor/layout.js';
import { Parker } from '../executor/park.js';
import { RingConsumer } from '../executor/ring.js';
import { Scheduler } from '../executor/scheduler.js';
import { observe, publish, swap } from '../executor/sync.js';
import { TaskTable } from '../executor/task-table.js';
import { make, ProgramInbox } from './loader.js';
import { TO_WORKER, type PoolData, type StartAnswer, type StartJob } from './messages.js';
import { RingOutlet } from './ring-outlet.js';

/** Polls between two looks at the ring, and entries taken at a look. */
const POLLS = 64;
const ENTRIES = 512;
/** Turns between two rounds of sharing spare blocks. */
const BALANCE_TURNS = 8;

class Reactor {
  private readonly slot: number;
  private readonly inbox: RingConsumer;
  private readonly parker: Parker;
  private turns = 0;

  constructor(
    private readonly control: Control,
    worker: number,
    private readonly blocks: BlockCache,
    private readonly outlet: RingOutlet,
    private readonly scheduler: Scheduler,
    private readonly forget: (program: number) => void,
  ) {
    this.slot = slotAt(worker);
    this.inbox = new RingConsumer(control.words, ringInAt(control, worker));
    this.parker = new Parker(control.words, this.slot);
  }

  /** Runs until main asks it to stop; returns when this thread polls nothing any more. Pairs with PoolExecutor.stopReactors. */
  loop(): void {
    while (observe(this.control.words, this.slot + SLOT.stop) === SLOT_STOP.run) {
      this.take();
      this.scheduler.fireTimers();
      const polled = this.scheduler.run(POLLS);
      this.outlet.flush();
      if (++this.turns % BALANCE_TURNS === 0) this.blocks.balance();
      if (polled === 0) this.park();
    }
    publish(this.control.words, this.slot + SLOT.stop, SLOT_STOP.acknowledged);
    this.outlet.knock();
  }

  private take(): void {
    const taken = this.inbox.drain(ENTRIES, (kind, subject) => {
      if (kind === TO_WORKER.run) this.scheduler.enqueue(subject);
      else this.forget(subject);
    });
    if (taken === 0) return;
    count(this.control, this.slot, 'wakes', taken);
    // Pairs with Mailbox.flush: there is room now.
    if (swap(this.control.words, this.slot + SLOT.hungry, 0) === 1) this.outlet.knock();
  }

  /** Every source of work but timers, whose time bounds the park. */
  private hasWork(): boolean {
    return !this.inbox.isEmpty || this.outlet.canFlush || observe(this.control.words, this.slot + SLOT.stop) !== SLOT_STOP.run;
  }

  private park(): void {
    const wait = this.scheduler.untilNextTimer();
    if (wait === 0) return;
    count(this.control, this.slot, 'parks', 1);
    this.parker.park(wait, () => this.hasWork());
    // Woken by a timer: main may not know that clocks and deadlines need it. Pairs with Ticker.tick.
    if (observe(this.control.words, this.slot + SLOT.ticking) === 0) this.outlet.knock();
  }
}

/** Only the worker itself writes its counters. */
function count(control: Control, slot: number, name: CounterName, by: number): void {
  const at = ((slot + SLOT.counters) >> 1) + COUNTERS.indexOf(name);
  control.doubles[at] = (control.doubles[at] ?? 0) + by;
}

async function makeReactor(data: PoolData, { slot: worker, port }: StartJob): Promise<Reactor> {
  const control = attachControl(data.control);
  const arena = attachArena(data.memory);
  // Thread record 0 is main's.
  const thread = worker + 1;
  const blocks = new BlockCache(arena, control, thread);
  const outlet = new RingOutlet(control, worker, blocks, port);
  const programs = new ProgramInbox(port);
  const engine = await make<Engine>(data.engine);
  const codec = await make<Codec>(data.codec);
  const instances = new Instances(engine, arena, blocks, (program) => programs.find(program));
  const slot = slotAt(worker);
  const scheduler = new Scheduler({
    arena,
    blocks,
    table: new TaskTable(control),
    thread,
    clock: systemClock,
    outlet,
    instances,
    formatLog: (program, payload, level) => codec.formatLog(payload, level, (trace) => instances.stackLines(program, trace)),
    count: (name, by) => count(control, slot, name, by),
    // Pairs with Ticker.tick, which moves the clock of the task that is being polled.
    running: (task) => publish(control.words, slot + SLOT.running, task + 1),
  });
  return new Reactor(control, worker, blocks, outlet, scheduler, (program) => {
    instances.discard(program);
    programs.forget(program);
  });
}

/** The Piscina job. A thread that cannot become a reactor lives on and says so. */
export default async function start(job: StartJob): Promise<StartAnswer> {
  try {
    // Piscina passes its own workerData option through.
    const reactor = await makeReactor(workerData as PoolData, job);
    setImmediate(() => reactor.loop());
    return { threadId };
  } catch (error) {
    return { threadId, failure: error instanceof Error ? error.message : String(error) };
  }
}
