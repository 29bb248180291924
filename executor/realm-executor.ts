/** What all executors do alike: they own a realm, whose desk answers the public API. They differ in who polls. */
import type { Artifact } from '../jit/artifact.js';
import type { CallOptions, Run } from './call.js';
import type { CloseOptions, Executor, ExecutorStats } from './executor.js';
import type { HostImplementation } from './host-calls.js';
import type { CounterName } from './layout.js';
import type { DeskProgram } from './programs.js';
import { createRealm, type Realm, type RealmParts } from './realm.js';
import type { SessionRun } from './session-run.js';

/** Figures that only the executor itself can know. */
export type ThreadFigures = Readonly<Record<CounterName, number>> & Pick<ExecutorStats, 'workers' | 'workersLost'>;

export abstract class RealmExecutor implements Executor {
  protected readonly realm: Realm;

  /** `workers`: threads besides the embedder's own. */
  constructor(parts: RealmParts, workers: number, stackKiB: number) {
    this.realm = createRealm(parts, workers, stackKiB);
  }

  load(artifact: Artifact, implementations: readonly HostImplementation[]): DeskProgram {
    return this.realm.desk.load(artifact, implementations);
  }

  unload(program: DeskProgram): void {
    this.realm.desk.unload(program);
  }

  start(program: DeskProgram, entry: number, args: readonly unknown[], options: CallOptions): Run {
    return this.realm.desk.start(program, entry, args, options);
  }

  session(options: CallOptions): SessionRun {
    return this.realm.desk.session(options);
  }

  stats(): ExecutorStats {
    const { figures, hostCallsInFlight, completionsDropped } = this.realm.desk;
    return { ...this.threadFigures(), ...figures, hostCallsInFlight, completionsDropped };
  }

  protected abstract threadFigures(): ThreadFigures;
  abstract close(options?: CloseOptions): Promise<void>;
}
