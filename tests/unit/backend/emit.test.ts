/** Emitted functions compute what their IR says. */
import { describe, expect, test } from '@jest/globals';
import { createModule } from '../../../ir/function.js';
import type { Block, Value } from '../../../ir/types.js';
import { HEADER, TRAP } from '../../../jit/abi.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { dataSymbol, define, run, sharedMemory, single } from './rig.js';

const to = (block: Block, ...args: Value[]) => ({ block, args });

describe('straight-line code', () => {
  test('operands keep their order', () => {
    const { f } = run(single(['i32', 'i32'], ['i32'], (b, x, y) => b.ret(b.op('i32.sub', [x, b.op('i32.mul', [y, b.i32(3)])]))));
    expect(f?.(10, 2)).toBe(4);
  });

  test('a value read twice is computed once', () => {
    const module = createModule();
    module.globals.set('count', { name: 'count', type: 'i32', mutable: true, initial: 0 });
    define(module, 'next', [], ['i32'], (b) => {
      const next = b.op('i32.add', [b.op('global.get', [], 'count'), b.i32(1)]);
      b.emit('global.set', [next], 'count');
      b.ret(next);
    });
    define(module, 'twice', [], ['i32'], (b) => {
      const [n] = b.call('next', []);
      if (n !== undefined) b.ret(b.op('i32.mul', [n, n]));
    });
    const { twice } = run(module);
    expect([twice?.(), twice?.(), twice?.()]).toEqual([1, 4, 9]);
  });

  test('a load is not moved behind a store, nor a global read behind its write', () => {
    const module = createModule();
    module.globals.set('g', { name: 'g', type: 'i32', mutable: true, initial: 5 });
    define(module, 'f', ['i32'], ['i32', 'i32'], (b, address) => {
      const before = b.load('i32', address, 0);
      const global = b.op('global.get', [], 'g');
      b.store('i32', address, 0, b.i32(7));
      b.emit('global.set', [b.i32(8)], 'g');
      b.ret(before, global);
    });
    const memory = sharedMemory();
    new DataView(memory.buffer).setInt32(16, 3, true);
    expect(run(module, memory).f?.(16)).toEqual([3, 5]);
  });

  test('calls whose results are operands run in order', () => {
    const module = createModule();
    module.globals.set('log', { name: 'log', type: 'i32', mutable: true, initial: 0 });
    define(module, 'note', ['i32'], ['i32'], (b, digit) => {
      const log = b.op('i32.mul', [b.op('global.get', [], 'log'), b.i32(10)]);
      b.emit('global.set', [b.op('i32.add', [log, digit])], 'log');
      b.ret(digit);
    });
    define(module, 'f', [], ['i32', 'i32'], (b) => {
      const [one, two, three] = [1, 2, 3].map((digit) => b.call('note', [b.i32(digit)])[0] ?? b.i32(0));
      // Read in another order than computed.
      const sum = three && two && one && b.op('i32.sub', [three, b.op('i32.sub', [one, two])]);
      b.ret(sum ?? b.i32(0), b.op('global.get', [], 'log'));
    });
    expect(run(module).f?.()).toEqual([4, 123]);
  });

  test('unused results are dropped and unused pure code vanishes', () => {
    const module = createModule();
    define(module, 'pair', [], ['i32', 'f64'], (b) => b.ret(b.i32(1), b.f64(2.5)));
    const func = define(module, 'f', [], ['f64'], (b) => {
      b.op('i32.add', [b.i32(1), b.i32(2)]);
      b.call('pair', []);
      const [, second] = b.call('pair', []);
      b.ret(second ?? b.f64(0));
    });
    expect(func.valueTypes.length).toBeGreaterThan(0);
    expect(run(module).f?.()).toBe(2.5);
  });

  test('constants keep every bit', () => {
    const module = single([], ['i32', 'i64', 'f32', 'f64', 'f64', 'val'], (b) => {
      b.ret(b.i32(-2147483648), b.i64(-(2n ** 63n)), b.op('f32.const', [], 0.1), b.f64(-0), b.f64(NaN), b.val(0xfff9000000000001n));
    });
    expect(run(module).f?.()).toEqual([-2147483648, -(2n ** 63n), Math.fround(0.1), -0, NaN, BigInt.asIntN(64, 0xfff9000000000001n)]);
  });

  test('boxed values and pointers', () => {
    const module = single(['i32'], ['i64', 'i32', 'f64'], (b, address) => {
      const boxed = b.op('val.box', [b.op('ref.from_i32', [address])], 0xfffa);
      const number = b.op('f64.from_val', [b.op('val.from_f64', [b.f64(1.5)])]);
      b.ret(b.op('i64.from_val', [boxed]), b.op('i32.from_ref', [b.op('ref.from_val', [boxed])]), number);
    });
    expect(run(module).f?.(-8)).toEqual([BigInt.asIntN(64, 0xfffa0000fffffff8n), -8, 1.5]);
  });

  test('select and elements', () => {
    const module = single(['i32', 'i32'], ['f64'], (b, base, index) => {
      const at = b.op('elem.addr', [b.op('ref.from_i32', [base]), b.op('i32.mul', [index, b.i32(8)])], 16);
      const loaded = b.load('f64', at, 8);
      b.ret(b.op('select', [loaded, b.f64(-1), b.op('i32.lt_u', [index, b.i32(4)])]));
    });
    const memory = sharedMemory();
    new DataView(memory.buffer).setFloat64(100 + 16 + 8 + 2 * 8, 6.25, true);
    const { f } = run(module, memory);
    expect([f?.(100, 2), f?.(100, 9)]).toEqual([6.25, -1]);
  });

  test('atomic accesses', () => {
    const module = single(['i32'], ['i32', 'i32', 'i32', 'i32'], (b, at) => {
      b.emit('i32.atomic.store', [at, b.i32(5)], 0);
      const old = b.op('i32.atomic.rmw.add', [at, b.i32(2)], 0);
      const swapped = b.op('i32.atomic.rmw.cmpxchg', [at, b.i32(7), b.i32(9)], 0);
      const exchanged = b.op('i32.atomic.rmw.xchg', [at, b.i32(1)], 0);
      b.ret(old, swapped, exchanged, b.op('i32.atomic.load', [at], 0));
    });
    expect(run(module).f?.(64)).toEqual([5, 7, 9, 1]);
  });
});

