/** The running instances of one thread, made on first use. */
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import { placeOfTrap } from './code-places.js';
import type { Engine, GuestInstance } from './engine.js';
import { InternalError } from './errors.js';
import { stackLines } from './guest-stack.js';
import type { LoadedProgram } from './programs.js';
import { NO_PLACE, type Fault } from './traps.js';

export class Instances {
  private readonly made = new Map<number, GuestInstance>();
  constructor(
    private readonly engine: Engine,
    private readonly arena: Arena,
    private readonly blocks: BlockCache,
    private readonly find: (program: number) => LoadedProgram | undefined,
  ) {}

  get(program: number): GuestInstance {
    const known = this.made.get(program);
    if (known) return known;
    const loaded = this.find(program);
    if (!loaded) throw new InternalError(`program ${program} is not loaded in this thread`);
    const instance = this.engine.instantiate(loaded.artifact, this.arena.memory, loaded.dataAddress, this.blocks);
    this.made.set(program, instance);
    return instance;
  }

  /** The offset in the program's source that a fault stands at; only its first source counts. */
  placeOf(program: number, fault: Fault): number {
    const loaded = this.find(program);
    return (loaded && placeOfTrap(loaded.artifact, fault.offsets)?.offset) ?? NO_PLACE;
  }

  /** The lines of an error's trace, as logs show them. */
  stackLines(program: number, trace: readonly number[]): string[] {
    const loaded = this.find(program);
    return loaded ? stackLines(loaded.artifact, trace) : [];
  }

  /** A task of the program is over, however it ended. */
  ended(program: number, header: number): void {
    this.made.get(program)?.end?.(header);
  }

  /** The next `get` makes a new one. */
  discard(program: number): void {
    this.made.delete(program);
  }
}
