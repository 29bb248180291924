/**
 * What passes share beside the function they work on: the module, signatures, and what lowering leaves behind.
 *
 * Needs nothing of the module but its symbols. Promises that functions of the runtime library have a signature even
 * while the module does not hold them yet.
 */
import { symbolTypesOf, type SymbolTypes } from '../../ir/builder.js';
import type { BasicBlock, IrFunction, IrModule } from '../../ir/function.js';
import type { Signature } from '../../ir/types.js';
import type { FrameLayout } from '../artifact.js';
import { GLOBALS } from '../abi.js';
import { CLOSED_WORLD, findCallFacts, type CallFacts, type World } from './call-facts.js';
import type { MeterPlan } from './meter.js';
import { DISPATCH_LIMITS, type DispatchLimits } from './resume-plan.js';

/** A pass changes one function and says whether it did. */
export type Pass = (func: IrFunction, context: PassContext) => boolean;

export interface PassContext {
  readonly module: IrModule;
  readonly symbols: SymbolTypes;
  /** Layouts of the frames made so far, in the order of lowering. */
  readonly frames: FrameLayout[];
  readonly dispatchLimits: DispatchLimits;
  readonly world: World;
  /** For tests whose library makes up what awaiting gives: every await asks it. */
  readonly opaqueAwaits: boolean;
  /** Heads of lower-async's dispatches: guards through which all ways go, so that nesting stays shallow. */
  readonly guards: WeakSet<BasicBlock>;
  /** State machines and thunks: their first parameter is a frame that whoever passes it keeps alive, or null. */
  readonly resumable: Set<string>;
  /** Facts about calls; null until asked for, and again after a pass that adds or removes calls. */
  callFacts: CallFacts | null;
  /** Who pays fuel for what; null until asked for, which must be before the first function pays. */
  meterPlan: MeterPlan | null;
  /** Estimated bytes of native stack of the functions that were asked about. */
  readonly frameBytes: Map<string, number>;
}

/** Library functions that passes put calls of. */
export const RUNTIME = {
  await_start: { params: ['val', 'i32'], results: ['i32'] },
  await_called: { params: ['val', 'i32', 'i32'], results: ['i32'] },
  await_turn: { params: ['ref', 'val', 'i32'], results: [] },
  await_suspend: { params: ['ref'], results: [] },
  frame_alloc: { params: ['ref'], results: ['ref'] },
  frame_link: { params: ['ref', 'ref'], results: [] },
  fuel_slow: { params: [], results: [] },
} as const satisfies Record<string, Signature>;

export function createContext(
  module: IrModule,
  dispatchLimits: DispatchLimits = DISPATCH_LIMITS,
  world: World = CLOSED_WORLD,
  opaqueAwaits = false,
): PassContext {
  const known = symbolTypesOf(module);
  const runtime: Readonly<Record<string, Signature>> = RUNTIME;
  const symbols: SymbolTypes = {
    signature: (name) => runtime[name] ?? known.signature(name),
    globalType: (name) => GLOBALS.find((global) => global.name === name)?.type ?? known.globalType(name),
  };
  return { module, symbols, frames: [], dispatchLimits, world, opaqueAwaits, resumable: new Set(), guards: new WeakSet(), callFacts: null, meterPlan: null, frameBytes: new Map() };
}

/** The facts about calls, found when they are first asked for. */
export const callFactsOf = (context: PassContext): CallFacts => (context.callFacts ??= findCallFacts(context.module, context.world));
