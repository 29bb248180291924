/** Names and positions lead from an engine's stack back to the source. */
import { describe, expect, test } from '@jest/globals';
import { createModule } from '../../../ir/function.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { define, instantiate } from './rig.js';

describe('metadata', () => {
  test('the offset in a stack entry leads to the position of the trapping instruction', () => {
    const module = createModule();
    define(module, 'inner', ['i32', 'i32'], ['i32'], (b, x, y) => {
      b.location = { file: 0, offset: 10 };
      const product = b.op('i32.mul', [x, b.i32(3)]);
      b.location = { file: 0, offset: 20 };
      const quotient = b.op('i32.div_s', [product, y]);
      b.location = { file: 0, offset: 30 };
      b.ret(b.op('i32.add', [quotient, x]));
    }).displayName = 'Inner.divide';
    define(module, 'outer', ['i32'], ['i32'], (b, x) => {
      b.location = { file: 0, offset: 40 };
      const zero = b.op('i32.sub', [x, x]);
      b.location = { file: 0, offset: 50 };
      const [result] = b.call('inner', [x, zero]);
      b.location = { file: 0, offset: 60 };
      b.ret(b.op('i32.add', [result ?? zero, x]));
    });
    const { wasm, sourceMap } = emitModule(module);
    let stack = '';
    // The test runner rewrites stacks; here the engine's own form counts.
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace = (_, sites) => sites.map((site) => `at ${String(site)}`).join('\n');
    try {
      instantiate(wasm)['outer']?.(7);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) stack = error.stack ?? '';
    } finally {
      Error.prepareStackTrace = prepareStackTrace;
    }
    const frames = [...stack.matchAll(/at (\S+) \(?wasm:.*wasm-function\[(\d+)\]:0x([0-9a-f]+)/g)].slice(0, 2);
    expect(frames.map(([, name, index]) => [name, index])).toEqual([['Inner.divide', '0'], ['outer', '1']]);
    expect(frames.map(([, , , offset]) => sourceMap.findLast((entry) => entry.offset <= parseInt(offset ?? '', 16))?.location.offset)).toEqual([20, 50]);
  });

  test('positions of functions with a source alone are there', () => {
    const module = createModule();
    define(module, 'known', [], ['i32'], (b) => b.ret(b.i32(1))).location = { file: 0, offset: 5 };
    define(module, 'unknown', [], ['i32'], (b) => b.ret(b.i32(2)));
    expect(emitModule(module).sourceMap.map(({ location }) => location.offset)).toEqual([5]);
  });

  test('equal modules give equal bytes', () => {
    const make = () => {
      const module = createModule();
      define(module, 'f', ['f64'], ['f64'], (b, x) => b.ret(b.op('f64.mul', [x, x])));
      return emitModule(module);
    };
    expect(make()).toEqual(make());
  });
});