describe('control flow', () => {
  test('a diamond joins with the right argument', () => {
    const { f } = run(
      single(['i32'], ['i32'], (b, x) => {
        const [then, other, join] = [b.block(), b.block(), b.block('i32')];
        b.brif(x, to(then), to(other));
        b.switchTo(then);
        b.jump(join, b.op('i32.add', [x, b.i32(100)]));
        b.switchTo(other);
        b.jump(join, b.i32(-1));
        b.switchTo(join);
        b.ret(b.param(join, 0));
      }),
    );
    expect([f?.(5), f?.(0)]).toEqual([105, -1]);
  });

  test('both edges of a branch may lead to one block', () => {
    const { f } = run(
      single(['i32'], ['i32'], (b, x) => {
        const join = b.block('i32');
        b.brif(x, to(join, b.i32(1)), to(join, b.i32(2)));
        b.switchTo(join);
        b.ret(b.param(join, 0));
      }),
    );
    expect([f?.(5), f?.(0)]).toEqual([1, 2]);
  });

  test('a loop that swaps its values (Fibonacci)', () => {
    const { f } = run(
      single(['i32'], ['i64'], (b, n) => {
        const [head, body, exit] = [b.block('i64', 'i64', 'i32'), b.block(), b.block()];
        b.jump(head, b.i64(0n), b.i64(1n), n);
        b.switchTo(head);
        const [x, y, left] = [b.param(head, 0), b.param(head, 1), b.param(head, 2)];
        b.brif(left, to(body), to(exit));
        b.switchTo(body);
        b.jump(head, y, b.op('i64.add', [x, y]), b.op('i32.sub', [left, b.i32(1)]));
        b.switchTo(exit);
        b.ret(x);
      }),
    );
    expect(f?.(90)).toBe(2880067194370816120n);
  });

  test('a cycle of three moves at a back edge', () => {
    const { f } = run(
      single(['i32'], ['i32'], (b, n) => {
        const head = b.block('i32', 'i32', 'i32', 'i32');
        const exit = b.block();
        b.jump(head, b.i32(1), b.i32(2), b.i32(3), n);
        b.switchTo(head);
        const [x, y, z, left] = [0, 1, 2, 3].map((index) => b.param(head, index)) as [Value, Value, Value, Value]; // four params
        b.brif(left, to(head, y, z, x, b.op('i32.sub', [left, b.i32(1)])), to(exit));
        b.switchTo(exit);
        const digits = b.op('i32.add', [b.op('i32.mul', [x, b.i32(100)]), b.op('i32.mul', [y, b.i32(10)])]);
        b.ret(b.op('i32.add', [digits, z]));
      }),
    );
    expect([0, 1, 2, 3].map((n) => f?.(n))).toEqual([123, 231, 312, 123]);
  });

  test('br_table with and without arguments, out of range goes to the default', () => {
    const { f } = run(
      single(['i32'], ['i32'], (b, x) => {
        const [a, c, d] = [b.block(), b.block('i32'), b.block()];
        const targets = [to(a), to(c, b.i32(20)), to(c, b.i32(30)), to(a)];
        b.terminate({ kind: 'br_table', index: x, targets, otherwise: to(d) });
        b.switchTo(a);
        b.ret(b.i32(10));
        b.switchTo(c);
        b.ret(b.param(c, 0));
        b.switchTo(d);
        b.ret(b.i32(-1));
      }),
    );
    expect([0, 1, 2, 3, 4, -1].map((n) => f?.(n))).toEqual([10, 20, 30, 10, -1, -1]);
  });

  test('nested loops with an early exit and code behind both', () => {
    // Counts pairs (i, j), i < n, j < i, until 50 were found.
    const { f } = run(
      single(['i32'], ['i32'], (b, n) => {
        const [outer, inner, next, found, done] = [b.block('i32', 'i32'), b.block('i32', 'i32'), b.block(), b.block(), b.block('i32')];
        b.jump(outer, b.i32(0), b.i32(0));
        b.switchTo(outer);
        const [i, count] = [b.param(outer, 0), b.param(outer, 1)];
        b.brif(b.op('i32.lt_s', [i, n]), to(inner, b.i32(0), count), to(done, count));
        b.switchTo(inner);
        const [j, sum] = [b.param(inner, 0), b.param(inner, 1)];
        b.brif(b.op('i32.lt_s', [j, i]), to(found), to(next));
        b.switchTo(found);
        const more = b.op('i32.add', [sum, b.i32(1)]);
        b.brif(b.op('i32.ge_s', [more, b.i32(50)]), to(done, more), to(inner, b.op('i32.add', [j, b.i32(1)]), more));
        b.switchTo(next);
        b.jump(outer, b.op('i32.add', [i, b.i32(1)]), sum);
        b.switchTo(done);
        b.ret(b.op('i32.mul', [b.param(done, 0), b.i32(2)]));
      }),
    );
    expect([f?.(0), f?.(4), f?.(100)]).toEqual([0, 12, 100]);
  });
});

