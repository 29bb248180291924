/**
 * The jit as embedders see it: one trust domain with its executor, and the compiler in front of it. The compiler is
 * injected, and loaded at the first compile only.
 */
import { codeFrame } from '../jit/diagnostics.js';
import type { Level } from '../jit/pipeline.js';
import type { Artifact } from '../jit/artifact.js';
import { writeArenaImage } from '../jit/arena-image.js';
import { isWebAssembly, type Source } from '../jit/compile-source.js';
import { systemClock } from '../executor/clock.js';
import { ClosedError, OptionError, SourceLimitError } from '../executor/errors.js';
import type { DeskProgram } from '../executor/programs.js';
import type { Engine } from '../executor/engine.js';
import type { CloseOptions, Executor, ExecutorStats } from '../executor/executor.js';
import type { DrawFrame } from '../executor/guest-stack.js';
import { InlineExecutor } from '../executor/inline.js';
import { DEFAULT_LIMITS, resolveLimits, type Limits } from '../executor/limits.js';
import { SimExecutor, type Simulation } from '../executor/sim.js';
import { wireCodec } from '../executor/wire.js';
import { availableParallelism } from 'node:os';
import { EngineUnavailable } from '../jit/errors.js';
import { CODEC, ENGINES, ENGINE_NAMES, OWN_MEMORY, type EngineName } from './engines.js';
import type { CompileThread } from './compile-thread.js';
import { COMPILE_PLACES, Compiler, type CacheOptions, type Compile, type CompilePlace, type CompilerStats } from './compiler.js';
import { asyncFunctions, DEFAULT_FILENAME, implementationsOf, type Host } from './host.js';
import { make } from './loader.js';
import { PoolExecutor } from './pool.js';
import { Program } from './program.js';
import { Session, type SessionOptions } from './session.js';

export const EXECUTORS = ['pool', 'inline', 'sim'] as const;
export type ExecutorName = (typeof EXECUTORS)[number];

export interface JitOptions {
  /** Reactor workers of the pool; by default one per processor. */
  readonly workers?: number;
  /** Limits of all tasks; each call may set its own. */
  readonly limits?: Partial<Limits>;
  /** `pool` (default): worker threads. `inline`: this event loop, bounded by fuel alone. `sim`: likewise, in virtual time and by a seed. */
  readonly executor?: ExecutorName;
  /** Of the executor `sim`: its seed, and how long host calls take. */
  readonly simulation?: Simulation;
  readonly engine?: EngineName;
  /** `thread` (default of `pool`): programs are compiled on a thread that all jits share. `inline`: on the calling one. */
  readonly compiler?: CompilePlace;
  /** Where compiled programs are kept; by default 64 MiB in memory. */
  readonly cache?: CacheOptions;
}

export interface CompileOptions {
  readonly host?: Host;
  /** Shown in errors and stacks. */
  readonly filename?: string;
  /** Ambient declarations of host functions, as in a `.d.ts`, beside those in the source. */
  readonly declarations?: string;
  /** Of a WebAssembly module: imports that are async, `name` or `module.name`, beside those it marks itself. */
  readonly asyncImports?: readonly string[];
  /** How much the compiler does for speed: `speed` (default), or `none`, where compiling is to be quick. */
  readonly level?: Level;
}

export type JitStats = ExecutorStats & CompilerStats & { readonly programs: number };

const DEFAULT_MODULE_NAME = 'module.wasm';

const drawFrame: DrawFrame = (file, text, start) => codeFrame({ file, text, start, length: 1 });

export class Jit implements AsyncDisposable {
  private programs = 0;
  private closed = false;
  private readonly unreachable = new FinalizationRegistry<DeskProgram>((loaded) => this.executor.unload(loaded));

  /** Use `createJit`. */
  constructor(
    private readonly executor: Executor,
    private readonly limits: Limits,
    private readonly engine: EngineName,
    private readonly compiler: Compiler,
  ) {}

  /**
   * Compiles TypeScript; WebAssembly where the source is bytes, or text of a file whose name ends in `.wat`. Rejects with a
   * CompileError that carries every diagnostic.
   */
  async compile(source: Source, options: CompileOptions = {}): Promise<Program> {
    if (this.closed) throw new ClosedError();
    const bytes = typeof source === 'string' ? Buffer.byteLength(source) : source.length;
    if (bytes > this.limits.sourceBytes) throw new SourceLimitError(this.limits.sourceBytes, bytes);
    const { filename, declarations, level = 'speed', asyncImports = [], host = {} } = options;
    const keepLowered = this.engine === 'interpreter';
    const artifact = await this.compiler.compile(source, isWebAssembly(source, filename)
      ? { filename: filename ?? DEFAULT_MODULE_NAME, keepLowered, level, asyncImports, asyncHost: asyncFunctions(host) }
      : { filename: filename ?? DEFAULT_FILENAME, keepLowered, level, ...(declarations !== undefined && { declarations }) });
    return this.load(artifact, options);
  }

