/**
 * Timers of one thread: a binary heap by (due, sequence), so that equal deadlines fire in the order they were set, as
 * Node's do. Removal by (task, operation), and of all that a task has left.
 *
 * Due times are whole milliseconds: `floor(clock of the poll) + delay`, with Node's rules for delays.
 */

export interface Timer {
  readonly due: number;
  readonly sequence: number;
  readonly task: number;
  readonly generation: number;
  readonly opId: number;
  /** Position in the heap; -1 when not in it. */
  index: number;
  /** Neighbours in the list of the task's timers. */
  previous: Timer | undefined;
  next: Timer | undefined;
}

const MAX_DELAY = 2 ** 31 - 1;
/**
 * Node's rule: what is no number of 1 to 2^31-1 is 1; fractions are cut. 0 is asked for by setImmediate alone, which comes
 * before every timer that was set in the same turn or later.
 */
export const nodeDelay = (milliseconds: number): number =>
  milliseconds === 0 ? 0 : milliseconds >= 1 && milliseconds <= MAX_DELAY ? Math.trunc(milliseconds) : 1;

/** Exact in a double, since task ids stay below 2^21. */
const operationKey = (task: number, opId: number): number => task * 2 ** 32 + (opId >>> 0);
const before = (a: Timer, b: Timer): boolean => a.due < b.due || (a.due === b.due && a.sequence < b.sequence);

export class Timers {
  private readonly heap: Timer[] = [];
  /** The latest timer of each task, by task id. */
  private readonly byTask: (Timer | undefined)[] = [];
  private readonly byOperation = new Map<number, Timer>();
  private sequence = 0;

  get size(): number {
    return this.heap.length;
  }

  /** The earliest deadline, or Infinity. */
  get nextDue(): number {
    return this.heap[0]?.due ?? Infinity;
  }

  add(due: number, task: number, generation: number, opId: number): void {
    const next = this.byTask[task];
    const timer: Timer = { due, sequence: this.sequence++, task, generation, opId, index: this.heap.length, previous: undefined, next };
    if (next) next.previous = timer;
    this.byTask[task] = timer;
    this.byOperation.set(operationKey(task, opId), timer);
    this.heap.push(timer);
    this.up(timer, timer.index);
  }

  /** Takes the earliest timer that is due, if any. */
  takeDue(now: number): Timer | undefined {
    const first = this.heap[0];
    if (first === undefined || first.due > now) return undefined;
    this.remove(first);
    return first;
  }

  stop(task: number, opId: number): void {
    const timer = this.byOperation.get(operationKey(task, opId));
    if (timer) this.remove(timer);
  }

  stopAll(task: number): void {
    for (let timer = this.byTask[task]; timer; timer = this.byTask[task]) this.remove(timer);
  }

  private remove(timer: Timer): void {
    this.byOperation.delete(operationKey(timer.task, timer.opId));
    if (timer.next) timer.next.previous = timer.previous;
    if (timer.previous) timer.previous.next = timer.next;
    else this.byTask[timer.task] = timer.next;
    const last = this.heap.pop();
    if (last && last !== timer) {
      this.up(last, timer.index);
      this.down(last, last.index);
    }
    timer.index = -1;
  }

  private up(timer: Timer, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.heap[above];
      if (!parent || !before(timer, parent)) break;
      this.heap[index] = parent;
      parent.index = index;
      index = above;
    }
    this.heap[index] = timer;
    timer.index = index;
  }

  private down(timer: Timer, from: number): void {
    let index = from;
    for (;;) {
      let below = 2 * index + 1;
      let child = this.heap[below];
      const right = this.heap[below + 1];
      if (child && right && before(right, child)) {
        child = right;
        below++;
      }
      if (!child || !before(child, timer)) break;
      this.heap[index] = child;
      child.index = index;
      index = below;
    }
    this.heap[index] = timer;
    timer.index = index;
  }
}
