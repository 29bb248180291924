/**
 * The compiler as a jit uses it: on a thread of its own or in place, behind a cache in memory and one on disk.
 *
 *   key = digest of compiler, options, source -> memory -> compiles in flight -> disk -> compile
 *
 * Promises one compile for requests that ask for the same at once, and the same artifact object while it is in memory.
 */
import { createHash } from 'node:crypto';
import type { Artifact } from '../jit/artifact.js';
import { buildId } from '../jit/build-id.js';
import type { Source, SourceOptions } from '../jit/compile-source.js';
import { OptionError } from '../executor/errors.js';
import { ArtifactCache } from './artifact-cache.js';
import type { CompileThread } from './compile-thread.js';
import { readFromDisk, writeToDisk } from './disk-cache.js';

/** Where compiled programs are kept for the next compile of the same text. */
export interface CacheOptions {
  /** What the cache in memory may hold; 0: none. */
  readonly memoryMiB?: number;
  /** A folder that other processes may share. Who can write there can make this process run code in its sandbox. */
  readonly directory?: string;
}

export const COMPILE_PLACES = ['thread', 'inline'] as const;
export type CompilePlace = (typeof COMPILE_PLACES)[number];

/** Throws CompileError with all diagnostics, and nothing else. */
export type Compile = (source: Source, options: SourceOptions) => Artifact | Promise<Artifact>;

const DEFAULT_MEMORY_MIB = 64;

export interface CompilerStats {
  /** Compiles that were done, and those that a cache answered. */
  readonly compiles: number;
  readonly cacheHits: number;
}

export class Compiler {
  private readonly memory: ArtifactCache;
  private readonly directory: string | undefined;
  private readonly inFlight = new Map<string, Promise<Artifact>>();
  private compiles = 0;
  private cacheHits = 0;
  private closed = false;

  /** `thread`: where to compile; without one `load` brings the compiler into this thread. */
  constructor(
    private readonly load: () => Promise<Compile>,
    private readonly thread: CompileThread | undefined,
    { memoryMiB = DEFAULT_MEMORY_MIB, directory }: CacheOptions = {},
  ) {
    if (!(memoryMiB >= 0)) throw new OptionError(`option 'cache.memoryMiB' must be a number from 0 on, not ${String(memoryMiB)}`);
    if (directory !== undefined && (typeof directory !== 'string' || directory === '')) throw new OptionError(`option 'cache.directory' must be the name of a folder`);
    this.memory = new ArtifactCache(memoryMiB * 2 ** 20);
    this.directory = directory;
    thread?.enter();
  }

  /** Rejects with CompileError, or CompilerLostError if the thread dies. */
  compile(source: Source, options: SourceOptions): Promise<Artifact> {
    const key = keyOf(source, options);
    const known = this.memory.get(key);
    if (known) {
      this.cacheHits++;
      return Promise.resolve(known);
    }
    const running = this.inFlight.get(key) ?? this.begin(key, source, options);
    return running;
  }

  stats(): CompilerStats {
    return { compiles: this.compiles, cacheHits: this.cacheHits };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.thread?.leave();
  }

  private begin(key: string, source: Source, options: SourceOptions): Promise<Artifact> {
    const artifact = this.find(key, source, options).finally(() => this.inFlight.delete(key));
    this.inFlight.set(key, artifact);
    return artifact;
  }

  private async find(key: string, source: Source, options: SourceOptions): Promise<Artifact> {
    const stored = this.directory === undefined ? undefined : await readFromDisk(this.directory, key);
    if (stored) this.cacheHits++;
    const artifact = stored ?? (await this.make(source, options));
    this.memory.set(key, artifact);
    // Nobody waits for the disk.
    if (!stored && this.directory !== undefined) void writeToDisk(this.directory, key, artifact);
    return artifact;
  }

  private async make(source: Source, options: SourceOptions): Promise<Artifact> {
    this.compiles++;
    return this.thread ? this.thread.compile(source, options) : (await this.load())(source, options);
  }
}

/** Names of options in one order: what is equal has one key. */
function keyOf(source: Source, options: SourceOptions): string {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([buildId(), entries])).update('\0').update(source).digest('hex');
}
