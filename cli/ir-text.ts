/**
 * IR text on the command line: `check FILE.bir` parses and verifies it, `run FILE.bir --call f --args '[1, "2"]'` calls a
 * function by the reference meaning of the IR and prints its results. What a listing shows of a function that fails can
 * so be pasted, cut down and run.
 *
 * Numbers of 64 bits (i64, val) are strings of digits, in arguments and in results. Nothing answers awaits: a function
 * that gets to one fails.
 */
import { formatParseDiagnostic, formatVerifyDiagnostic } from '../ir/diagnostics.js';
import type { IrFunction, IrModule } from '../ir/function.js';
import { Interpreter } from '../ir/interpret.js';
import { parseModule } from '../ir/parse.js';
import type { Scalar } from '../ir/scalars.js';
import { WASM_TYPE_OF, type Type } from '../ir/types.js';
import { verifyModule } from '../ir/verify.js';
import { argumentsFlag, numberFlag, UsageError, type Options } from './options.js';
import { failureLine, printedError, successLine } from './outcome.js';
import type { ProgramText } from './source.js';

export const isIrText = ({ filename }: ProgramText): boolean => filename.endsWith('.bir');

/** The module, or undefined after all that is wrong with it was told. */
function readModule({ filename, text }: ProgramText): IrModule | undefined {
  const { module, diagnostics } = parseModule(text);
  const wrong = diagnostics.length > 0 ? diagnostics.map(formatParseDiagnostic) : verifyModule(module).map(formatVerifyDiagnostic);
  for (const each of wrong) process.stderr.write(`${filename}:${each}\n`);
  return wrong.length > 0 ? undefined : module;
}

export function checkIr(program: ProgramText): number {
  if (!readModule(program)) return 1;
  process.stdout.write(`${program.filename}: no errors\n`);
  return 0;
}

export function runIr(program: ProgramText, options: Options): number {
  const given = argumentsFlag(options);
  const fuel = numberFlag(options, 'fuel');
  const module = readModule(program);
  if (!module) return 1;
  const func = functionOf(module, options.call);
  const args = scalarsOf(func, given);
  try {
    const results = new Interpreter(module, { ...(fuel !== undefined && { fuel }) }).call(func.name, args).map(printable);
    process.stdout.write(`${options.json ? successLine(results, []) : results.join(', ')}\n`);
    return 0;
  } catch (error) {
    if (options.json) process.stdout.write(`${failureLine(error, [])}\n`);
    else process.stderr.write(`${printedError(error)}\n`);
    return 1;
  }
}

/** By its symbol or exported name; without one, `main` or the only function. */
function functionOf(module: IrModule, name: string | undefined): IrFunction {
  const [only, ...others] = module.functions.keys();
  const wanted = name ?? (module.exports.has('main') || others.length > 0 ? 'main' : only ?? '');
  const found = module.functions.get(module.exports.get(wanted) ?? wanted);
  if (!found) throw new UsageError(`there is no function ${wanted}; choose with --call from ${[...module.functions.keys()].join(', ') || 'none'}`);
  return found;
}

function scalarsOf({ name, params }: IrFunction, given: readonly unknown[]): Scalar[] {
  if (given.length !== params.length) throw new UsageError(`${name} takes ${params.length} arguments (${params.join(', ')}), not ${given.length}; give them with --args`);
  return params.map((type, index) => scalarOf(type, given[index]));
}

function scalarOf(type: Type, value: unknown): Scalar {
  const wide = WASM_TYPE_OF[type] === 'i64';
  if (wide && typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt.asIntN(64, BigInt(value));
  if (wide || typeof value !== 'number') throw new UsageError(`${JSON.stringify(value)} is no ${type}: give ${wide ? 'a string of digits' : 'a number'}`);
  return type === 'f64' ? value : type === 'f32' ? Math.fround(value) : value | 0;
}

const printable = (value: Scalar): number | string => (typeof value === 'bigint' ? String(value) : value);
