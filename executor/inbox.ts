/**
 * The inbox of a task: a push list of completion records whose head is a word of the task's record. Any thread pushes
 * whole turn groups; the task's poller takes all at once and reverses, since a push list is last in, first out.
 */
import { HEADER, RECORD } from '../jit/abi.js';
import type { Arena } from './arena.js';
import { TASK } from './layout.js';
import { recordNext, setGroupStart, setRecordNext } from './records.js';
import { observe, pushChain, swap } from './sync.js';
import type { TaskTable } from './task-table.js';

/** Pushes one turn group, in order. The caller wakes the task afterwards (pairs with `takeInbox`). */
export function pushGroup(arena: Arena, table: TaskTable, task: number, group: readonly number[]): void {
  const first = group[0];
  const last = group[group.length - 1];
  if (first === undefined || last === undefined) return;
  setGroupStart(arena, first);
  for (let i = group.length - 1; i > 0; i--) setRecordNext(arena, group[i] ?? 0, group[i - 1] ?? 0);
  pushChain(table.words, table.word(task, TASK.inbox), last, (next) => setRecordNext(arena, first, next));
}

/** Pairs with `pushGroup`; one that is missed here is followed by a wake, which the state word keeps (T3). */
export const hasInbox = (table: TaskTable, task: number): boolean => observe(table.words, table.word(task, TASK.inbox)) !== 0;

/** Takes everything that was pushed, oldest first, as a list linked by RECORD.next. Pairs with `pushGroup`. */
export function takeInbox(arena: Arena, table: TaskTable, task: number): number {
  let record = swap(table.words, table.word(task, TASK.inbox), 0);
  let first = 0;
  while (record !== 0) {
    const next = recordNext(arena, record);
    setRecordNext(arena, record, first);
    first = record;
    record = next;
  }
  return first;
}

/** Appends a list to what the guest has not yet taken of HEADER.inbox. */
export function handOver(arena: Arena, header: number, first: number): void {
  if (first === 0) return;
  let link = (header + HEADER.inbox) >> 2;
  for (let record = arena.words[link] ?? 0; record !== 0; record = arena.words[link] ?? 0) link = (record + RECORD.next) >> 2;
  arena.words[link] = first;
}
