/**
 * The ready tasks of one thread, first in, first out: linked through the task records themselves (T1 gives each task one
 * place in one queue), so any number fits and nothing is allocated.
 */
import { TASK } from './layout.js';
import type { TaskTable } from './task-table.js';

/** Where ready tasks stand until they are polled. */
export interface ReadyQueue {
  readonly length: number;
  push(task: number): void;
  /** Gives -1 when empty. */
  pop(): number;
}

export class RunQueue implements ReadyQueue {
  private head = 0;
  private tail = 0;
  length = 0;
  constructor(private readonly table: TaskTable) {}

  push(task: number): void {
    this.table.set(task, TASK.link, 0);
    if (this.tail === 0) this.head = task + 1;
    else this.table.set(this.tail - 1, TASK.link, task + 1);
    this.tail = task + 1;
    this.length++;
  }

  pop(): number {
    if (this.head === 0) return -1;
    const task = this.head - 1;
    this.head = this.table.get(task, TASK.link);
    if (this.head === 0) this.tail = 0;
    this.length--;
    return task;
  }
}
