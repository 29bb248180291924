/**
 * The ordered list of passes: what turns a linked module into one that the back end takes.
 *
 *   IR --shrink--> lower-async --split, shrink--> spill meter stack-check --> lowered IR
 *
 * Needs a well-formed module; the library functions that passes put calls of (RUNTIME of passes/context.ts) may be in it
 * or be linked later. Promises plain functions without suspensions; the module is changed in place.
 */
import { assertVerified } from '../ir/verify.js';
import { cloneFunction } from '../ir/clone.js';
import type { IrFunction, IrModule } from '../ir/function.js';
import type { FrameLayout } from './artifact.js';
import type { LibraryFacts } from './passes/call-facts.js';
import { callFactsOf, createContext, type Pass, type PassContext } from './passes/context.js';
import { eliminateDeadCode } from './passes/dce.js';
import { fold } from './passes/fold.js';
import { numberValues } from './passes/gvn.js';
import { inlineCalls, mayBeInlined, type InlineBody } from './passes/inline.js';
import { hoistInvariants } from './passes/licm.js';
import { lowerAsync } from './passes/lower-async.js';
import { meter } from './passes/meter.js';
import { DISPATCH_LIMITS } from './passes/resume-plan.js';
import { propagateConstants } from './passes/sccp.js';
import { simplifyCfg } from './passes/simplify-cfg.js';
import { spill } from './passes/spill.js';
import { splitResume } from './passes/split-resume.js';
import { checkStack } from './passes/stack-check.js';
import { threadJumps } from './passes/thread-jumps.js';

/** What makes code run at all, at every level. */
const LOWERINGS = { 'lower-async': lowerAsync, spill, meter, 'stack-check': checkStack } satisfies Record<string, Pass>;
/** What makes it better. */
const OPTIMIZATIONS = {
  inline: inlineCalls, fold, dce: eliminateDeadCode, 'simplify-cfg': simplifyCfg, sccp: propagateConstants, gvn: numberValues, 'thread-jumps': threadJumps, licm: hoistInvariants, 'split-resume': splitResume,
} satisfies Record<string, Pass>;

type LoweringName = keyof typeof LOWERINGS;
export type OptimizationName = keyof typeof OPTIMIZATIONS;
/** By their names on the command line. */
export const OPTIMIZATION_NAMES = Object.keys(OPTIMIZATIONS) as OptimizationName[]; // keys of that object
const PASSES: Readonly<Record<LoweringName | OptimizationName, Pass>> = { ...LOWERINGS, ...OPTIMIZATIONS };

const ORDER: readonly (LoweringName | OptimizationName)[] = [
  'fold', 'dce', 'inline', 'fold', 'thread-jumps', 'simplify-cfg', 'dce',
  'lower-async', 'split-resume', 'inline',
  'fold', 'sccp', 'simplify-cfg', 'thread-jumps', 'gvn', 'fold', 'simplify-cfg', 'licm', 'dce',
  'spill', 'meter', 'stack-check',
];

/** `none`: nothing but what makes code run. `speed`: all optimizations. */
export const LEVELS = { none: [], speed: OPTIMIZATION_NAMES } as const satisfies Record<string, readonly OptimizationName[]>;
export type Level = keyof typeof LEVELS;
export const LEVEL_NAMES = ['none', 'speed'] as const satisfies readonly Level[];

export interface PipelineOptions {
  /** Verify after every pass. */
  readonly verify?: boolean;
  /** The optimizations that run, in the order of the pipeline; default all. */
  readonly optimizations?: readonly OptimizationName[];
  /** Lowerings that are left out, for tests. */
  readonly without?: readonly LoweringName[];
  /** Told of each pass over the module, with its time in milliseconds. */
  readonly onPass?: (name: string, milliseconds: number) => void;
  /** What the library that will be linked told when it was lowered; without it the worst is assumed of its functions. */
  readonly library?: LibraryFacts | undefined;
  /** The module is a library: programs that are not known yet will call its functions. */
  readonly openWorld?: boolean;
  /** Bodies of its functions, for inlining. */
  readonly bodies?: ((name: string) => InlineBody | undefined) | undefined;
  /** See PassContext. */
  readonly opaqueAwaits?: boolean;
}

/** What the callers of compilers choose. */
export interface Tuning {
  /** How much is done for speed; default `speed`. */
  readonly level?: Level;
  /** Instead of a level: the optimizations by name, and who is told how long passes take. */
  readonly passes?: Pick<PipelineOptions, 'optimizations' | 'onPass'>;
}

export const tuned = ({ level = 'speed', passes }: Tuning): Pick<PipelineOptions, 'optimizations' | 'onPass'> => ({ optimizations: LEVELS[level], ...passes });

export interface Lowered {
  /** Layouts of the frames, in the order of lowering. */
  readonly frames: readonly FrameLayout[];
  /** For modules that will call this one. */
  readonly facts: LibraryFacts;
  /** Functions that they may copy, as they were before they were given fuel, stack and spills. */
  readonly bodies: readonly IrFunction[];
}

/** Runs all passes over all functions, pass by pass. */
export function lowerModule(module: IrModule, options: PipelineOptions = {}): Lowered {
  const world = { library: options.library ?? null, openWorld: options.openWorld ?? false, bodies: options.bodies };
  const context = createContext(module, DISPATCH_LIMITS, world, options.opaqueAwaits);
  const chosen = new Set<string>([...(options.optimizations ?? LEVELS.speed), ...Object.keys(LOWERINGS)]);
  for (const name of options.without ?? []) chosen.delete(name);
  if (options.verify) assertVerified(module, 'before passes');
  let bodies: readonly IrFunction[] = [];
  for (const name of ORDER.filter((each) => chosen.has(each))) {
    if (name === 'spill' && options.openWorld) bodies = bodiesOf(module);
    const start = performance.now();
    runOnAll(module, PASSES[name], context);
    options.onPass?.(name, performance.now() - start);
    if (options.verify) assertVerified(module, `after ${name}`);
  }
  return { frames: context.frames, facts: factsOf(context), bodies };
}

/** Callees before callers where it matters. The functions are listed first: lower-async adds some, which need no such lowering. */
function runOnAll(module: IrModule, pass: Pass, context: PassContext): void {
  const names = pass === inlineCalls ? callFactsOf(context).order : module.functions.keys();
  for (const func of [...names].map((name) => module.functions.get(name))) if (func) pass(func, context);
  if (pass === inlineCalls) context.callFacts = null;
}

const bodiesOf = (module: IrModule): IrFunction[] =>
  [...module.functions.values()].filter(mayBeInlined).map((func) => cloneFunction(func, func.name));

function factsOf(context: PassContext): LibraryFacts {
  const { callingBack, allocating } = callFactsOf(context);
  return {
    calm: [...context.module.functions.keys()].filter((name) => !callingBack.has(name)),
    still: [...context.module.functions.keys()].filter((name) => !allocating.has(name)),
    units: Object.fromEntries(context.meterPlan?.unitsOfCall ?? []),
  };
}
