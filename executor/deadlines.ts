/**
 * Deadlines of tasks, kept by the embedder's thread: a heap and one timeout for the earliest, so that nothing ticks while
 * nothing is due.
 */
import type { Clock } from './clock.js';
import { Timers } from './timers.js';

/** What happens to a task when its time comes. `abandon`: its promise is settled even if its thread does not answer. */
export const DEADLINE = { timeout: 1, kill: 2, abandon: 3 } as const;

/** Longest delay that setTimeout takes. */
const MAX_TIMEOUT = 2 ** 31 - 1;

export class Deadlines {
  private readonly timers = new Timers();
  private armed: NodeJS.Timeout | undefined;
  private armedFor = Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly expire: (task: number, generation: number, deadline: number) => void,
  ) {}

  add(delayMs: number, task: number, generation: number, deadline: number): void {
    this.timers.add(this.clock.monotonic() + delayMs, task, generation, deadline);
    this.arm();
  }

  clear(task: number): void {
    this.timers.stopAll(task);
    if (this.timers.size === 0) this.disarm();
  }

  private arm(): void {
    const due = this.timers.nextDue;
    if (due >= this.armedFor) return;
    this.disarm();
    this.armedFor = due;
    const delay = Math.min(MAX_TIMEOUT, Math.max(1, Math.ceil(due - this.clock.monotonic())));
    this.armed = setTimeout(() => this.fire(), delay);
  }

  private disarm(): void {
    clearTimeout(this.armed);
    this.armed = undefined;
    this.armedFor = Infinity;
  }

  private fire(): void {
    this.disarm();
    const now = this.clock.monotonic();
    for (let timer = this.timers.takeDue(now); timer; timer = this.timers.takeDue(now)) {
      this.expire(timer.task, timer.generation, timer.opId);
    }
    if (this.timers.size > 0) this.arm();
  }
}