describe('modules', () => {
  test('indirect calls reach functions whose address was taken', () => {
    const module = createModule();
    define(module, 'double', ['i32'], ['i32'], (b, x) => b.ret(b.op('i32.mul', [x, b.i32(2)])));
    define(module, 'square', ['i32'], ['i32'], (b, x) => b.ret(b.op('i32.mul', [x, x])));
    define(module, 'f', ['i32', 'i32'], ['i32'], (b, which, x) => {
      const index = b.op('select', [b.op('func.index', [], 'double'), b.op('func.index', [], 'square'), which]);
      b.ret(b.op('call_indirect', [index, x], { params: ['i32'], results: ['i32'] }));
    });
    const { f } = run(module);
    expect([f?.(1, 7), f?.(0, 7)]).toEqual([14, 49]);
    expect(emitModule(module).table).toEqual(['', 'double', 'square']);
  });

  test('static data is aligned, relocated and reached through the global `data`', () => {
    const module = single(['i32'], ['i32', 'i32'], (b, base) => {
      b.emit('global.set', [base], 'data');
      const address = b.op('data.addr', [], 'pointer');
      const copy = b.op('i32.from_ref', [b.op('data.addr', [], 'word')]);
      b.ret(b.load('i32', b.load('ref', address, 0), 0), b.op('i32.add', [copy, copy]));
    });
    module.globals.set('data', { name: 'data', type: 'i32', mutable: true, initial: 0 });
    module.data.set('byte', dataSymbol('byte', 1, [1]));
    module.data.set('word', dataSymbol('word', 8, [42, 0, 0, 0]));
    const relocations = [{ offset: 0, symbol: 'word' }];
    const functionRelocations = [{ offset: 4, func: 'f' }];
    module.data.set('pointer', dataSymbol('pointer', 4, [0, 0, 0, 0, 0, 0, 0, 0], { relocations, functionRelocations }));
    const { data, wasm } = emitModule(module);
    expect([data.align, data.bytes.length, data.relocations, [...data.offsets.values()]]).toEqual([8, 20, [12], [0, 8, 12]]);
    expect(new DataView(data.bytes.buffer).getInt32(16, true)).toBe(1);
    const memory = sharedMemory();
    const base = 64;
    new Uint8Array(memory.buffer).set(data.bytes, base);
    const view = new DataView(memory.buffer);
    for (const offset of data.relocations) view.setInt32(base + offset, view.getInt32(base + offset, true) + base, true);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
    expect((instance.exports['f'] as (base: number) => number[])(base)).toEqual([42, 2 * (base + 8)]); // the only export
  });

  test('a trap writes its code to the header, if there is one', () => {
    const trapping = () => single([], [], (b) => b.trap(TRAP.stack));
    expect(() => run(trapping()).f?.()).toThrow(WebAssembly.RuntimeError);
    const module = trapping();
    module.globals.set('header', { name: 'header', type: 'i32', mutable: true, initial: 256 });
    const memory = sharedMemory();
    expect(() => run(module, memory).f?.()).toThrow(WebAssembly.RuntimeError);
    expect(new DataView(memory.buffer).getInt32(256 + HEADER.trapCode, true)).toBe(TRAP.stack);
  });

  test('the only import is the memory', () => {
    const { wasm } = emitModule(single([], [], (b) => b.ret()));
    expect(WebAssembly.Module.imports(new WebAssembly.Module(wasm))).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });
});

describe('input that breaks the contract', () => {
  test('a jump into a loop beside its header is refused', () => {
    const module = single(['i32'], ['i32'], (b, x) => {
      const [left, right] = [b.block(), b.block()];
      b.brif(x, to(left), to(right));
      b.switchTo(left);
      b.jump(right);
      b.switchTo(right);
      b.brif(x, to(left), to(right));
    });
    expect(() => emitModule(module)).toThrow(expect.objectContaining({ code: 'IRREDUCIBLE' }));
  });

  test('an async function has to be lowered first', () => {
    const module = single([], [], (b) => b.ret());
    for (const func of module.functions.values()) func.convention = 'async';
    expect(() => emitModule(module)).toThrow(expect.objectContaining({ code: 'NOT_LOWERED' }));
  });

  test('symbols that nobody defines are named', () => {
    const module = single([], ['i32'], (b) => b.ret(b.op('func.index', [], 'nobody')));
    expect(() => emitModule(module)).toThrow(expect.objectContaining({ code: 'UNKNOWN_SYMBOL', message: expect.stringContaining('nobody') }));
  });
});
