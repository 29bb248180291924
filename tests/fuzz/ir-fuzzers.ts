/**
 * Fuzzers of the IR: plain programs and async functions, as written and after the passes, on every engine, through text.
 */
import fc from 'fast-check';
import wabtFactory from 'wabt';
import { formatParseDiagnostic, formatVerifyDiagnostic } from '../../ir/diagnostics.js';
import type { IrModule } from '../../ir/function.js';
import { parseModule } from '../../ir/parse.js';
import { printModule } from '../../ir/print.js';
import type { Scalar } from '../../ir/scalars.js';
import { verifyModule } from '../../ir/verify.js';
import { emitModule } from '../../jit/backend/backend.js';
import { printWat } from '../../jit/backend/print-module.js';
import { LEVELS, lowerModule, type PipelineOptions } from '../../jit/pipeline.js';
import { FEATURES } from '../unit/backend/rig.js';
import { programs, translate, type Statement } from '../unit/backend/random-program.js';
import { runDirectly } from '../unit/passes/drive.js';
import { addGuestRuntime } from '../unit/passes/guest-runtime.js';
import { randomModule } from '../unit/passes/random-function.js';
import { addDriver, assertSame, onInterpreter, onV8, onWasmtime, type Behaviour } from './ir-engines.js';
import type { Fuzzer } from './fuzzer.js';

const wabt = await wabtFactory();

/** What a planted bug replaces. */
export interface IrTools {
  lower(module: IrModule, options: PipelineOptions): void;
  emit: typeof emitModule;
  print: typeof printModule;
}

export const IR_TOOLS: IrTools = { lower: (module, options) => void lowerModule(module, options), emit: emitModule, print: printModule };

type Seen = (engine: string) => void;

function assertVerified(module: IrModule, when: string): void {
  const found = verifyModule(module).map(formatVerifyDiagnostic);
  if (found.length > 0) throw new Error(`${when}: ${found.join('\n')}`);
}

/** Text parses to what printed it; gives the module that was read, which must behave the same. */
function roundTrip(module: IrModule, { print }: IrTools): IrModule {
  const text = print(module);
  const { module: read, diagnostics } = parseModule(text);
  if (diagnostics.length > 0) throw new Error(`printed text does not parse: ${diagnostics.map(formatParseDiagnostic).join('\n')}`);
  if (printModule(read) !== text) throw new Error('printed text is no fixed point');
  return read;
}

function assemble(text: string): Uint8Array {
  const parsed = wabt.parseWat('module.wat', text, FEATURES);
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}

/** What is compared on V8 alone: Wasmtime sees the same instructions after the passes. */
const WRITTEN = 'as written';

/** One module on V8 from bytes and from text, and on Wasmtime. */
function assertEngines(what: string, module: IrModule, inputs: number, expected: Behaviour, { emit }: IrTools, seen: Seen): void {
  const code = emit(module);
  if (!WebAssembly.validate(code.wasm)) throw new Error(`${what}: the emitted module is not valid`);
  assertSame(`${what}, V8`, onV8(code, inputs), expected);
  seen('v8');
  assertSame(`${what}, V8 from text by wabt`, onV8({ ...code, wasm: assemble(printWat(module)) }, inputs), expected);
  seen('v8 by wabt');
  if (what === WRITTEN) return;
  assertSame(`${what}, Wasmtime`, onWasmtime(code, inputs), expected);
  seen('wasmtime');
}

// Plain programs ----------------------------------------------------------------------------------------------------------

const PLAIN_INPUTS: readonly (readonly Scalar[])[] = [
  [0, 1, 0n, 1n, 0, 1.5],
  [7, -3, -5n, 1000n, -0.25, 1e10],
  [-2147483648, 255, 2n ** 40n, -1n, NaN, 3],
];
/** Nothing but the optimizer: the rest needs a runtime. */
const OPTIMIZED: PipelineOptions = { without: ['meter', 'stack-check', 'spill'], verify: true };

const plainModule = (program: readonly Statement[]): IrModule => addDriver(translate(program), 'f', PLAIN_INPUTS);

