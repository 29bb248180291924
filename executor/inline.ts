/**
 * The inline executor: tasks run on the embedder's own event loop, a bounded stretch per turn. Nobody can stop a poll from
 * outside here, so fuel is what bounds it.
 */
import type { Engine } from './engine.js';
import { OneThreadExecutor } from './one-thread.js';
import type { RealmParts } from './realm.js';
import { RunQueue } from './run-queue.js';

/** A turn of the event loop ends after so many polls or milliseconds, whichever comes first. */
const TURN_POLLS = 256;
const TURN_MS = 5;

export class InlineExecutor extends OneThreadExecutor {
  private callOff: () => void = () => undefined;

  constructor(
    private readonly parts: RealmParts,
    engine: Engine,
  ) {
    super(parts, engine, { queue: (table) => new RunQueue(table), running: () => undefined });
  }

  protected runTurn(): void {
    try {
      this.scheduler.fireTimers();
      this.scheduler.run(TURN_POLLS, this.parts.clock.monotonic() + TURN_MS);
    } finally {
      // Also after a defect that one task met: the others go on.
      this.comeBack();
    }
  }

  private comeBack(): void {
    this.callOff();
    if (this.scheduler.ready > 0) return this.schedule();
    const wait = this.scheduler.untilNextTimer();
    if (wait === 0) return this.schedule();
    if (wait !== Infinity) this.callOff = this.parts.clock.after(Math.max(1, Math.ceil(wait)), () => this.runTurn());
  }

  protected still(): void {
    this.callOff();
  }
}
