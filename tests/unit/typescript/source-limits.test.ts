/** Size costs no more than its share: what the front end asks of the checker grows as the source does, and what would cost more is refused. */
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { compile } from '../../../jit/compile.js';
import { loadLibrary } from '../../../jit/library.js';
import { CompileError } from '../../../jit/errors.js';
import { checkProgram } from '../../../jit/typescript/checker.js';
import { lowerProgram } from '../../../jit/typescript/lower/modules.js';

const repeat = (count: number, part: (index: number) => string, separator = ''): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(separator);

const sizeOf = (node: ts.Node): number => {
  let count = 0;
  const stack = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    count++;
    ts.forEachChild(at, (child) => void stack.push(child));
  }
  return count;
};

/** Nodes of syntax under all that the lowering asks the checker for types of, which the checker goes through each time. */
function askedNodes(text: string): number {
  const checked = checkProgram({ name: 'size.ts', text });
  let asked = 0;
  const checker = new Proxy(checked.checker, {
    get: (target, key, receiver): unknown => {
      const member: unknown = Reflect.get(target, key, receiver);
      if (key !== 'getTypeAtLocation') return member;
      return (node: ts.Node) => {
        asked += sizeOf(node);
        return target.getTypeAtLocation(node);
      };
    },
  });
  const lowered = lowerProgram({ ...checked, checker }, loadLibrary().interface);
  expect(lowered.diagnostics).toEqual([]);
  return asked;
}

const FAMILIES: readonly (readonly [string, (count: number) => string])[] = [
  ['a sum of numbers', (count) => `export async function main(a: number) { return ${repeat(count, () => 'a', ' + ')}; }`],
  ['a sum of anything', (count) => `export async function main(a: any) { return ${repeat(count, () => 'a', ' + ')}; }`],
  ['a concatenation', (count) => `export async function main(a: string) { return ${repeat(count, (i) => (i % 2 ? 'a' : "'x'"), ' + ')}; }`],
  ['comparisons', (count) => `export async function main(a: any) { return ${repeat(count, () => 'a', ' === ')}; }`],
  ['constants', (count) => `const x = ${repeat(count, () => '1', ' + ')}; export const main = () => x;`],
  ['statements', (count) => `export async function main(a: number) { let s = 0; ${repeat(count, (i) => `s += a * ${i};\n`)} return s; }`],
  ['functions', (count) => `${repeat(count, (i) => `function f${i}(a: number) { return a + ${i}; }\n`)} export const main = f0;`],
];

describe('what the lowering asks of the checker grows as the source does', () => {
  test.each(FAMILIES)('%s', (_, make) => {
    const [small, middle, large] = [200, 400, 800].map((count) => askedNodes(make(count)));
    if (small === undefined || middle === undefined || large === undefined) throw new Error('three sizes were asked for');
    expect(middle).toBeLessThanOrEqual(2.2 * small + 50);
    expect(large).toBeLessThanOrEqual(2.2 * middle + 50);
  });
});

function refusalOf(text: string): CompileError {
  try {
    compile(text, { filename: 'size.ts' });
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it was compiled');
}

describe('what is too large is refused before it is checked, at its place', () => {
  test.each([
    ['nested arrays', `export const main = () => 1;\nconst a: unknown = ${'['.repeat(450)}${']'.repeat(450)};`, 2],
    ['a chain of else if', `export async function main(a: number) {\n${repeat(450, (i) => `if (a === ${i}) return ${i};`, ' else\n')}\n}`, 398],
    ['a chain of methods', `export const main = (a: string) => a${'.trim()'.repeat(450)};`, 1],
    ['a chain of conditions', `let a = 0;\nexport const main = () => { if (${repeat(200, (i) => `a === ${i}`, ' || ')}) return 1; return 2; };`, 2],
    ['a function that assigns and assigns', `export const main = (s: number) => {\n${repeat(2500, () => 's += 1;')} };`, 1],
    ['an expression of many operands', `export const main = (a: number) => ${repeat(20_000, () => 'a', ' + ')};`, 1],
    ['classes that extend each other', `class C0 {}\n${repeat(1200, (i) => `class C${i + 1} extends C${i} {}\n`)}export const main = () => 1;`, 1],
    ['what the parser cannot take', `export const main = () => 1;\nconst a = ${'('.repeat(30_000)}1;`, 2],
  ])('%s', (_, text, line) => {
    expect(refusalOf(text)).toMatchObject({ code: 'SOURCE_LIMIT', line, frame: expect.stringContaining('>') });
  });

  test('an expression of thousands of operands is none', () => {
    expect(() => compile(`export const main = (a: string) => ${repeat(3000, () => 'a', ' + ')};`, { filename: 'size.ts' })).not.toThrow();
  });
});
