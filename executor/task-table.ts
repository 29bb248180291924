/**
 * The task records of the control block, and the loop that runs a pure transition of task-state.ts on the state word.
 * Record words other than `state` and `inbox` are written only by the record's owner (main, before spawn and after the
 * end) and by the one thread whose queue the task stands in (`link`, T1).
 */
import { TASK, taskAt, type Control } from './layout.js';
import { observe, replace } from './sync.js';
import { generationOf, type Action, type Transition } from './task-state.js';

export class TaskTable {
  private readonly base: number;
  constructor(private readonly control: Control) {
    this.base = taskAt(control, 0);
  }

  get capacity(): number {
    return this.control.tasks;
  }

  /** Runs a transition until no other thread interferes. Pairs with itself: who wins has seen what the one before wrote. */
  apply(transition: Transition, task: number, generation: number): Action {
    const words = this.control.words;
    const at = this.word(task, TASK.state);
    for (;;) {
      const now = observe(words, at);
      const [next, action] = transition(now, generation);
      if (next === now || replace(words, at, now, next)) return action;
    }
  }

  state(task: number): number {
    return observe(this.control.words, this.word(task, TASK.state));
  }

  generation(task: number): number {
    return generationOf(this.state(task));
  }

  /** Word index of a field of a task's record. */
  word(task: number, field: number): number {
    return this.base + task * TASK.words + field;
  }

  get(task: number, field: number): number {
    return this.control.words[this.word(task, field)] ?? 0;
  }

  set(task: number, field: number, value: number): void {
    this.control.words[this.word(task, field)] = value;
  }

  startedAt(task: number): number {
    return this.control.doubles[this.word(task, TASK.startedAt) >> 1] ?? 0;
  }

  setStartedAt(task: number, milliseconds: number): void {
    this.control.doubles[this.word(task, TASK.startedAt) >> 1] = milliseconds;
  }

  /** The words that hold inbox heads, for inbox.ts. */
  get words(): Int32Array {
    return this.control.words;
  }
}

/** Ids of free task records; the one thread that makes tasks uses it. The latest freed is the first reused: it is warm. */
export class TaskIds {
  private readonly free: number[] = [];
  private fresh = 0;
  constructor(private readonly capacity: number) {}

  /** Gives -1 when all records are in use. */
  take(): number {
    const reused = this.free.pop();
    if (reused !== undefined) return reused;
    return this.fresh < this.capacity ? this.fresh++ : -1;
  }

  give(task: number): void {
    this.free.push(task);
  }
}
