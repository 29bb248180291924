/**
 * The ordered list of passes: what turns a linked module into one that the back end takes.
 *
 *   linked IR --shrink--> lower-async --shrink--> spill? meter? stack-check? --> lowered IR
 *
 * Needs a verified module that holds the library functions its passes call (RUNTIME of passes/context.ts). Promises
 * plain functions without suspensions; the module is changed in place.
 */
import { assertVerified } from '../ir/verify.js';
import type { IrModule } from '../ir/function.js';
import type { FrameLayout } from './artifact.js';
import { createContext, type Pass, type PassContext } from './passes/context.js';
import { eliminateDeadCode } from './passes/dce.js';
import { fold } from './passes/fold.js';
import { lowerAsync } from './passes/lower-async.js';
import { meter } from './passes/meter.js';
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
  /** Keep a shadow stack for a collector; default false. */
  readonly spill?: boolean;
}

interface Stage {
  readonly name: string;
  readonly passes: readonly Pass[];
}

const SHRINK: readonly Pass[] = [fold, eliminateDeadCode, simplifyCfg, eliminateDeadCode];

const stagesOf = (options: PipelineOptions): Stage[] => [
  { name: 'shrink', passes: options.optimize === false ? [] : SHRINK },
  { name: 'lower-async', passes: [lowerAsync] },
  { name: 'shrink lowered', passes: options.optimize === false ? [] : SHRINK },
  { name: 'spill', passes: options.spill === true ? [spill] : [] },
  { name: 'meter', passes: options.meter === false ? [] : [meter] },
  { name: 'stack-check', passes: options.stackCheck === false ? [] : [checkStack] },
];

/** Runs all passes over all functions, stage by stage. Gives the layouts of the frames. */
export function lowerModule(module: IrModule, options: PipelineOptions = {}): { frames: readonly FrameLayout[] } {
  const context = createContext(module);
  if (options.verify) assertVerified(module, 'before passes');
  for (const { name, passes } of stagesOf(options)) {
    for (const pass of passes) runOnAll(module, pass, context);
    if (options.verify && passes.length > 0) assertVerified(module, `after ${name}`);
  }
  return { frames: context.frames };
}

/** The functions are listed first: lower-async adds some, which need no such lowering themselves. */
function runOnAll(module: IrModule, pass: Pass, context: PassContext): void {
  for (const func of [...module.functions.values()]) pass(func, context);
}
