/**
 * The loop of a reactor, over parts that are handed in.
 *
 *   take entries from main -> fire timers -> poll a bounded number of tasks -> publish -> again, or park
 *
 * R1: it parks only after it found no task to poll, and with nothing unpublished. R2: it ends only when asked to, and then
 * acknowledges after its last poll.
 */
import type { BlockCache } from '../executor/block-cache.js';
import { COUNTERS, ringInAt, SLOT, SLOT_STOP, slotAt, type Control, type CounterName } from '../executor/layout.js';
import { Parker } from '../executor/park.js';
import { RingConsumer } from '../executor/ring.js';
import type { Scheduler } from '../executor/scheduler.js';
import { observe, publish, swap } from '../executor/sync.js';
import { TO_WORKER } from './messages.js';
import type { RingOutlet } from './ring-outlet.js';

/** Polls between two looks at the ring, and entries taken at a look. */
const POLLS = 64;
const ENTRIES = 512;
/** Turns between two rounds of sharing spare blocks. */
const BALANCE_TURNS = 8;

export class Reactor {
  private readonly slot: number;
  private readonly inbox: RingConsumer;
  private readonly parker: Parker;
  private turns = 0;

  constructor(
    private readonly control: Control,
    worker: number,
    private readonly blocks: Pick<BlockCache, 'balance'>,
    private readonly outlet: Pick<RingOutlet, 'flush' | 'knock' | 'canFlush'>,
    private readonly scheduler: Pick<Scheduler, 'enqueue' | 'fireTimers' | 'run' | 'untilNextTimer'>,
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
export function count(control: Control, slot: number, name: CounterName, by: number): void {
  const at = ((slot + SLOT.counters) >> 1) + COUNTERS.indexOf(name);
  control.doubles[at] = (control.doubles[at] ?? 0) + by;
}
