/** The printed text assembles, with an independent assembler, to a module that behaves as the emitted bytes do. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import wabtFactory from 'wabt';
import { createModule, type IrModule } from '../../../ir/function.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { printWat } from '../../../jit/backend/print-module.js';
import { diamonds, errorEdges, loopsInARow, stateMachine } from './large-functions.js';
import { programs, translate } from './random-program.js';
import { codeSection, define, FEATURES, instantiate, sharedMemory, single } from './rig.js';

const wabt = await wabtFactory();
function assemble(text: string): Uint8Array {
  const parsed = wabt.parseWat('module.wat', text, FEATURES);
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}

/** Result or trap, and the first bytes of memory. */
function behaviour(wasm: Uint8Array, args: (number | bigint)[]): unknown {
  const memory = sharedMemory();
  const { f } = instantiate(wasm, memory);
  let result: unknown = 'trap';
  try {
    result = f?.(...args);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  }
  return [result, Buffer.from(new Uint8Array(memory.buffer).slice(0, 512)).toString('hex')];
}

const expectSame = (module: IrModule, args: (number | bigint)[]): void => {
  const text = assemble(printWat(module));
  expect(behaviour(text, args)).toEqual(behaviour(emitModule(module).wasm, args));
};

describe('text', () => {
  test('random programs behave the same from text', () => {
    fc.assert(
      fc.property(programs, (program) => expectSame(translate(program), [3, -1, 5n, -7n, 0.5, -2])),
      { numRuns: 60 },
    );
  });

  test.each([
    ['diamonds', diamonds(40)],
    ['loops in a row', loopsInARow(40)],
    ['error edges', errorEdges(40)],
    ['a state machine', stateMachine(40)],
  ])('%s: the same bytes of code', (_, module) => {
    expect(codeSection(assemble(printWat(module)))).toBe(codeSection(emitModule(module).wasm));
  });

  test('every kind of instruction can be written', () => {
    const module = createModule();
    module.globals.set('g', { name: 'g', type: 'val', mutable: true, initial: -1n });
    define(module, 'two', ['i32'], ['i32', 'f64'], (b, x) => b.ret(x, b.f64(-Infinity)));
    define(module, 'f', ['i32'], ['f64', 'i32', 'val'], (b, at) => {
      b.emit('i32.atomic.store', [at, b.i32(5)], 8);
      b.emit('memory.fill', [at, b.i32(1), b.i32(4)]);
      b.emit('memory.copy', [b.i32(64), at, b.i32(16)]);
      const index = b.op('func.index', [], 'two');
      const [x, y] = b.emit('call_indirect', [index, b.op('i32.atomic.rmw.add', [at, b.i32(1)], 8)], { params: ['i32'], results: ['i32', 'f64'] });
      if (x === undefined || y === undefined) throw new Error('two has two results');
      b.emit('global.set', [b.op('val.from_f64', [y])], 'g');
      const constants = [0.1, 1e21, 1e-7, -0, NaN, Infinity].map((number) => b.f64(number));
      const sum = constants.reduce((a, c) => b.op('f64.min', [a, c]));
      b.call('two', [b.op('memory.size', [])]);
      b.ret(b.op('f64.add', [sum, b.op('f64.promote_f32', [b.op('f32.const', [], 0.1)])]), x, b.op('global.get', [], 'g'));
    });
    expect(codeSection(assemble(printWat(module)))).toBe(codeSection(emitModule(module).wasm));
    expectSame(module, [128]);
  });

  test('names, labels and source lines are there to read', () => {
    const module = single(['i32'], ['i32'], (b, n) => {
      const [head, exit] = [b.block('i32'), b.block()];
      b.location = { file: 0, offset: 0 };
      b.jump(head, n);
      b.switchTo(head);
      const left = b.op('i32.sub', [b.param(head, 0), b.i32(1)]);
      b.location = { file: 0, offset: 12 };
      b.brif(left, { block: head, args: [left] }, { block: exit, args: [] });
      b.switchTo(exit);
      b.ret(left);
      b.func.valueNames.set(n, 'count');
    });
    module.sources.push({ name: 'main.ts', text: 'let a = 1;\n while (--n) {} // ü\u2028\n' });
    expect(printWat(module)).toBe(`(module
  (type $type0 (func (param i32) (result i32)))
  (import "env" "memory" (memory 1 32768 shared))
  (table 1 1 funcref)
  (export "f" (func $f))

  (func $f (param $count i32) (result i32)
    loop $loop1
      ;; main.ts:2: while (--n) {} // ?
      (br_if $loop1 (local.tee $count (i32.sub (local.get $count) (i32.const 1))))
    end
    (local.get $count)
  )
)
`);
  });
});
