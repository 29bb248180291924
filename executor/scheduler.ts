/**
 * What one thread does with its tasks: take a ready one, poll it, carry out what it asked for, decide what comes next.
 * Both executors run it: `inline` on the embedder's event loop, a reactor in its worker.
 *
 * Needs: everything in SchedulerParts; the thread record must be this thread's own.
 * Promises: each ended task is reported once, after its heap went back; what it sent before is reported before (L1).
 */
import { COMPLETION, HEADER, POLL, STOP, TRAP } from '../jit/abi.js';
import { threadRecord } from './arena.js';
import { ENDING } from './endings.js';
import type { GuestInstance } from './engine.js';
import { MemoryLimitError } from './errors.js';
import { handOver, hasInbox, pushGroup, takeInbox } from './inbox.js';
import { TASK } from './layout.js';
import { drainOutbox, type PolledTask } from './outbox.js';
import { freeRecords, makeRecord, recordKind, recordNext } from './records.js';
import type { ReadyQueue } from './run-queue.js';
import type { SchedulerParts } from './scheduler-parts.js';
import { observe } from './sync.js';
import { begin, end, isCancelled, wait, wake, yieldTurn } from './task-state.js';
import { beginStretch, renewBudget, requestStop } from './task-memory.js';
import { Timers } from './timers.js';
import { faultOf, internalFault, NO_PLACE, type Fault } from './traps.js';

export class Scheduler {
  private readonly queue: ReadyQueue;
  readonly timers = new Timers();
  private readonly record: number;

  constructor(private readonly parts: SchedulerParts) {
    this.queue = parts.queue;
    this.record = threadRecord(parts.thread);
  }

  get ready(): number {
    return this.queue.length;
  }

  /** Takes over a task whose state says queued (T1). */
  enqueue(task: number): void {
    this.queue.push(task);
  }

  wake(task: number, generation: number): void {
    if (this.parts.table.apply(wake, task, generation) === 'enqueue') this.queue.push(task);
  }

  /** Delivers the timers that are due, each as a turn of its own; gives how many. */
  fireTimers(): number {
    const { arena, blocks, table, clock, count } = this.parts;
    if (this.timers.size === 0) return 0;
    const now = Math.floor(clock.monotonic());
    let fired = 0;
    for (let timer = this.timers.takeDue(now); timer; timer = this.timers.takeDue(now), fired++) {
      try {
        pushGroup(arena, table, timer.task, [makeRecord(blocks, COMPLETION.timer, timer.opId, 0)]);
      } catch (error) {
        if (!(error instanceof MemoryLimitError)) throw error;
        // The arena is full: the task ends for that when its turn comes.
        const header = table.get(timer.task, TASK.header);
        arena.words[(header + HEADER.trapCode) >> 2] = TRAP.memory;
        requestStop(arena, header, STOP.kill);
      }
      this.wake(timer.task, timer.generation);
    }
    if (fired > 0) count('timers', fired);
    return fired;
  }

  /** Milliseconds until the next timer, at least 0; Infinity without any. */
  untilNextTimer(): number {
    return Math.max(0, this.timers.nextDue - this.parts.clock.monotonic());
  }

  /** Polls up to `limit` ready tasks, or until `until` on the monotonic clock; gives how many. */
  run(limit: number, until = Infinity): number {
    let polls = 0;
    while (polls < limit) {
      const task = this.queue.pop();
      if (task < 0) break;
      this.step(task);
      polls++;
      if (until !== Infinity && this.parts.clock.monotonic() >= until) break;
    }
    if (polls > 0) this.parts.count('polls', polls);
    return polls;
  }

  /** One scheduler step: inbox in, poll, outbox out, next state. */
  private step(task: number): void {
    const { arena, table, outlet, clock } = this.parts;
    const generation = table.generation(task);
    if (table.apply(begin, task, generation) !== 'run') return;
    const header = table.get(task, TASK.header);
    // Pairs with requestStop: whoever asks for a stop wakes the task after it.
    const stop = observe(arena.words, (header + HEADER.stop) >> 2);
    if (stop === STOP.timeout) return this.finish(task, generation, ENDING.timeout);
    if (stop === STOP.kill) return this.finish(task, generation, arena.words[(header + HEADER.trapCode) >> 2] || ENDING.cancelled);

    table.set(task, TASK.polls, table.get(task, TASK.polls) + 1);
    const records = takeInbox(arena, table, task);
    // Read after the inbox: whoever sends the start of an evaluation has set its program before.
    const program = table.get(task, TASK.program);
    if (this.isSession(task)) this.renewBudget(header, records);
    handOver(arena, header, records);
    beginStretch(arena, header);
    // Made before the clock is read: a timer that is set in this poll does not pay for it.
    const instance = this.instanceOf(program);
    const now = clock.monotonic();
    arena.words[(header + HEADER.thread) >> 2] = this.record;
    arena.doubles[(header + HEADER.clock) >> 3] = clock.wall();
    arena.doubles[(header + HEADER.monotonic) >> 3] = now - table.startedAt(task);
    const publishedBefore = (arena.words[(header + HEADER.published) >> 2] ?? 0) !== 0;
    const outcome = 'poll' in instance ? this.poll(task, instance, header) : instance;
    const failed = this.drain({ task, generation, header, now, publishedBefore });
    if (typeof outcome !== 'number') {
      const { instances, count } = this.parts;
      count('traps', 1);
      this.finish(task, generation, outcome.ending, instances.placeOf(program, outcome), outcome.text);
      // After a trap none of the instance's globals is trusted.
      return instances.discard(program);
    }
    if (failed !== ENDING.none) return this.finish(task, generation, failed);
    outlet.polled?.(task);
    this.settle(task, generation, header, outcome);
  }

