/** Whatever goes wrong in the compiler reaches its caller as a CompileError with a code and a place. */
import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../jit/compile.js';
import { reportFailures } from '../../../jit/compiler-failure.js';
import { CompileError } from '../../../jit/errors.js';

function failure(run: () => unknown): CompileError {
  try {
    run();
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('compiling', () => {
  test.each([
    ['parentheses', `export const x = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`],
    ['calls', `declare function f(x: number): Promise<number>; export const x = ${'f('.repeat(450)}1${')'.repeat(450)};`],
    ['arrow functions', `export const x = ${'() => '.repeat(20_000)}1;`],
    ['statements', `export async function main() { let s = 0; ${'if (s < 1) {'.repeat(5000)} s = 1; ${'}'.repeat(5000)} return s; }`],
  ])('a text with too many nested %s is refused with SOURCE_LIMIT', (_, text) => {
    expect(failure(() => compile(text, { filename: 'deep.ts' }))).toMatchObject({ code: 'SOURCE_LIMIT', file: 'deep.ts', line: 1 });
  });

  test('a defect of the compiler is INTERNAL, with the original error as its cause', () => {
    const cause = new TypeError('no such block');
    const error = failure(() => reportFailures('a.ts', 'const x = 1;', () => {
      throw cause;
    }));
    expect(error).toMatchObject({ code: 'INTERNAL', file: 'a.ts', cause });
    expect(error.message).toContain('no such block');
  });
});
