/**
 * The tick: while any worker runs, main moves the clocks that the fuel slow path of long polls reads. Without it
 * `while (Date.now() < end) {}` would never end. Nothing ticks while all workers are parked.
 */
import { SLOT, slotAt, type Control } from '../executor/layout.js';
import { isParked } from '../executor/park.js';
import { observe, publish } from '../executor/sync.js';

const TICK_MS = 5;

export class Ticker {
  private interval: NodeJS.Timeout | undefined;
  constructor(
    private readonly control: Control,
    private readonly refresh: (task: number) => void,
  ) {}

  /** Some worker runs, or is about to. */
  start(): void {
    if (this.interval) return;
    this.mark(1);
    this.interval = setInterval(() => this.tick(), TICK_MS);
    // What holds the process are tasks, not the tick.
    this.interval.unref();
  }

  stop(): void {
    clearInterval(this.interval);
    this.interval = undefined;
    this.mark(0);
  }

  /** Pairs with Reactor.park, which leaves the parked state and then looks at the mark; and with what it writes of `running`. */
  private tick(): void {
    const { control } = this;
    let running = false;
    for (let worker = 0; worker < control.workers; worker++) {
      const slot = slotAt(worker);
      running ||= !isParked(control.words, slot);
      const task = observe(control.words, slot + SLOT.running) - 1;
      if (task >= 0) this.refresh(task);
    }
    if (running) return;
    this.stop();
    // A worker that woke in between has either seen the mark, or is seen here.
    for (let worker = 0; worker < control.workers; worker++) if (!isParked(control.words, slotAt(worker))) return this.start();
  }

  private mark(value: number): void {
    for (let worker = 0; worker < this.control.workers; worker++) publish(this.control.words, slotAt(worker) + SLOT.ticking, value);
  }
}
