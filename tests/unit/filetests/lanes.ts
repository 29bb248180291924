/**
 * Lanes: what a filetest can be put through. To add one, add a row to LANES; to add a pass, a row to PASSES.
 *
 * A lane throws or fails an expectation when the test fails; the text it returns is compared with `; output:`.
 */
import { expect } from '@jest/globals';
import { formatParseDiagnostic, formatVerifyDiagnostic } from '../../../ir/diagnostics.js';
import type { IrModule } from '../../../ir/function.js';
import { parseModule } from '../../../ir/parse.js';
import { printModule } from '../../../ir/print.js';
import type { Scalar } from '../../../ir/scalars.js';
import type { Type } from '../../../ir/types.js';
import { verifyModule } from '../../../ir/verify.js';
import { createContext, type Pass } from '../../../jit/passes/context.js';
import { eliminateDeadCode } from '../../../jit/passes/dce.js';
import { fold } from '../../../jit/passes/fold.js';
import { numberValues } from '../../../jit/passes/gvn.js';
import { inlineCalls } from '../../../jit/passes/inline.js';
import { hoistInvariants } from '../../../jit/passes/licm.js';
import { lowerAsync } from '../../../jit/passes/lower-async.js';
import { meter } from '../../../jit/passes/meter.js';
import { rematerialize } from '../../../jit/passes/rematerialize.js';
import { propagateConstants } from '../../../jit/passes/sccp.js';
import { simplifyCfg } from '../../../jit/passes/simplify-cfg.js';
import { spill } from '../../../jit/passes/spill.js';
import { splitResume } from '../../../jit/passes/split-resume.js';
import { checkStack } from '../../../jit/passes/stack-check.js';
import { threadJumps } from '../../../jit/passes/thread-jumps.js';
import { removeUnreachable } from '../../../jit/passes/unreachable.js';
import type { FileTest, RunCommand } from './directives.js';
import { RUNNERS, type Runner } from './runners.js';

export type Lane = (test: FileTest, argument: string) => string | void;

const overFunctions = (pass: Pass) => (module: IrModule): void => {
  const context = createContext(module);
  for (const func of [...module.functions.values()]) pass(func, context);
};

/** Passes that change no meaning of a plain module: every run-test runs again behind each of them. */
const OPTIMIZATIONS: Readonly<Record<string, (module: IrModule) => void>> = {
  dce: overFunctions(eliminateDeadCode),
  fold: overFunctions(fold),
  'thread-jumps': overFunctions(threadJumps),
  licm: overFunctions(hoistInvariants),
  inline: overFunctions(inlineCalls),
  gvn: overFunctions(numberValues),
  sccp: overFunctions(propagateConstants),
  rematerialize: overFunctions(rematerialize),
  'simplify-cfg': overFunctions(simplifyCfg),
  unreachable: overFunctions(removeUnreachable),
};

export const PASSES: Readonly<Record<string, (module: IrModule) => void>> = {
  ...OPTIMIZATIONS,
  'lower-async': overFunctions(lowerAsync),
  meter: overFunctions(meter),
  spill: overFunctions(spill),
  'split-resume': overFunctions(splitResume),
  'stack-check': overFunctions(checkStack),
};

export const LANES: Record<string, Lane> = {
  /** Parses, or reports exactly the errors; what parses prints to a fixed point. */
  parse(test) {
    const { module, diagnostics } = parseModule(test.text);
    expectErrors(test, diagnostics.map(({ code, message }) => ({ code, message })));
    const printed = printModule(module);
    expect(printModule(parseModule(printed).module)).toBe(printed);
  },
  /** Verifies, or reports exactly the errors. */
  verify(test) {
    const module = moduleOf(test);
    expectErrors(test, verifyModule(module).map(({ rule, message }) => ({ code: rule, message })));
  },
  /** Runs every `; run:` on every runner, each in a fresh instance; then again behind each optimization. */
  run(test) {
    runOnAll(test, moduleOf(test), 'as written');
    for (const [name, optimize] of Object.entries(OPTIMIZATIONS)) {
      const module = moduleOf(test);
      optimize(module);
      runOnAll(test, module, `after ${name}`);
    }
  },
  /** The printed module after the passes, verified. */
  print(test) {
    const module = moduleOf(test);
    expect(verifyModule(module).map(formatVerifyDiagnostic)).toEqual([]);
    return printModule(module);
  },
};

/** The module of a test after its passes. */
export function moduleOf(test: FileTest): IrModule {
  const { module, diagnostics } = parseModule(test.text);
  expect(diagnostics.map((diagnostic) => `${test.path}:${formatParseDiagnostic(diagnostic)}`)).toEqual([]);
  for (const name of test.passes) {
    const pass = PASSES[name];
    if (!pass) throw new Error(`${test.path}: there is no pass ${name}`);
    pass(module);
  }
  return module;
}

function expectErrors(test: FileTest, found: readonly { code: string; message: string }[]): void {
  const left = [...found];
  const missing = test.errors.filter(({ code, message }) => {
    const index = left.findIndex((error) => error.code === code && error.message.includes(message));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  expect({ path: test.path, missing, unexpected: left }).toEqual({ path: test.path, missing: [], unexpected: [] });
}

function runOnAll(test: FileTest, module: IrModule, when: string): void {
  expect({ when, diagnostics: verifyModule(module).map(formatVerifyDiagnostic) }).toEqual({ when, diagnostics: [] });
  expect(test.runs.length).toBeGreaterThan(0);
  for (const runner of RUNNERS) {
    if (runner.skips(module)) continue;
    for (const command of test.runs) {
      if (command.traps !== 'fuel' || runner.canTell('fuel')) runOne(test, module, runner, command, when);
    }
  }
}

function runOne(test: FileTest, module: IrModule, runner: Runner, command: RunCommand, when: string): void {
  const func = module.functions.get(command.func);
  if (!func) throw new Error(`${test.path}:${command.line}: there is no function ${command.func}`);
  const args = command.args.map((text, index) => scalarOf(func.params[index], text));
  const found = outcome(() => runner.instantiate(module)(command.func, args), command, runner);
  const expected = command.traps !== undefined ? `traps ${command.traps}` : command.results.map((text, index) => showScalar(scalarOf(func.results[index], text))).join(', ');
  const place = `${test.path}:${command.line} (${runner.name}, ${when}): ${command.func}(${command.args.join(', ')})`;
  expect(`${place} == ${found}`).toBe(`${place} == ${expected}`);
}

function outcome(call: () => readonly Scalar[], command: RunCommand, runner: Runner): string {
  try {
    const results = call();
    return results.map(showScalar).join(', ');
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'Trap') throw error;
    if (command.traps !== undefined && !runner.canTell(command.traps)) return `traps ${command.traps}`;
    const { reason, code } = error as Error & { reason?: string; code?: number }; // Runner.instantiate's promise
    return `traps ${command.traps !== undefined && /^[0-9]+$/.test(command.traps) ? code : reason}`;
  }
}

function scalarOf(type: Type | undefined, text: string): Scalar {
  if (type === undefined) throw new Error(`more values than the signature has: ${text}`);
  if (type === 'i64' || type === 'val') {
    const digits = text.replace(/n$/, '');
    return BigInt.asIntN(64, digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits));
  }
  const value = text === 'nan' ? NaN : text.endsWith('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  if (Number.isNaN(value) && text !== 'nan') throw new Error(`${text} is no number`);
  return type === 'f32' ? Math.fround(value) : type === 'f64' ? value : value | 0;
}

const showScalar = (value: Scalar): string => (Object.is(value, -0) ? '-0' : String(value));
