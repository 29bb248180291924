/**
 * What the interpreter offers beside the meaning of opcodes: limits, hosts, shared memories, state between calls.
 */
import { describe, expect, test } from '@jest/globals';
import type { IrModule } from '../../../ir/function.js';
import { Interpreter } from '../../../ir/interpret.js';
import { createMemory } from '../../../ir/machine.js';
import { parseModule } from '../../../ir/parse.js';
import { Trap } from '../../../ir/trap.js';

function moduleOf(text: string): IrModule {
  const { module, diagnostics } = parseModule(text);
  expect(diagnostics).toEqual([]);
  return module;
}

const trapOf = (run: () => unknown): Trap => {
  try {
    run();
  } catch (error) {
    if (error instanceof Trap) return error;
    throw error;
  }
  throw new Error('nothing trapped');
};

const DEEP = `func deep(i32) -> i32 {
block0(v0: i32):
  brif v0, block1, block2
block1:
  v1 = i32.const 1
  v2 = i32.sub v0, v1
  v3 = call deep(v2)
  v4 = i32.add v3, v1
  return v4
block2:
  return v0
}
`;

describe('limits', () => {
  test('guest recursion is bounded by frames alone, not by the host stack', () => {
    const interpreter = new Interpreter(moduleOf(DEEP), { maxFrames: 60_000 });
    expect(interpreter.call('deep', [50_000])).toEqual([50_000]);
    expect(trapOf(() => interpreter.call('deep', [60_001])).reason).toBe('stack');
    expect(interpreter.call('deep', [3])).toEqual([3]);
  });

  test('fuel counts instructions and ends, exactly', () => {
    const module = moduleOf('func f() -> i32 {\nblock0:\n  v0 = i32.const 1\n  v1 = i32.add v0, v0\n  return v1\n}\n');
    expect(new Interpreter(module, { fuel: 3 }).call('f', [])).toEqual([2]);
    expect(trapOf(() => new Interpreter(module, { fuel: 2 }).call('f', [])).reason).toBe('fuel');
  });

  test('the wrong number of arguments is the mistake of the caller', () => {
    expect(() => new Interpreter(moduleOf(DEEP)).call('deep', [])).toThrow('deep takes 1 arguments, not 0');
    expect(() => new Interpreter(moduleOf(DEEP)).call('shallow', [])).toThrow('there is no function shallow');
  });
});

describe('host', () => {
  test('hears of a trap code before the trap', () => {
    const codes: number[] = [];
    const interpreter = new Interpreter(moduleOf('func f() {\nblock0:\n  trap 4\n}\n'), { onTrap: (code) => codes.push(code) });
    expect(trapOf(() => interpreter.call('f', []))).toMatchObject({ reason: 'unreachable', code: 4 });
    expect(codes).toEqual([4]);
  });

  test('shares memory and globals between calls', () => {
    const buffer = new SharedArrayBuffer(65536);
    const module = moduleOf(
      'global base: i32 mut = 8\nfunc f(i64) -> i32 {\nblock0(v0: i64):\n  v1 = global.get base\n  i64.store v1, v0\n  return v1\n}\n',
    );
    const interpreter = new Interpreter(module, { memory: { buffer, grow: () => -1 } });
    interpreter.setGlobal('base', 64);
    expect(interpreter.call('f', [-2n])).toEqual([64]);
    expect(new DataView(buffer).getBigInt64(64, true)).toBe(-2n);
    expect(interpreter.getGlobal('base')).toBe(64);
  });

  test('memory grows to its maximum, then growing fails', () => {
    const module = moduleOf(
      'func grow(i32) -> (i32, i32) {\nblock0(v0: i32):\n  v1 = memory.grow v0\n  v2 = memory.size\n  return v1, v2\n}\nfunc put(i32) {\nblock0(v0: i32):\n  i32.store v0, v0\n  return\n}\n',
    );
    const interpreter = new Interpreter(module, { memory: createMemory(1, 3) });
    expect(trapOf(() => interpreter.call('put', [65536])).reason).toBe('outOfBounds');
    expect(interpreter.call('grow', [2])).toEqual([1, 3]);
    interpreter.call('put', [65536]);
    expect(interpreter.call('grow', [1])).toEqual([-1, 3]);
  });

  test('an await without a host to answer is refused', () => {
    const module = moduleOf('async func f(val) -> (val, i32) {\nblock0(v0: val):\n  await v0, block1, block1\nblock1(v1: val):\n  v2 = i32.const 1\n  return v1, v2\n}\n');
    expect(() => new Interpreter(module).call('f', [0n])).toThrow('needs the host');
  });
});