  /** Takes a compiled artifact; throws CompileError for declared functions that `host` lacks. */
  load(artifact: Artifact, { host = {} }: Pick<CompileOptions, 'host'> = {}): Program {
    if (this.closed) throw new ClosedError();
    const loaded = this.executor.load(artifact, implementationsOf(artifact, host));
    this.programs++;
    const program = new Program(this.executor, loaded, this.limits);
    this.unreachable.register(program, loaded);
    return program;
  }

  /** Opens a session: TypeScript evaluated piece by piece in one task, whose variables, functions and types stay. */
  session(options: SessionOptions = {}): Session {
    if (this.closed) throw new ClosedError();
    if (OWN_MEMORY.has(this.engine)) throw new OptionError(`engine '${this.engine}' has no sessions: each evaluation is a module, whose memory would be its own; use engine 'v8'`);
    return new Session(this.executor, this.limits, options, this.engine === 'interpreter');
  }

  stats(): JitStats {
    return { ...this.executor.stats(), ...this.compiler.stats(), programs: this.programs };
  }

  /** Refuses new work, cancels what runs (or, with `drain`, lets it end), ends the threads. */
  async close(options?: CloseOptions): Promise<void> {
    this.closed = true;
    this.compiler.close();
    await this.executor.close(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Makes a jit over an injected compiler, and the thread that has the same one. */
export async function createJitWith(options: JitOptions, loadCompiler: () => Promise<Compile>, thread?: CompileThread): Promise<Jit> {
  const limits = resolveLimits(DEFAULT_LIMITS, options.limits, 'jit');
  const engine = options.engine ?? 'v8';
  if (!Object.hasOwn(ENGINES, engine)) throw new OptionError(`unknown engine '${engine}'; engines are ${ENGINE_NAMES.join(', ')}`);
  const compiler = makeCompiler(options, loadCompiler, thread);
  try {
    return new Jit(await makeExecutor(options, limits, engine), limits, engine, compiler);
  } catch (error) {
    compiler.close();
    throw error;
  }
}

function makeCompiler({ compiler, executor, cache }: JitOptions, load: () => Promise<Compile>, thread: CompileThread | undefined): Compiler {
  const place = compiler ?? (executor === undefined || executor === 'pool' ? 'thread' : 'inline');
  if (!COMPILE_PLACES.includes(place)) throw new OptionError(`unknown compiler '${String(place)}'; programs are compiled on ${COMPILE_PLACES.join(', ')}`);
  return new Compiler(load, place === 'thread' ? thread : undefined, cache);
}

async function makeEngine(name: EngineName): Promise<Engine> {
  try {
    return await make<Engine>(ENGINES[name]);
  } catch (error) {
    throw error instanceof EngineUnavailable ? new OptionError(error.message) : error;
  }
}

const MOST_WORKERS = 63;

/** Reactor workers of a pool that is not told how many. */
export const defaultWorkers = (): number => Math.min(MOST_WORKERS, availableParallelism());

function checkedSimulation(simulation: Simulation = {}): Simulation {
  const { seed } = simulation;
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw new OptionError(`option 'simulation.seed' must be a whole number, not ${String(seed)}`);
  return simulation;
}

async function makeExecutor(options: JitOptions, limits: Limits, engine: EngineName): Promise<Executor> {
  const parts = { limits, image: writeArenaImage, codec: wireCodec, clock: systemClock, drawFrame };
  const kind = options.executor ?? 'pool';
  if (kind === 'inline') return new InlineExecutor(parts, await makeEngine(engine));
  if (kind === 'sim') return new SimExecutor(parts, await makeEngine(engine), checkedSimulation(options.simulation));
  if (kind !== 'pool') throw new OptionError(`unknown executor '${String(kind)}'; executors are ${EXECUTORS.join(', ')}`);
  if (OWN_MEMORY.has(engine)) throw new OptionError(`engine '${engine}' runs on executors 'inline' and 'sim' only: its guests do not share the memory of a pool`);
  const workers = options.workers ?? defaultWorkers();
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
    throw new OptionError(`option 'workers' must be a whole number from 1 to ${MOST_WORKERS}, not ${String(workers)}`);
  }
  return new PoolExecutor({ ...parts, workers, engine: ENGINES[engine], codecSource: CODEC });
}
