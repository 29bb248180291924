/**
 * Async functions in text form for tests of lowering.
 */

/** Awaits `count` times in a row, adding up what it gets; a rejection ends it. */
export function straight(count: number): string {
  const lines = ['async func f(val) -> (val, i32) {', 'block0(v0: val):', '  v1 = i64.from_val v0', '  jump block1(v0, v1)'];
  let next = 2;
  const fresh = (): string => `v${next++}`;
  for (let index = 1; index <= count; index++) {
    const [operand, sum, result, bits, total] = [fresh(), fresh(), fresh(), fresh(), fresh()];
    lines.push(
      `block${index}(${operand}: val, ${sum}: i64):`,
      `  await ${operand}, block${count + 1 + index}, block${2 * count + 2}`,
      `block${count + 1 + index}(${result}: val):`,
      `  ${bits} = i64.from_val ${result}`,
      `  ${total} = i64.add ${bits}, ${sum}`,
      `  jump block${index + 1}(${result}, ${total})`,
    );
  }
  const [operand, sum, boxed, status, error, rejected] = [fresh(), fresh(), fresh(), fresh(), fresh(), fresh()];
  lines.push(
    `block${count + 1}(${operand}: val, ${sum}: i64):`,
    `  ${boxed} = val.from_i64 ${sum}`,
    `  ${status} = i32.const 1`,
    `  return ${boxed}, ${status}`,
    `block${2 * count + 2}(${error}: val):`,
    `  ${rejected} = i32.const 2`,
    `  return ${error}, ${rejected}`,
    '}',
    '',
  );
  return lines.join('\n');
}

/** A loop of `v1` rounds around a switch with `cases` cases, an await in each, and a value carried around the loop. */
export function switchInLoop(cases: number): string {
  const first = 10;
  const names = Array.from({ length: cases }, (_, index) => index);
  return `async func f(val, i32) -> (val, i32) {
block0(v0: val, v1: i32):
  v2 = i32.const 0
  v3 = i64.from_val v0
  jump block1(v2, v3)
block1(v4: i32, v5: i64):
  v6 = i32.lt_s v4, v1
  brif v6, block2, block5(v5)
block2:
  v7 = val.from_i64 v5
  v8 = i32.const ${cases}
  v9 = i32.mul v4, v8
  v10 = i32.xor v9, v4
  br_table v10, [${names.map((index) => `block${first + index}`).join(', ')}], block3(v7)
${names
  .map((index) => `block${first + index}:\n  await v7, block3, block${4}`)
  .join('\n')}
block3(v20: val):
  v21 = i64.from_val v20
  v22 = i64.extend_i32_s v4
  v23 = i64.add v21, v22
  v24 = i64.add v23, v5
  jump block6(v24)
block4(v25: val):
  v26 = i64.from_val v25
  v27 = i64.sub v26, v5
  jump block6(v27)
block6(v28: i64):
  v29 = i32.const 1
  v30 = i32.add v4, v29
  jump block1(v30, v28)
block5(v31: i64):
  v32 = val.from_i64 v31
  v33 = i32.const 1
  return v32, v33
}
`;
}