export function checkPlain(program: readonly Statement[], seen: Seen, tools: IrTools = IR_TOOLS): void {
  const written = plainModule(program);
  assertVerified(written, 'as written');
  const expected = onInterpreter(written, PLAIN_INPUTS.length);
  seen('interpreter');
  assertSame('from its text', onInterpreter(roundTrip(written, tools), PLAIN_INPUTS.length), expected);
  assertEngines(WRITTEN, written, PLAIN_INPUTS.length, expected, tools, seen);
  const optimized = plainModule(program);
  tools.lower(optimized, OPTIMIZED);
  assertSame('optimized, interpreter', onInterpreter(roundTrip(optimized, tools), PLAIN_INPUTS.length), expected);
  seen('interpreter');
  assertEngines('optimized', optimized, PLAIN_INPUTS.length, expected, tools, seen);
}

export const plainFuzzer: Fuzzer<Statement[]> = {
  name: 'ir',
  doc: 'plain IR: text round trip; as written and optimized, on interpreter, V8, V8 from text by wabt, Wasmtime',
  cases: programs,
  check: (program, seen) => checkPlain(program, seen),
  show: (program) => printModule(translate(program)),
};

// Async functions ---------------------------------------------------------------------------------------------------------

/** A function as a tape of numbers, which awaits go on inline, and whether passes may optimize. */
export interface AsyncCase {
  readonly tape: readonly number[];
  readonly mask: number;
  readonly optimize: boolean;
}

const ASYNC_INPUTS = (mask: number): readonly (readonly Scalar[])[] => [[3n, 5, 2.5, mask], [1000n, -7, -0.5, mask]];

/** Lowered functions, resumed step by step, give what the function as written gives. */
export function checkAsync({ tape, mask, optimize }: AsyncCase, seen: Seen, tools: IrTools = IR_TOOLS): void {
  const written = randomModule(tape);
  assertVerified(written, 'as written');
  roundTrip(written, tools);
  const inputs = ASYNC_INPUTS(mask);
  const lowered = randomModule(tape);
  addGuestRuntime(lowered);
  tools.lower(lowered, { optimizations: LEVELS[optimize ? 'speed' : 'none'], opaqueAwaits: true, verify: true });
  addDriver(lowered, 'drive', inputs);
  assertVerified(lowered, 'lowered');
  const expected = onInterpreter(roundTrip(lowered, tools), inputs.length);
  seen('interpreter');
  inputs.forEach((args, index) => {
    const { value, status } = runDirectly(written, 'f', args.slice(0, 3));
    // The last input's results stand in memory; each is looked at in a run of its own.
    const single = index === inputs.length - 1 ? expected : onInterpreter(addDriver(cloned(lowered), 'drive', inputs.slice(0, index + 1)), index + 1);
    const memory = Buffer.from(single.memory, 'hex');
    const [got, gotStatus] = [memory.readBigInt64LE(RESULT_AT), memory.readInt32LE(RESULT_AT + 8)];
    if (got !== BigInt.asIntN(64, BigInt(value)) || gotStatus !== status) throw new Error(`input ${index}: ${got} ${gotStatus} is not ${String(value)} ${status}`);
  });
  assertEngines('lowered', lowered, inputs.length, expected, tools, seen);
}

const RESULT_AT = 2048;

/** The module without its driver, to be given another. */
const cloned = (module: IrModule): IrModule => ({ ...module, functions: new Map(module.functions), exports: new Map(module.exports), globals: new Map(module.globals) });

export const asyncFuzzer: Fuzzer<AsyncCase> = {
  name: 'async',
  doc: 'async IR: as written against the lowered state machine, with and without optimization, on interpreter, V8, V8 by wabt, Wasmtime',
  cases: fc.record({ tape: fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 300, size: 'max' }), mask: fc.nat({ max: 0xffff }), optimize: fc.boolean() }),
  check: (each, seen) => checkAsync(each, seen),
  show: ({ tape, mask, optimize }) => `; mask ${mask}, ${optimize ? 'optimized' : 'not optimized'}\n${printModule(randomModule(tape))}`,
};
