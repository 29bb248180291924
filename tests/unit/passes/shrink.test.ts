/**
 * fold, simplify-cfg and dce: what they make of small functions.
 */
import { describe, expect, test } from '@jest/globals';
import { printFunction } from '../../../ir/print.js';
import { createContext, type Pass } from '../../../jit/passes/context.js';
import { eliminateDeadCode } from '../../../jit/passes/dce.js';
import { fold } from '../../../jit/passes/fold.js';
import { numberValues } from '../../../jit/passes/gvn.js';
import { simplifyCfg } from '../../../jit/passes/simplify-cfg.js';
import { check, moduleOf } from './drive.js';

/** The blocks of `f` after the passes, without the head of the function. */
function after(text: string, ...passes: Pass[]): string[] {
  const module = moduleOf(text);
  check(module);
  const context = createContext(module);
  const func = module.functions.get('f');
  if (!func) throw new Error('the text has no f');
  for (const pass of passes) pass(func, context);
  check(module);
  return printFunction(func).trim().split('\n').slice(1, -1).map((line) => line.trim());
}

const body = (signature: string, ...lines: string[]): string => `func f${signature} {\n${lines.join('\n')}\n}\n`;

describe('fold', () => {
  test('computes on constants, but not what traps or gives a NaN', () => {
    const text = body('() -> (i32, f64, i32)', 'block0:', '  v0 = i32.const 6', '  v1 = i32.const 7', '  v2 = i32.mul v0, v1', '  v3 = f64.const inf', '  v4 = f64.sub v3, v3', '  v5 = i32.const 0', '  v6 = i32.div_s v2, v5', '  return v2, v4, v6');
    expect(after(text, fold, eliminateDeadCode)).toEqual(['block0:', 'v2 = i32.const 42', 'v3 = f64.const inf', 'v4 = f64.sub v3, v3', 'v5 = i32.const 0', 'v6 = i32.div_s v2, v5', 'return v2, v4, v6']);
  });

  test('undoes boxing', () => {
    const text = body('(f64, ref) -> (f64, ref, i64)', 'block0(v0: f64, v1: ref):', '  v2 = val.from_f64 v0', '  v3 = f64.from_val v2', '  v4 = val.box 0xfffa v1', '  v5 = ref.from_val v4', '  v6 = i64.from_val v2', '  return v3, v5, v6');
    expect(after(text, fold, eliminateDeadCode)).toEqual(['block0(v0: f64, v1: ref):', 'v6 = i64.reinterpret_f64 v0', 'return v0, v1, v6']);
  });

  test('leaves floats alone where zero and NaN matter', () => {
    const text = body('(f64) -> (f64, f64)', 'block0(v0: f64):', '  v1 = f64.const 0', '  v2 = f64.add v0, v1', '  v3 = f64.mul v0, v1', '  return v2, v3');
    expect(after(text, fold, eliminateDeadCode)).toHaveLength(5);
  });

  test('decides branches, and turns tests around', () => {
    const text = body('(i32) -> i32', 'block0(v0: i32):', '  v1 = i32.eqz v0', '  brif v1, block1, block2', 'block1:', '  v2 = i32.const 1', '  brif v2, block2, block3', 'block2:', '  return v0', 'block3:', '  trap 9');
    expect(after(text, fold, eliminateDeadCode, simplifyCfg)).toEqual(['block0(v0: i32):', 'return v0']);
  });

  test('an opposite comparison for integers, none for floats', () => {
    const text = body('(i32, f64) -> (i32, i32)', 'block0(v0: i32, v1: f64):', '  v2 = i32.lt_s v0, v0', '  v3 = i32.eqz v2', '  v4 = f64.lt v1, v1', '  v5 = i32.eqz v4', '  return v3, v5');
    expect(after(text, fold, eliminateDeadCode)).toEqual(['block0(v0: i32, v1: f64):', 'v3 = i32.ge_s v0, v0', 'v4 = f64.lt v1, v1', 'v5 = i32.eqz v4', 'return v3, v5']);
  });
});

