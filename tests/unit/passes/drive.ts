/**
 * Runs async functions in both forms: as written, with every await answered at once, and lowered, with a library that
 * lets a script decide which awaits go on inline and which leave the function to be resumed.
 */
import { createModule, type IrModule } from '../../../ir/function.js';
import { parseModule } from '../../../ir/parse.js';
import { formatParseDiagnostic, formatVerifyDiagnostic } from '../../../ir/diagnostics.js';
import { verifyModule } from '../../../ir/verify.js';
import { controlFlow } from '../../../ir/cfg.js';
import { dominatorTree } from '../../../ir/domtree.js';
import { findLoops } from '../../../ir/loops.js';
import { ASYNC, GLOBALS, PROMISE, SHAPE } from '../../../jit/abi.js';
import { RUNTIME, createContext, type PassContext } from '../../../jit/passes/context.js';
import type { DispatchLimits } from '../../../jit/passes/resume-plan.js';
import { lowerModule, type PipelineOptions } from '../../../jit/pipeline.js';
import { lowerAsync } from '../../../jit/passes/lower-async.js';
import { createFunction } from '../../../ir/function.js';
import { Builder } from '../../../ir/builder.js';
import { Machine, type HostFunction, type Outcome, type Word } from './machine.js';

/** What awaiting a value gives: a number of its own for each operand, a rejection for some. */
export function settle(operand: Word): Outcome {
  const mixed = BigInt.asUintN(52, BigInt(operand) * 0x9e3779b97f4a7c15n + 0x1234567n);
  return { value: mixed >> 3n, status: mixed % 5n === 0n ? ASYNC.rejected : ASYNC.fulfilled };
}

/** A module with the globals and the runtime functions declared (their bodies never end: the host stands in). */
export function emptyModule(): IrModule {
  const module = createModule();
  for (const { name, type } of GLOBALS) {
    module.globals.set(name, { name, type, mutable: true, initial: type === 'i64' || type === 'val' ? 0n : 0 });
  }
  for (const [name, signature] of Object.entries(RUNTIME)) {
    const func = createFunction(name, signature);
    const build = new Builder(func, { signature: () => signature, globalType: () => 'i32' });
    // It has a loop, so that nobody inlines what the host stands in for.
    build.entry();
    const loop = build.block();
    build.jump(loop);
    build.switchTo(loop);
    build.jump(loop);
    module.functions.set(name, func);
  }
  return module;
}

/** Reads functions from text into a module with the runtime. */
export function moduleOf(text: string): IrModule {
  const module = emptyModule();
  const parsed = parseModule(text);
  if (parsed.diagnostics.length > 0) throw new Error(parsed.diagnostics.map(formatParseDiagnostic).join('\n'));
  for (const func of parsed.module.functions.values()) module.functions.set(func.name, func);
  return module;
}

/** Lowers every async function; verifies before and after, and that the graphs stay reducible. */
export function lowerAll(module: IrModule, limits?: DispatchLimits): PassContext {
  check(module);
  const written = largestTable(module);
  const context = createContext(module, limits, undefined, true);
  for (const func of [...module.functions.values()]) lowerAsync(func, context);
  check(module);
  const lowered = largestTable(module);
  if (lowered > Math.max(written, context.dispatchLimits.targets)) throw new Error(`a br_table of ${lowered}`);
  return context;
}

/** Puts a module through the whole pipeline. */
export function lowerWhole(module: IrModule, options: PipelineOptions): void {
  check(module);
  lowerModule(module, { verify: true, opaqueAwaits: true, ...options });
  check(module);
}

export function check(module: IrModule): void {
  const found = verifyModule(module);
  if (found.length > 0) throw new Error(found.map(formatVerifyDiagnostic).join('\n'));
  for (const func of module.functions.values()) {
    const flow = controlFlow(func);
    if (!findLoops(flow, dominatorTree(flow)).reducible) throw new Error(`${func.name} is not reducible`);
  }
}

