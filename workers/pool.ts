/**
 * The pool executor: tasks run in reactor workers, one arena for all. The embedder's thread never waits for guest code;
 * it sends tasks to the worker with the fewest, answers host calls, and closes.
 */
import { threadRecord } from '../executor/arena.js';
import type { Lane } from '../executor/lane.js';
import { tell } from '../executor/diagnostics.js';
import { ENDING } from '../executor/endings.js';
import { ClosedError } from '../executor/errors.js';
import type { CloseOptions } from '../executor/executor.js';
import { SLOT, SLOT_STOP, slotAt } from '../executor/layout.js';
import { unpark } from '../executor/park.js';
import type { LoadedProgram } from '../executor/programs.js';
import { RealmExecutor, type ThreadFigures } from '../executor/realm-executor.js';
import type { RealmParts } from '../executor/realm.js';
import { observe, publish } from '../executor/sync.js';
import { BLOCK_CLASSES, THREAD } from '../jit/abi.js';
import { Mailbox, resetSlot } from './mailbox.js';
import type { Source } from './messages.js';
import { Restarts } from './restarts.js';
import { workerCounters } from './stats.js';
import { Threads } from './threads.js';
import { Ticker } from './ticker.js';

export interface PoolParts extends RealmParts {
  readonly workers: number;
  readonly engine: Source;
  /** Makes the same codec as `codec`, in each worker. */
  readonly codecSource: Source;
}

/** How long a closing pool waits for tasks to unwind and for reactors to answer. */
const UNWIND_MS = 2_000;
const ANSWER_MS = 1_000;

export class PoolExecutor extends RealmExecutor implements Lane {
  readonly inline = false;
  private readonly threads: Threads;
  private readonly mailboxes: Mailbox[] = [];
  private readonly placed: number[];
  private readonly ticker: Ticker;
  private readonly restarts = new Restarts();
  private closing: Promise<void> | undefined;
  private answered: () => void = () => undefined;

  constructor(private readonly parts: PoolParts) {
    const { workers, limits } = parts;
    super(parts, workers, limits.stackKiB);
    const { control, arena, desk } = this.realm;
    desk.lane = this;
    this.placed = Array.from({ length: workers }, () => 0);
    this.ticker = new Ticker(control, (task) => desk.refreshClock(task));
    const data = { memory: arena.memory, control: control.buffer, engine: parts.engine, codec: parts.codecSource };
    this.threads = new Threads(workers, limits.stackKiB, data, { lost: (slot, cause) => this.lost(slot, cause) });
    for (let slot = 0; slot < workers; slot++) this.startSlot(slot);
  }

  private startSlot(slot: number): void {
    const { control, arena, blocks, desk } = this.realm;
    resetSlot(control, slot);
    const port = this.threads.start(slot);
    const mailbox = new Mailbox(control, arena, blocks, slot, port, desk, () => this.heard());
    mailbox.hold(desk.holding);
    this.mailboxes[slot] = mailbox;
  }

  // Lane ----------------------------------------------------------------------------------------------------------------

  place(program: LoadedProgram): number {
    let best = 0;
    const cost = (slot: number): number => (this.placed[slot] ?? 0) + (this.threads.isReady(slot) ? 0 : 1_000_000);
    for (let slot = 1; slot < this.placed.length; slot++) if (cost(slot) < cost(best)) best = slot;
    this.placed[best] = (this.placed[best] ?? 0) + 1;
    this.ensure(program, best);
    return best;
  }

  ensure(program: LoadedProgram, slot: number): void {
    this.mailboxes[slot]?.ensure(program);
  }

  release(slot: number): void {
    this.placed[slot] = (this.placed[slot] ?? 0) - 1;
  }

  submit(task: number, slot: number): void {
    this.mailboxes[slot]?.run(task);
    this.ticker.start();
  }

  forget(program: number): void {
    for (const mailbox of this.mailboxes) mailbox.forget(program);
  }

  outstanding(count: number): void {
    // Only the steps between none and some matter.
    if (count <= 1) for (const mailbox of this.mailboxes) mailbox.hold(count > 0);
  }

  // Threads -------------------------------------------------------------------------------------------------------------

  private heard(): void {
    this.ticker.start();
    this.answered();
  }

  /** A thread died: its tasks fail, others go on, and a new thread takes the slot. */
  private lost(slot: number, cause: string): void {
    const { desk, arena } = this.realm;
    tell('worker-lost', () => ({ worker: slot, cause }));
    this.mailboxes[slot]?.drainAll();
    this.mailboxes[slot]?.close();
    for (const task of desk.tasksOf(slot)) desk.lose(task, ENDING.workerLost, cause);
    // It may have died while it changed its lists: what they held is given up.
    const lists = (threadRecord(slot + 1) + THREAD.freeLists) >> 2;
    arena.words.fill(0, lists, lists + BLOCK_CLASSES.length);
    if (this.closing) {
      // It answers no more; its tasks are over.
      publish(this.realm.control.words, slotAt(slot) + SLOT.stop, SLOT_STOP.acknowledged);
      return this.answered();
    }
    if (this.restarts.note(performance.now())) this.startSlot(slot);
    else void this.shutDown(new ClosedError(`worker threads keep ending: ${cause}`), false);
  }

  protected threadFigures(): ThreadFigures {
    return { ...workerCounters(this.realm.control), workers: this.parts.workers, workersLost: this.restarts.total };
  }

  close(options: CloseOptions = {}): Promise<void> {
    return this.shutDown(new ClosedError(), options.drain ?? false);
  }

  private shutDown(reason: ClosedError, drain: boolean): Promise<void> {
    this.closing ??= this.runShutdown(reason, drain);
    return this.closing;
  }

  /** Refuse and unwind; stop the reactors and hear their answers; only then end the threads. */
  private async runShutdown(reason: ClosedError, drain: boolean): Promise<void> {
    const { desk } = this.realm;
    const unwound = desk.close(reason, drain);
    await (drain ? unwound : within(unwound, UNWIND_MS));
    await within(this.stopReactors(), ANSWER_MS);
    await this.threads.destroy();
    this.ticker.stop();
    for (const mailbox of this.mailboxes) {
      mailbox.drainAll();
      mailbox.close();
    }
    for (const task of desk.tasksOf()) desk.lose(task, ENDING.closed, '');
  }

  /** Pairs with Reactor.loop, which acknowledges and then knocks, so that `heard` looks again. */
  private stopReactors(): Promise<void> {
    const { words } = this.realm.control;
    const ready = this.mailboxes.map((mailbox) => mailbox.worker).filter((slot) => this.threads.isReady(slot));
    const acknowledged = (): boolean => ready.every((slot) => observe(words, slotAt(slot) + SLOT.stop) === SLOT_STOP.acknowledged);
    return new Promise((resolve) => {
      this.answered = () => {
        if (acknowledged()) resolve();
      };
      for (const slot of ready) {
        publish(words, slotAt(slot) + SLOT.stop, SLOT_STOP.stop);
        unpark(words, slotAt(slot));
      }
      this.answered();
    });
  }
}

/** Waits for a promise, but not longer than this; holds the process meanwhile. */
async function within(promise: Promise<void>, milliseconds: number): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  await Promise.race([promise, new Promise<void>((resolve) => (timeout = setTimeout(resolve, milliseconds)))]);
  clearTimeout(timeout);
}
