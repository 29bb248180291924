/** What the executors without worker threads do alike: they poll on the embedder's own thread, over one scheduler. */
import type { Engine } from './engine.js';
import { ClosedError } from './errors.js';
import type { CloseOptions } from './executor.js';
import { Instances } from './instances.js';
import type { Lane } from './lane.js';
import { COUNTERS, type CounterName } from './layout.js';
import type { LoadedProgram } from './programs.js';
import type { RealmParts } from './realm.js';
import { RealmExecutor, type ThreadFigures } from './realm-executor.js';
import type { ReadyQueue } from './run-queue.js';
import { Scheduler } from './scheduler.js';
import type { TaskTable } from './task-table.js';

export interface ThreadParts {
  readonly queue: (table: TaskTable) => ReadyQueue;
  /** Told before each poll, and with -1 after it. */
  readonly running: (task: number) => void;
}

export abstract class OneThreadExecutor extends RealmExecutor implements Lane {
  readonly inline = true;
  protected readonly scheduler: Scheduler;
  private readonly instances: Instances;
  private readonly programs = new Map<number, LoadedProgram>();
  private readonly counters = new Map<CounterName, number>(COUNTERS.map((name) => [name, 0]));
  private turn: NodeJS.Immediate | undefined;

  constructor(parts: RealmParts, engine: Engine, { queue, running }: ThreadParts) {
    super(parts, 0, parts.limits.inlineStackKiB);
    const { arena, blocks, table, desk } = this.realm;
    const instances = new Instances(engine, arena, blocks, (program) => this.programs.get(program));
    this.instances = instances;
    this.scheduler = new Scheduler({
      arena,
      blocks,
      table,
      queue: queue(table),
      thread: 0,
      clock: parts.clock,
      outlet: desk,
      instances,
      formatLog: (program, payload, level) => parts.codec.formatLog(payload, level, (trace) => instances.stackLines(program, trace)),
      count: (name, by) => void this.counters.set(name, (this.counters.get(name) ?? 0) + by),
      running,
    });
    desk.lane = this;
  }

  place(program: LoadedProgram): number {
    this.ensure(program);
    return 0;
  }

  ensure(program: LoadedProgram): void {
    this.programs.set(program.id, program);
  }

  submit(task: number): void {
    this.scheduler.enqueue(task);
    this.schedule();
  }

  release(): void {}

  forget(program: number): void {
    this.programs.delete(program);
    this.instances.discard(program);
  }

  /** Timers, immediates and deadlines of live tasks hold the process by themselves. */
  outstanding(): void {}

  /** A turn of the event loop does what there is to do. */
  protected abstract runTurn(): void;
  /** Nothing of the executor's own is to happen any more. */
  protected abstract still(): void;

  /** Sees to it that there is a turn. */
  protected schedule(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.runTurn();
    });
  }

  protected threadFigures(): ThreadFigures {
    // The map has exactly the names of COUNTERS.
    return { ...(Object.fromEntries(this.counters) as Record<CounterName, number>), workers: 0, workersLost: 0 };
  }

  async close(options: CloseOptions = {}): Promise<void> {
    await this.realm.desk.close(new ClosedError(), options.drain ?? false);
    if (this.turn) clearImmediate(this.turn);
    this.still();
  }
}
