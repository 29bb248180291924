/**
 * Runs a TypeScript program with a seeded host, in Node and in brolga, and says what could be seen of it. Programs run in
 * this process: they end, since whoever writes them sees to it.
 */
import { format } from 'node:util';
import ts = require('typescript');
import { CompileError, createJit, type Jit, type JitOptions, type Program } from '../../index.js';
import { show, showError } from '../oracle/case.js';
import { seededHost, turn, type SeededHost } from './host.js';

export interface Seen {
  readonly outcome: string;
  readonly logs: readonly string[];
  readonly calls: readonly string[];
}

export const ARGUMENTS = [3, 'seed'] as const;

/** Turns without a sign of life after which a program waits for the host. */
const QUIET_TURNS = 3;

/** Answers calls until the program ended and nothing more happens. `life` changes while the program does something. */
async function serve(host: SeededHost, life: () => string, ended: () => boolean): Promise<void> {
  for (let [quiet, last] = [0, '']; ; ) {
    await turn();
    const now = `${life()} ${host.calls.length}`;
    quiet = now === last ? quiet + 1 : 0;
    last = now;
    if (quiet < QUIET_TURNS) continue;
    if (!host.settleOne() && ended()) return;
    quiet = 0;
  }
}

// Node --------------------------------------------------------------------------------------------------------------------

type Main = (...args: readonly unknown[]) => Promise<unknown>;

function nodeMain(source: string, scope: Readonly<Record<string, unknown>>): Main {
  const { outputText } = ts.transpileModule(source.replace('export async function main', 'async function main'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleDetection: ts.ModuleDetectionKind.Legacy },
  });
  const make = new Function(...Object.keys(scope), `'use strict';${outputText}\nreturn main;`);
  const main: Main = make(...Object.values(scope));
  return main;
}

/** undefined for a program that leaves a rejection to nobody, which Node would end. */
export async function runInNode(source: string, seed: number): Promise<Seen | undefined> {
  const host = seededHost(seed);
  const logs: string[] = [];
  const log = (...args: readonly unknown[]): void => void logs.push(format(...args));
  let unhandled = false;
  const listener = (): void => void (unhandled = true);
  process.on('unhandledRejection', listener);
  try {
    // Host calls settle in a later macrotask in both lanes.
    const main = nodeMain(source, { ...host.functions, console: { log } });
    let outcome: string | undefined;
    main(...ARGUMENTS).then((value) => (outcome = show(value)), (error: unknown) => (outcome = showError(error)));
    await serve(host, () => String(logs.length), () => outcome !== undefined);
    return unhandled ? undefined : { outcome: outcome ?? '', logs, calls: host.calls };
  } finally {
    process.off('unhandledRejection', listener);
  }
}

// brolga ------------------------------------------------------------------------------------------------------------------

export const LANES = {
  v8: { engine: 'v8' },
  'v8, collecting at every allocation': { engine: 'v8', limits: { collectEvery: 1 } },
  interpreter: { engine: 'interpreter' },
  wasmtime: { engine: 'wasmtime' },
} as const satisfies Record<string, JitOptions>;
export type LaneName = keyof typeof LANES;

/** Programs need far less; a runaway must not hold the fuzzer. */
const FUEL = 200_000_000;

/** One jit a lane, made on first use. */
export class BrolgaLanes {
  private readonly jits = new Map<LaneName, Promise<Jit>>();

  private jit(lane: LaneName): Promise<Jit> {
    const known = this.jits.get(lane);
    if (known) return known;
    const made = createJit({ executor: 'inline', cache: { memoryMiB: 0 }, ...LANES[lane] });
    this.jits.set(lane, made);
    return made;
  }

  async run(lane: LaneName, source: string, seed: number): Promise<Seen> {
    const jit = await this.jit(lane);
    const host = seededHost(seed);
    let program: Program;
    try {
      program = await jit.compile(source, { host: host.functions });
    } catch (error) {
      throw new Error(`${lane}: ${error instanceof CompileError ? error.message : String(error)}`);
    }
    const logs: string[] = [];
    const run = program.start('main', ARGUMENTS, { fuel: FUEL, onLog: (_level, text) => void logs.push(text), onUnhandled: () => undefined });
    let outcome: string | undefined;
    let over = false;
    run.result.then((value) => (outcome = show(value)), (error: unknown) => (outcome = showError(error)));
    run.finished.then(() => (over = true), () => (over = true));
    await serve(host, () => `${jit.stats().polls} ${logs.length}`, () => over && outcome !== undefined);
    program.dispose();
    return { outcome: outcome ?? '', logs, calls: host.calls };
  }

  async close(): Promise<void> {
    for (const jit of this.jits.values()) await (await jit).close();
    this.jits.clear();
  }
}

export function assertSeen(what: string, actual: Seen, expected: Seen): void {
  if (actual.outcome !== expected.outcome) throw new Error(`${what} gives ${actual.outcome}\nNode gives ${expected.outcome}`);
  for (const key of ['logs', 'calls'] as const) {
    for (let at = 0; at < Math.max(actual[key].length, expected[key].length); at++) {
      if (actual[key][at] !== expected[key][at]) throw new Error(`${what}: ${key}[${at}] is ${actual[key][at]}\nNode has ${expected[key][at]}`);
    }
  }
}
