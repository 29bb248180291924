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
import type { FileTest, RunCommand } from './directives.js';
import { RUNNERS, type Runner } from './runners.js';

export type Lane = (test: FileTest, argument: string) => string | void;

export const PASSES: Record<string, (module: IrModule) => void> = {};

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
  /** Runs every `; run:` on every runner, each in a fresh instance. */
  run(test) {
    const module = moduleOf(test);
    expect(verifyModule(module).map(formatVerifyDiagnostic)).toEqual([]);
    expect(test.runs.length).toBeGreaterThan(0);
    for (const runner of RUNNERS) {
      if (runner.skips(module)) continue;
      for (const command of test.runs) {
        if (command.traps !== 'fuel' || runner.canTell('fuel')) runOne(test, module, runner, command);
      }
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

function runOne(test: FileTest, module: IrModule, runner: Runner, command: RunCommand): void {
  const func = module.functions.get(command.func);
  if (!func) throw new Error(`${test.path}:${command.line}: there is no function ${command.func}`);
  const args = command.args.map((text, index) => scalarOf(func.params[index], text));
  const found = outcome(() => runner.instantiate(module)(command.func, args), command, runner);
  const expected = command.traps !== undefined ? `traps ${command.traps}` : command.results.map((text, index) => showScalar(scalarOf(func.results[index], text))).join(', ');
  expect(`${test.path}:${command.line} (${runner.name}): ${command.func}(${command.args.join(', ')}) == ${found}`).toBe(
    `${test.path}:${command.line} (${runner.name}): ${command.func}(${command.args.join(', ')}) == ${expected}`,
  );
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