  /** Gives the ending that what the task asked for brings, or none. What nobody handles ends no session. */
  private drain(polled: PolledTask): number {
    try {
      return drainOutbox(this.parts, this.timers, polled) && !this.isSession(polled.task) ? ENDING.unhandled : ENDING.none;
    } catch (error) {
      return error instanceof MemoryLimitError ? ENDING.memory : ENDING.internal;
    }
  }

  private isSession(task: number): boolean {
    return this.parts.table.get(task, TASK.session) !== 0;
  }

  /** Each evaluation has its own fuel. */
  private renewBudget(header: number, records: number): void {
    const { arena } = this.parts;
    for (let record = records; record !== 0; record = recordNext(arena, record)) {
      if (recordKind(arena, record) === COMPLETION.start) renewBudget(arena, header, record);
    }
  }

  private instanceOf(program: number): GuestInstance | Fault {
    try {
      return this.parts.instances.get(program);
    } catch (error) {
      return internalFault(error);
    }
  }

  private poll(task: number, instance: GuestInstance, header: number): number | Fault {
    const { arena, running } = this.parts;
    running(task);
    try {
      return instance.poll(header);
    } catch (error) {
      return faultOf(error, arena.words[(header + HEADER.trapCode) >> 2] ?? 0);
    } finally {
      running(-1);
    }
  }

  /** After a poll without fault: queue again, wait for a wake, or end. */
  private settle(task: number, generation: number, header: number, result: number): void {
    const { arena, table, outlet } = this.parts;
    const word = (offset: number): number => arena.words[(header + offset) >> 2] ?? 0;
    const stays = this.isSession(task) && !isCancelled(table.state(task));
    const more = result === POLL.ready || word(HEADER.inbox) !== 0 || hasInbox(table, task);
    if (more) {
      if (table.apply(yieldTurn, task, generation) === 'enqueue') this.queue.push(task);
    } else if (word(HEADER.pendingOps) > 0 || stays) {
      if (word(HEADER.pendingOps) === 0 && word(HEADER.published) === 0) {
        arena.words[(header + HEADER.published) >> 2] = 1;
        outlet.stuck(task, generation);
      }
      if (table.apply(wait, task, generation) === 'enqueue') this.queue.push(task);
    } else if (word(HEADER.published) !== 0) {
      this.finish(task, generation, ENDING.finished);
    } else {
      this.finish(task, generation, isCancelled(table.state(task)) ? ENDING.cancelled : ENDING.deadlock);
    }
  }

  /** Gives back what the task holds but its header, which belongs to whoever made the task (L1). */
  private finish(task: number, generation: number, ending: number, place = NO_PLACE, text = ''): void {
    const { arena, blocks, table, outlet, count } = this.parts;
    const header = table.get(task, TASK.header);
    const word = (offset: number): number => (header + offset) >> 2;
    this.timers.stopAll(task);
    this.parts.instances.ended(table.get(task, TASK.program), header);
    freeRecords(blocks, arena.words[word(HEADER.inbox)] ?? 0);
    freeRecords(blocks, arena.words[word(HEADER.outboxHead)] ?? 0);
    freeRecords(blocks, takeInbox(arena, table, task));
    blocks.freeList(arena.words[word(HEADER.held)] ?? 0);
    blocks.freeList(arena.words[word(HEADER.blocks)] ?? 0);
    for (const offset of [HEADER.inbox, HEADER.outboxHead, HEADER.held, HEADER.blocks]) arena.words[word(offset)] = 0;
    table.apply(end, task, generation);
    count('tasksEnded', 1);
    outlet.ended(task, generation, ending, place, text);
  }
}
