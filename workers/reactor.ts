/**
 * The reactor: what a thread of the pool does. Piscina runs `start` as a job, which makes the parts, schedules the loop and
 * returns: a job that never ended would pin the host process.
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
import { attachControl, SLOT, slotAt } from '../executor/layout.js';
import { RunQueue } from '../executor/run-queue.js';
import { Scheduler } from '../executor/scheduler.js';
import { publish } from '../executor/sync.js';
import { TaskTable } from '../executor/task-table.js';
import { make, ProgramInbox } from './loader.js';
import type { PoolData, StartAnswer, StartJob } from './messages.js';
import { count, Reactor } from './reactor-loop.js';
import { RingOutlet } from './ring-outlet.js';

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
  const table = new TaskTable(control);
  const scheduler = new Scheduler({
    arena,
    blocks,
    table,
    queue: new RunQueue(table),
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
