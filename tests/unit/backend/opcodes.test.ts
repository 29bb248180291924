/** Every row of the opcode table can be emitted, and its bytes are what an independent assembler writes for its name. */
import { describe, expect, test } from '@jest/globals';
import wabtFactory from 'wabt';
import type { Builder } from '../../../ir/builder.js';
import { createModule, type Immediate, type IrModule } from '../../../ir/function.js';
import { OPCODES, opcodeRow, type ImmediateKind, type Opcode, type OperandKind } from '../../../ir/opcodes.js';
import type { Type, Value } from '../../../ir/types.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { printWat } from '../../../jit/backend/print-module.js';
import { codeSection, dataSymbol, define, FEATURES } from './rig.js';

const wabt = await wabtFactory();

const IMMEDIATES: Readonly<Record<ImmediateKind, Immediate>> = {
  i32: -5,
  i64: -(2n ** 40n),
  f32: 0.5,
  f64: 1e100,
  offset: 24,
  func: 'callee',
  data: 'symbol',
  global: 'g',
  signature: { params: ['i32', 'f64'], results: ['i64'] },
  tag: 0xfffb,
};

const concrete = (kind: OperandKind): Type => (kind === 'addr' ? 'ref' : kind === 'any' ? 'f64' : kind);

/** Operands from parameters, results to the function's results. */
function moduleFor(opcode: Opcode): IrModule {
  const module = createModule();
  module.globals.set('g', { name: 'g', type: 'f64', mutable: true, initial: 0 });
  module.globals.set('data', { name: 'data', type: 'i32', mutable: true, initial: 0 });
  module.data.set('first', dataSymbol('first', 1, [1, 2, 3]));
  module.data.set('symbol', dataSymbol('symbol', 8, [0, 0, 0, 0, 0, 0, 0, 0]));
  define(module, 'callee', ['i32', 'f64'], ['i64'], (b) => b.ret(b.i64(1n)));
  const row = opcodeRow(opcode);
  const extra: Type[] = opcode === 'call' ? ['i32', 'f64'] : opcode === 'call_indirect' ? ['i32', 'f64'] : [];
  const params = [...row.operands.map(concrete), ...extra];
  const results = resultTypes(opcode);
  const build = (b: Builder, ...operands: Value[]): void => b.ret(...b.emit(opcode, operands, ...row.immediates.map((kind) => IMMEDIATES[kind])));
  define(module, 'f', params, results, build);
  return module;
}

function resultTypes(opcode: Opcode): Type[] {
  const { results } = opcodeRow(opcode);
  if (results !== 'callee') return results.map(concrete);
  return opcode === 'global.get' ? ['f64'] : ['i64'];
}

function assemble(text: string): Uint8Array {
  const parsed = wabt.parseWat('module.wat', text, FEATURES);
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}

describe('every opcode', () => {
  test.each(Object.keys(OPCODES) as Opcode[])('%s', (opcode) => { // the table's own keys
    const module = moduleFor(opcode);
    const { wasm } = emitModule(module);
    if (!WebAssembly.validate(wasm)) new WebAssembly.Module(wasm); // throws with the reason
    expect(codeSection(assemble(printWat(module)))).toBe(codeSection(wasm));
  });
});
