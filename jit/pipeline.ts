/**
 * The ordered list of passes: what turns a linked module into one that the back end takes.
 *
 *   IR --shrink--> lower-async --shrink--> spill meter stack-check --> lowered IR
 *
 * Needs a well-formed module; the library functions that passes put calls of (RUNTIME of passes/context.ts) may be in it
 * or be linked later. Promises plain functions without suspensions; the module is changed in place.
 */
import { assertVerified } from '../ir/verify.js';
import type { IrModule } from '../ir/function.js';
import type { FrameLayout } from './artifact.js';
import type { LibraryFacts } from './passes/call-facts.js';
import { callFactsOf, createContext, type Pass, type PassContext } from './passes/context.js';
import { eliminateDeadCode } from './passes/dce.js';
import { fold } from './passes/fold.js';
import { numberValues } from './passes/gvn.js';
import { lowerAsync } from './passes/lower-async.js';
import { meter } from './passes/meter.js';
import { DISPATCH_LIMITS } from './passes/resume-plan.js';
import { simplifyCfg } from './passes/simplify-cfg.js';
import { spill } from './passes/spill.js';
import { checkStack } from './passes/stack-check.js';

export interface PipelineOptions {
  /** Verify after every stage. */
  readonly verify?: boolean;
  /** Fold and simplify; default true. */
  readonly optimize?: boolean;
  /** Charge fuel; default true. */
  readonly meter?: boolean;
  /** Bound the native stack; default true. */
  readonly stackCheck?: boolean;
  /** Keep a shadow stack for the collector; default true. */
  readonly spill?: boolean;
  /** What the library that will be linked told when it was lowered; without it the worst is assumed of its functions. */
  readonly library?: LibraryFacts | undefined;
  /** The module is a library: programs that are not known yet will call its functions. */
  readonly openWorld?: boolean;
}

export interface Lowered {
  /** Layouts of the frames, in the order of lowering. */
  readonly frames: readonly FrameLayout[];
  /** For modules that will call this one. */
  readonly facts: LibraryFacts;
}

interface Stage {
  readonly name: string;
  readonly passes: readonly Pass[];
}

const SHRINK: readonly Pass[] = [fold, eliminateDeadCode, simplifyCfg, eliminateDeadCode];

const stagesOf = (options: PipelineOptions): Stage[] => [
  { name: 'shrink', passes: options.optimize === false ? [] : SHRINK },
  { name: 'lower-async', passes: [lowerAsync] },
  { name: 'shrink lowered', passes: options.optimize === false ? [] : [fold, numberValues, ...SHRINK] },
  { name: 'spill', passes: options.spill === false ? [] : [spill] },
  { name: 'meter', passes: options.meter === false ? [] : [meter] },
  { name: 'stack-check', passes: options.stackCheck === false ? [] : [checkStack] },
];

/** Runs all passes over all functions, stage by stage. */
export function lowerModule(module: IrModule, options: PipelineOptions = {}): Lowered {
  const world = { library: options.library ?? null, openWorld: options.openWorld ?? false };
  const context = createContext(module, DISPATCH_LIMITS, world);
  if (options.verify) assertVerified(module, 'before passes');
  for (const { name, passes } of stagesOf(options)) {
    for (const pass of passes) runOnAll(module, pass, context);
    if (options.verify && passes.length > 0) assertVerified(module, `after ${name}`);
  }
  return { frames: context.frames, facts: factsOf(context) };
}

/** The functions are listed first: lower-async adds some, which need no such lowering themselves. */
function runOnAll(module: IrModule, pass: Pass, context: PassContext): void {
  for (const func of [...module.functions.values()]) pass(func, context);
}

function factsOf(context: PassContext): LibraryFacts {
  const { callingBack, allocating } = callFactsOf(context);
  return {
    calm: [...context.module.functions.keys()].filter((name) => !callingBack.has(name)),
    still: [...context.module.functions.keys()].filter((name) => !allocating.has(name)),
    units: Object.fromEntries(context.meterPlan?.unitsOfCall ?? []),
  };
}
