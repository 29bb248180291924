/**
 * The inline executor: tasks run on the embedder's own event loop, a bounded stretch per turn. Nobody can stop a poll from
 * outside here, so fuel is what bounds it.
 */
import type { Lane } from './lane.js';
import type { Engine } from './engine.js';
import { ClosedError } from './errors.js';
import type { CloseOptions } from './executor.js';
import { Instances } from './instances.js';
import { COUNTERS, type CounterName } from './layout.js';
import type { LoadedProgram } from './programs.js';
import type { RealmParts } from './realm.js';
import { RealmExecutor, type ThreadFigures } from './realm-executor.js';
import { Scheduler } from './scheduler.js';

/** A turn of the event loop ends after so many polls or milliseconds, whichever comes first. */
const TURN_POLLS = 256;
const TURN_MS = 5;

export class InlineExecutor extends RealmExecutor implements Lane {
  readonly inline = true;
  private readonly scheduler: Scheduler;
  private readonly instances: Instances;
  private readonly programs = new Map<number, LoadedProgram>();
  private readonly counters = new Map<CounterName, number>(COUNTERS.map((name) => [name, 0]));
  private turn: NodeJS.Immediate | undefined;
  private alarm: NodeJS.Timeout | undefined;

  constructor(
    private readonly parts: RealmParts,
    engine: Engine,
  ) {
    super(parts, 0, parts.limits.inlineStackKiB);
    const { arena, blocks, table, desk } = this.realm;
    const instances = new Instances(engine, arena, blocks, (program) => this.programs.get(program));
    this.instances = instances;
    this.scheduler = new Scheduler({
      arena,
      blocks,
      table,
      thread: 0,
      clock: parts.clock,
      outlet: desk,
      instances,
      formatLog: (program, payload, level) => parts.codec.formatLog(payload, level, (trace) => instances.stackLines(program, trace)),
      count: (name, by) => void this.counters.set(name, (this.counters.get(name) ?? 0) + by),
      running: () => undefined,
    });
    desk.lane = this;
  }

  // Lane ----------------------------------------------------------------------------------------------------------------

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

  private schedule(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.runTurn();
    });
  }

  private runTurn(): void {
    try {
      this.scheduler.fireTimers();
      this.scheduler.run(TURN_POLLS, this.parts.clock.monotonic() + TURN_MS);
    } finally {
      // Also after a defect that one task met: the others go on.
      this.comeBack();
    }
  }

  private comeBack(): void {
    clearTimeout(this.alarm);
    this.alarm = undefined;
    if (this.scheduler.ready > 0) return this.schedule();
    const wait = this.scheduler.untilNextTimer();
    if (wait === 0) return this.schedule();
    if (wait !== Infinity) this.alarm = setTimeout(() => this.runTurn(), Math.max(1, Math.ceil(wait)));
  }

  protected threadFigures(): ThreadFigures {
    // The map has exactly the names of COUNTERS.
    return { ...(Object.fromEntries(this.counters) as Record<CounterName, number>), workers: 0, workersLost: 0 };
  }

  async close(options: CloseOptions = {}): Promise<void> {
    await this.realm.desk.close(new ClosedError(), options.drain ?? false);
    clearTimeout(this.alarm);
    if (this.turn) clearImmediate(this.turn);
  }
}
