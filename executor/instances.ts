/** The running instances of one thread, made on first use. */
import type { Arena } from './arena.js';
import type { Engine, GuestInstance } from './engine.js';
import { InternalError } from './errors.js';
import type { LoadedProgram } from './program-data.js';

export class Instances {
  private readonly made = new Map<number, GuestInstance>();
  constructor(
    private readonly engine: Engine,
    private readonly arena: Arena,
    private readonly find: (program: number) => LoadedProgram | undefined,
  ) {}

  get(program: number): GuestInstance {
    const known = this.made.get(program);
    if (known) return known;
    const loaded = this.find(program);
    if (!loaded) throw new InternalError(`program ${program} is not loaded in this thread`);
    const instance = this.engine.instantiate(loaded.artifact, this.arena.memory, loaded.dataAddress);
    this.made.set(program, instance);
    return instance;
  }

  discard(program: number): void {
    this.made.delete(program);
  }
}