/** Entries of the largest br_table. */
function largestTable(module: IrModule): number {
  const tables = [...module.functions.values()].flatMap((func) => func.blocks.map((block) => block?.terminator));
  return Math.max(0, ...tables.map((terminator) => (terminator?.kind === 'br_table' ? terminator.targets.length + 1 : 0)));
}

/** Runs a function that was not lowered. */
export function runDirectly(module: IrModule, name: string, args: readonly Word[], host: Readonly<Record<string, HostFunction>> = {}): Outcome {
  const [value, status] = new Machine(module, host, settle).call(name, args);
  return { value: value ?? 0, status: Number(status) };
}

export interface Run extends Outcome {
  readonly suspensions: number;
  readonly frames: number;
}

/** Runs a lowered function to its end. `inline` says of each await, by count, whether it may go on at once. */
export function runLowered(
  module: IrModule,
  name: string,
  args: readonly Word[],
  inline: (count: number) => boolean,
  host: Readonly<Record<string, HostFunction>> = {},
): Run {
  const machine: Machine = new Machine(module, {});
  const waiters = new Map<number, number>();
  const ready: { frame: number; outcome: Outcome }[] = [];
  let awaits = 0;
  let suspensions = 0;
  let frames = 0;
  let awaited: Outcome = { value: 0n, status: 0 };
  const answer = (outcome: Outcome): number => {
    if (inline(awaits++)) {
      machine.globals.set('resumeValue', outcome.value);
      return outcome.status;
    }
    awaited = outcome;
    machine.globals.set('resumeValue', 0x5a5a5a5an);
    return 0;
  };
  const library: Readonly<Record<keyof typeof RUNTIME, HostFunction>> = {
    await_start: (operand = 0) => [answer(settle(operand))],
    await_called: (value = 0, status = 0) => [answer({ value, status: Number(status) })],
    await_suspend: (frame = 0) => {
      suspensions++;
      ready.push({ frame: Number(frame), outcome: awaited });
      return [];
    },
    frame_alloc: (shape = 0) => {
      frames++;
      const bytes = machine.view.getInt32(Number(shape) + SHAPE.inlineCapacity, true);
      const at = machine.allocate(bytes);
      new Uint8Array(machine.view.buffer).fill(0xa5, at, at + bytes);
      return [at];
    },
    await_turn: () => {
      throw new Error('no await is known to give its operand back');
    },
    frame_link: (callee = 0, own = 0) => {
      suspensions++;
      waiters.set(Number(callee), Number(own));
      return [];
    },
    fuel_slow: () => [],
  };
  Object.assign(machine.host, library, host);
  machine.globals.set('fuel', 1_000_000n).set('stack', 1_000_000).set('shadow', machine.allocate(100_000)).set('shadowLimit', 0x7fffffff);
  const shadow = machine.globals.get('shadow');
  const [first, firstStatus] = machine.call(name, [0, 0, ...args]);
  let result: Outcome = { value: first ?? 0, status: Number(firstStatus) };
  const root = result.status === ASYNC.pending ? Number(BigInt.asIntN(32, BigInt(result.value))) : 0;
  while (ready.length > 0) {
    const next = ready.shift();
    if (!next) break;
    machine.globals.set('resumeValue', next.outcome.value).set('resumeStatus', next.outcome.status);
    const thunk = machine.symbolAt(machine.view.getInt32(next.frame + PROMISE.func, true));
    const [value, status] = machine.call(thunk, [next.frame, 0]);
    if (Number(status) === ASYNC.pending) continue;
    const outcome = { value: value ?? 0, status: Number(status) };
    const waiter = waiters.get(next.frame);
    if (next.frame === root) result = outcome;
    else if (waiter !== undefined) ready.push({ frame: waiter, outcome });
    else throw new Error('a frame that nobody waits for has ended');
  }
  if (machine.globals.get('stack') !== 1_000_000) throw new Error('stack was not given back');
  if (machine.globals.get('shadow') !== shadow) throw new Error('the shadow stack was not given back');
  return { ...result, suspensions, frames };
}
