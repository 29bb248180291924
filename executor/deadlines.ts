/**
 * Deadlines of tasks, kept by the embedder's thread. Most calls share one timeout, so deadlines stand in lists by length,
 * each in order by itself: setting and clearing one costs the same however many there are. One timeout serves the
 * earliest; nothing ticks while nothing is due.
 */
import type { Clock } from './clock.js';

/**
 * What happens to a task when its time comes. `abandon`: its promise is settled even if its thread does not answer.
 * `heed`: a poll that began before the cancellation and still goes on is ended.
 */
export const DEADLINE = { timeout: 1, kill: 2, abandon: 3, heed: 4 } as const;

interface List {
  readonly milliseconds: number;
  first: Deadline | undefined;
  last: Deadline | undefined;
}

/** A deadline that is set; `clear` takes it away. */
export interface Deadline {
  readonly due: number;
  readonly task: number;
  readonly generation: number;
  readonly kind: number;
  readonly list: List;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  set: boolean;
}

/** Longest delay that a clock takes. */
const MAX_TIMEOUT = 2 ** 31 - 1;

export class Deadlines {
  private readonly lists = new Map<number, List>();
  private callOff: () => void = () => undefined;
  private armedFor = Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly expire: (task: number, generation: number, kind: number) => void,
  ) {}

  add(milliseconds: number, task: number, generation: number, kind: number): Deadline {
    let list = this.lists.get(milliseconds);
    if (!list) this.lists.set(milliseconds, (list = { milliseconds, first: undefined, last: undefined }));
    const due = this.clock.monotonic() + milliseconds;
    const deadline: Deadline = { due, task, generation, kind, list, previous: list.last, next: undefined, set: true };
    if (list.last) list.last.next = deadline;
    else list.first = deadline;
    list.last = deadline;
    if (due < this.armedFor) this.arm(due);
    return deadline;
  }

  clear(deadline: Deadline): void {
    if (!deadline.set) return;
    deadline.set = false;
    const { list, previous, next } = deadline;
    if (previous) previous.next = next;
    else list.first = next;
    if (next) next.previous = previous;
    else list.last = previous;
    if (list.first) return;
    this.lists.delete(list.milliseconds);
    if (this.lists.size === 0) this.disarm();
  }

  private arm(due: number): void {
    this.disarm();
    this.armedFor = due;
    const delay = Math.min(MAX_TIMEOUT, Math.max(1, Math.ceil(due - this.clock.monotonic())));
    this.callOff = this.clock.after(delay, () => this.fire());
  }

  private disarm(): void {
    this.callOff();
    this.armedFor = Infinity;
  }

  private fire(): void {
    this.disarm();
    try {
      this.expireUntil(this.clock.monotonic());
    } finally {
      // A defect in one call's end must not leave the others without theirs.
      const earliest = Math.min(...[...this.lists.values()].map((list) => list.first?.due ?? Infinity));
      if (earliest < this.armedFor) this.arm(earliest);
    }
  }

  private expireUntil(now: number): void {
    for (const list of [...this.lists.values()]) {
      for (let first = list.first; first && first.due <= now; first = list.first) {
        this.clear(first);
        this.expire(first.task, first.generation, first.kind);
      }
    }
  }
}
