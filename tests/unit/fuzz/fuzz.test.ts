/**
 * The fuzzers, for about a second each, and the bugs that each must find. `npm run fuzz` runs them for as long as one likes.
 */
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseModule } from '../../../ir/parse.js';
import { printModule } from '../../../ir/print.js';
import { OPCODES, type OpcodeRow } from '../../../ir/opcodes.js';
import type { IrModule } from '../../../ir/function.js';
import { PROMISE } from '../../../jit/abi.js';
import { fuzz, summary, type Fuzzer } from '../../fuzz/fuzzer.js';
import { FUZZERS } from '../../fuzz/fuzzers.js';
import { asyncFuzzer, checkAsync, checkPlain, IR_TOOLS, plainFuzzer, type IrTools } from '../../fuzz/ir-fuzzers.js';
import { checkProgram, programFuzzer } from '../../fuzz/typescript-fuzzer.js';
import { MOST_STEPS } from '../../fuzz/typescript-writer.js';

const SEED = Number(process.env['BROLGA_FUZZ_SEED'] ?? 7);

afterAll(async () => {
  for (const fuzzer of FUZZERS) await fuzzer.close?.();
});

/** Compiling takes long where others use the machine. */
const PATIENCE_MS = 240_000;
/** About a second's worth each; by number, so that what is tested does not hang on the machine's speed. */
const CASES: Readonly<Record<string, number>> = { ir: 40, async: 40, typescript: 6, lies: 5 };

describe('fuzzers', () => {
  test.each(FUZZERS.map((fuzzer) => [fuzzer.name, fuzzer] as const))('%s finds nothing in a few cases', async (name, fuzzer) => {
    const report = await fuzz(fuzzer, { seed: SEED, cases: CASES[name] ?? 1 });
    if (report.failure) throw new Error(`${name}, seed ${SEED}, path ${report.failure.path}: ${report.failure.error}\n${report.failure.shown}`);
    expect(report.cases).toBe(CASES[name]);
    expect(summary(name, report)).toContain('per CPU-minute');
  }, PATIENCE_MS);
});

/** Runs a fuzzer whose check has a bug planted; gives the failure it must find. */
async function found<Case>(fuzzer: Fuzzer<Case>, check: Fuzzer<Case>['check'], cases: number, reduce = true) {
  const { failure } = await fuzz({ ...fuzzer, check }, { seed: SEED, cases, reduce });
  expect(failure).toBeDefined();
  return failure;
}

/** Code with one opcode's byte in the place of another's. */
const withSwappedByte: IrTools['emit'] = (module) => {
  const rows: Record<string, OpcodeRow> = OPCODES;
  const { 'i32.add': add, 'i32.sub': sub } = OPCODES;
  rows['i32.add'] = { ...add, ...(sub.wasm && { wasm: sub.wasm }) };
  try {
    return IR_TOOLS.emit(module);
  } finally {
    rows['i32.add'] = add;
  }
};

/** Lowered, and then without the first save of a value into a frame. */
const withDroppedSave: IrTools['lower'] = (module, options) => {
  IR_TOOLS.lower(module, options);
  for (const name of ['f', 'g']) {
    for (const block of module.functions.get(name)?.blocks ?? []) {
      const at = block?.instructions.findIndex(({ opcode, immediates }) => /\.store$/.test(opcode) && Number(immediates[0]) >= PROMISE.bytes) ?? -1;
      if (at >= 0) return void block?.instructions.splice(at, 1);
    }
  }
};

/** Optimized, with differences of constants folded the wrong way round. */
const withWrongFold: IrTools['lower'] = (module, options) => {
  for (const func of module.functions.values()) swapConstantDifferences(func);
  IR_TOOLS.lower(module, options);
};

function swapConstantDifferences(func: IrModule['functions'] extends Map<string, infer Func> ? Func : never): void {
  const constants = new Set(func.blocks.flatMap((block) => block?.instructions.filter(({ opcode }) => opcode === 'i32.const').flatMap(({ results }) => results) ?? []));
  for (const block of func.blocks) {
    for (const each of block?.instructions ?? []) if (each.opcode === 'i32.sub' && each.operands.every((operand) => constants.has(operand))) each.operands.reverse();
  }
}

/** Text that forgets the offset of stores. */
const withLostOffset: IrTools['print'] = (module, options) => printModule(module, options).replaceAll(/(store v\d+)\+8/g, '$1');

const silent = (): void => undefined;

describe('a planted bug is found and reduced:', () => {
  test('a swapped opcode byte', async () => {
    const failure = await found(plainFuzzer, (each) => checkPlain(each, silent, { ...IR_TOOLS, emit: withSwappedByte }), 400);
    expect(failure?.error).toContain('V8');
    // Reduced to something one can read, and that can be run.
    expect(failure?.shown.split('\n').length).toBeLessThan(120);
    expect(parseModule(failure?.shown ?? '').diagnostics).toEqual([]);
  });

  test('a dropped save', async () => {
    const failure = await found(asyncFuzzer, (each) => checkAsync(each, silent, { ...IR_TOOLS, lower: withDroppedSave }), 400);
    expect(failure?.error).toContain('is not');
  });

  test('a wrong fold', async () => {
    const failure = await found(plainFuzzer, (each) => checkPlain(each, silent, { ...IR_TOOLS, lower: withWrongFold }), 2000);
    expect(failure?.error).toContain('optimized');
  });

  test('text that loses something', async () => {
    const failure = await found(plainFuzzer, (each) => checkPlain(each, silent, { ...IR_TOOLS, print: withLostOffset }), 400);
    expect(failure?.error).toContain('from its text');
  });

  test('a constant compiled as another', async () => {
    const failure = await found(programFuzzer, (each) => checkProgram({ ...each, lane: 'v8' }, silent, (source) => source.replace(`budget = ${MOST_STEPS}`, `budget = ${MOST_STEPS + 1}`)), 60, false);
    expect(failure?.error).toContain('Node');
  }, PATIENCE_MS);
});
