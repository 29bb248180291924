/**
 * Lowered functions give what the functions as written give, whichever awaits suspend.
 */
import { describe, expect, test } from '@jest/globals';
import { moduleOf, lowerAll, runDirectly, runLowered } from './drive.js';
import type { Word } from './machine.js';

const MODES: readonly ((count: number) => boolean)[] = [
  () => true,
  () => false,
  (count) => count % 2 === 0,
  (count) => count % 3 !== 0,
];

/** Compares both forms of `f` for some arguments under several choices of suspensions. */
function agree(text: string, ...argumentLists: Word[][]): void {
  const written = moduleOf(text);
  const lowered = moduleOf(text);
  lowerAll(lowered);
  for (const args of argumentLists) {
    const { value, status } = runDirectly(written, 'f', args);
    for (const mode of MODES) {
      const run = runLowered(lowered, 'f', args, mode);
      expect({ value: run.value, status: run.status }).toEqual({ value, status });
    }
  }
}

describe('straight code', () => {
  test('a function without await takes frame and mode and has no thunk', () => {
    const text = 'async func f(val) -> (val, i32) {\nblock0(v0: val):\n  v1 = i32.const 1\n  return v0, v1\n}\n';
    const module = moduleOf(text);
    const context = lowerAll(module);
    expect(module.functions.get('f')?.params).toEqual(['ref', 'i32', 'val']);
    expect(module.functions.has('f$resume')).toBe(false);
    expect(context.frames).toEqual([]);
    agree(text, [7n]);
  });

  test('values of every type live across an await', () => {
    agree(
      `async func f(val, i32) -> (val, i32) {
block0(v0: val, v1: i32):
  v2 = i64.extend_i32_s v1
  v3 = f64.convert_i32_s v1
  v4 = f32.demote_f64 v3
  v5 = ref.from_i32 v1
  v20 = i64.mul v2, v2
  v21 = f64.mul v3, v3
  v22 = f32.add v4, v4
  v23 = i32.mul v1, v1
  v24 = i32.const 3
  v25 = i32.mul v23, v24
  v26 = ref.from_i32 v25
  await v0, block1(v1), block2(v4)
block1(v6: val, v7: i32):
  v8 = i64.from_val v6
  v9 = i64.add v8, v20
  v10 = i32.from_ref v26
  v11 = i32.add v10, v7
  v12 = i64.extend_i32_s v11
  v13 = i64.add v9, v12
  v14 = i32.trunc_sat_f64_s v21
  v15 = i64.extend_i32_s v14
  v16 = i64.add v13, v15
  v17 = val.from_i64 v16
  v18 = i32.const 1
  return v17, v18
block2(v30: val, v31: f32):
  v32 = f32.add v31, v22
  v33 = f64.promote_f32 v32
  v34 = val.from_f64 v33
  v35 = i32.const 2
  return v34, v35
}
`,
      ...Array.from({ length: 12 }, (_, index): Word[] => [BigInt(index * 77), index * 1001]),
    );
  });
});
