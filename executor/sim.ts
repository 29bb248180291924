/**
 * The simulating executor: one thread, virtual time, and a seed that decides what threads, networks and chance decide
 * elsewhere: which ready task is polled next, how long each host call takes, what guests' random numbers are.
 *
 * Y1 the same seed, program and host functions give the same run, however long the host functions really take: an outcome
 * is heard at the virtual time drawn for its call, and the simulation waits for it then. Y2 virtual time passes for work (by
 * fuel) and by leaps to the next event when nothing is ready, so an hour of sleep takes no time. Y3 events are taken in the
 * order of their times; only polls are shuffled, and events against polls.
 *
 * A host call that has not answered PATIENCE_MS of real time after its turn came is late by as much in virtual time: the
 * one thing here that hangs on real time.
 */
import { HEADER } from '../jit/abi.js';
import type { Engine } from './engine.js';
import type { Hear, HostTurns } from './host-turns.js';
import { TASK } from './layout.js';
import { OneThreadExecutor } from './one-thread.js';
import type { RealmParts } from './realm.js';
import type { ReadyQueue } from './run-queue.js';
import { seeded, type Seeded } from './seeded.js';
import { SimTime, type SimEvent } from './sim-time.js';

export interface Simulation {
  /** Decides everything that is left to chance; 1 by default. */
  readonly seed?: number;
  /** Virtual milliseconds that a host call takes; by default a random number below 10. */
  readonly latency?: (name: string, args: readonly unknown[]) => number;
}

/** Steps in one turn of the real event loop. */
const TURN_STEPS = 64;
const PATIENCE_MS = 1_000;
const MOST_LATENCY = 10;
/** Fuel that takes a virtual millisecond, and what a poll takes besides. */
const FUEL_PER_MS = 500_000;
const POLL_MS = 0.001;

/** Any ready task may be the next. */
class ShuffledQueue implements ReadyQueue {
  private readonly tasks: number[] = [];
  constructor(private readonly chance: Seeded) {}

  get length(): number {
    return this.tasks.length;
  }

  push(task: number): void {
    this.tasks.push(task);
  }

  pop(): number {
    const last = this.tasks.pop();
    if (last === undefined) return -1;
    const at = this.chance.below(this.tasks.length + 1);
    const task = this.tasks[at];
    if (task === undefined) return last;
    this.tasks[at] = last;
    return task;
  }
}

/** Host calls as events of virtual time. */
class SimTurns implements HostTurns {
  private ends: (() => void)[] = [];
  constructor(
    private readonly time: SimTime,
    private readonly latency: (name: string, args: readonly unknown[]) => number,
    /** An outcome that was waited for may have come. */
    private readonly heard: (event: SimEvent) => void,
  ) {}

  begin(name: string, args: readonly unknown[], run: (hear: Hear) => void): void {
    const event = this.time.plan(this.latency(name, args));
    let first = true;
    setImmediate(run, (take: () => void) => {
      // A second answer waits for nothing: it is dropped.
      if (!first) return take();
      first = false;
      event.take = take;
      this.heard(event);
    });
  }

  close(run: () => void): void {
    this.ends.push(run);
  }

  /** The turn is over. */
  end(): void {
    for (const end of this.ends.splice(0)) end();
  }
}

/** Tells how much fuel each poll uses. */
class FuelMeter {
  private task = 0;
  private before = 0;
  constructor(
    private readonly fuelOf: (task: number) => number,
    private readonly used: (fuel: number) => void,
  ) {}

  running(task: number): void {
    if (task < 0) return this.used(Math.max(0, this.before - this.fuelOf(this.task)));
    this.task = task;
    this.before = this.fuelOf(task);
  }
}

export class SimExecutor extends OneThreadExecutor {
  private readonly time: SimTime;
  private readonly chance: Seeded;
  private readonly turns: SimTurns;
  /** The event whose turn has come, but not its outcome. */
  private awaited: SimEvent | undefined;
  private patience: NodeJS.Timeout | undefined;

  constructor(parts: RealmParts, engine: Engine, { seed = 1, latency }: Simulation = {}) {
    const time = new SimTime(() => this.schedule());
    const chance = seeded(seed);
    const turns = new SimTurns(time, latency ?? (() => chance.next() * MOST_LATENCY), (event) => this.heard(event));
    const meter = new FuelMeter(
      (task) => this.fuelOf(task),
      (fuel) => time.advance(POLL_MS + fuel / FUEL_PER_MS),
    );
    super({ ...parts, clock: time, random: () => chance.next(), hostTurns: turns }, engine, {
      queue: () => new ShuffledQueue(chance),
      running: (task) => meter.running(task),
    });
    this.time = time;
    this.chance = chance;
    this.turns = turns;
  }

  protected runTurn(): void {
    try {
      for (let steps = 0; steps < TURN_STEPS && !this.awaited; steps++) if (!this.step()) break;
    } finally {
      // Also after a defect that one task met: the others go on.
      if (!this.awaited && (this.scheduler.ready > 0 || this.nextDue !== Infinity)) this.schedule();
    }
  }

  private get nextDue(): number {
    return Math.min(this.time.next?.due ?? Infinity, this.scheduler.timers.nextDue);
  }

  /** One poll or one event; false when there is nothing to do. */
  private step(): boolean {
    const due = this.nextDue;
    const pollFirst = due > this.time.monotonic() || this.chance.below(2) === 0;
    if (this.scheduler.ready > 0 && pollFirst) return this.scheduler.run(1) > 0;
    if (due === Infinity) return false;
    this.time.advanceTo(due);
    const event = this.time.next;
    if (!event || event.due > due) return this.scheduler.fireTimers() > 0;
    this.take(event);
    return true;
  }

  private take(event: SimEvent): void {
    if (!event.take) {
      this.awaited = event;
      this.patience = setTimeout(() => this.putOff(event), PATIENCE_MS);
      return;
    }
    this.time.callOff(event);
    event.take();
    this.turns.end();
  }

  /** An outcome has come; perhaps the one that everything waits for. */
  private heard(event: SimEvent): void {
    if (this.awaited !== event) return;
    clearTimeout(this.patience);
    this.awaited = undefined;
    this.schedule();
  }

  private putOff(event: SimEvent): void {
    this.time.postpone(event, PATIENCE_MS);
    this.awaited = undefined;
    this.schedule();
  }

  private fuelOf(task: number): number {
    const { arena, table } = this.realm;
    const word = (table.get(task, TASK.header) + HEADER.fuel) >> 2;
    return ((arena.words[word] ?? 0) >>> 0) + (arena.words[word + 1] ?? 0) * 2 ** 32;
  }

  protected still(): void {
    clearTimeout(this.patience);
  }
}