describe('simplify-cfg', () => {
  test('joins straight lines and drops what cannot be reached', () => {
    const text = body('(i32) -> i32', 'block0(v0: i32):', '  jump block1(v0)', 'block1(v1: i32):', '  v2 = i32.add v1, v1', '  jump block2', 'block2:', '  return v2', 'block3:', '  trap 1');
    expect(after(text, simplifyCfg)).toEqual(['block0(v0: i32):', 'v2 = i32.add v0, v0', 'return v2']);
  });

  test('goes straight through empty blocks, with their parameters', () => {
    const text = body('(i32) -> i32', 'block0(v0: i32):', '  brif v0, block1(v0), block2', 'block1(v1: i32):', '  jump block3(v1, v0)', 'block2:', '  jump block3(v0, v0)', 'block3(v2: i32, v3: i32):', '  v4 = i32.add v2, v3', '  return v4');
    expect(after(text, simplifyCfg)).toEqual(['block0(v0: i32):', 'v4 = i32.add v0, v0', 'return v4']);
  });

  test('keeps a guard in front of a loop', () => {
    const text = body('(i32) -> i32', 'block0(v0: i32):', '  v1 = i32.const 0', '  jump block1(v1)', 'block1(v2: i32):', '  brif v2, block3, block2', 'block2:', '  v3 = call g(v0)', '  brif v3, block1(v1), block3', 'block3:', '  return v0') + 'func g(i32) -> i32 {\nblock0(v0: i32):\n  return v0\n}\n';
    expect(after(text, simplifyCfg)).toContain('block1:');
  });

  test('an endless loop of empty blocks stays endless', () => {
    const text = body('()', 'block0:', '  jump block1', 'block1:', '  jump block2', 'block2:', '  jump block1');
    const lines = after(text, simplifyCfg);
    expect(lines.at(-1)).toMatch(/^jump block/);
  });

  test('drops a parameter that always gets the same value, and one that equals another', () => {
    const text = body('(i32) -> i32', 'block0(v0: i32):', '  v9 = i32.const 5', '  jump block1(v0, v9, v9)', 'block1(v1: i32, v2: i32, v3: i32):', '  v4 = i32.add v2, v3', '  v5 = i32.sub v2, v1', '  brif v5, block1(v1, v4, v4), block2', 'block2:', '  return v5');
    expect(after(text, simplifyCfg)).toContain('block1(v2: i32):');
  });
});

describe('dce', () => {
  test('keeps effects, traps and loads that may trap; drops parameters that feed only themselves', () => {
    const text = body('(i32, ref) -> i32', 'block0(v0: i32, v1: ref):', '  v2 = i32.load v0+4', '  v3 = i32.load v1+4', '  v4 = i32.div_s v0, v0', '  v5 = i32.add v0, v0', '  jump block1(v0, v5)', 'block1(v6: i32, v7: i32):', '  v8 = i32.add v7, v0', '  brif v6, block1(v0, v8), block2', 'block2:', '  return v6');
    const lines = after(text, eliminateDeadCode);
    expect(lines).toEqual(['block0(v0: i32, v1: ref):', 'v2 = i32.load v0+4', 'v4 = i32.div_s v0, v0', 'jump block1(v0)', 'block1(v6: i32):', 'brif v6, block1(v0), block2', 'block2:', 'return v6']);
  });
});

describe('gvn', () => {
  test('an operation on the same operands is done once, equal constants and changed places included', () => {
    const text = body('(i32, val) -> (i32, i32)', 'block0(v0: i32, v1: val):', '  v2 = i32.const 7', '  v3 = i32.add v0, v2', '  v4 = i64.from_val v1', '  v5 = i64.eqz v4', '  brif v5, block1, block2', 'block1:', '  v6 = i32.const 7', '  v7 = i32.add v6, v0', '  v8 = i64.from_val v1', '  v9 = i64.eqz v8', '  return v7, v9', 'block2:', '  return v0, v0');
    expect(after(text, numberValues, eliminateDeadCode)).toContain('return v3, v5');
  });

  test('not from one branch to its sibling, nor over reads', () => {
    const text = body('(i32, ref) -> i32', 'block0(v0: i32, v1: ref):', '  brif v0, block1, block2', 'block1:', '  v2 = i32.mul v0, v0', '  return v2', 'block2:', '  v3 = i32.mul v0, v0', '  v4 = i32.load v1+8', '  v5 = i32.load v1+8', '  v6 = i32.add v4, v5', '  v7 = i32.add v6, v3', '  return v7');
    expect(after(text, numberValues)).toHaveLength(12);
  });

  test('a branch on a condition that is decided becomes a jump', () => {
    const text = body('(i32) -> i32', 'block0(v0: i32):', '  v1 = i32.const 3', '  v2 = i32.lt_s v0, v1', '  brif v2, block1, block2', 'block1:', '  v3 = i32.lt_s v0, v1', '  brif v3, block3, block2', 'block2:', '  trap 9', 'block3:', '  return v0');
    expect(after(text, numberValues, eliminateDeadCode, simplifyCfg)).toEqual(['block0(v0: i32):', 'v1 = i32.const 3', 'v2 = i32.lt_s v0, v1', 'brif v2, block3, block2', 'block2:', 'trap 9', 'block3:', 'return v0']);
  });
});
