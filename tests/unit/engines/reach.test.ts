/** What a small program links of the library: what it can need, and little else. */
import { describe, expect, test } from '@jest/globals';
import { compileStages } from '../../../jit/compile.js';

const linked = (source: string) => compileStages(source, { filename: 'small.ts' }, () => {});

describe('reach of small programs', () => {
  test('a program that formats no number links no formatting', () => {
    const { linked: module, emitted } = linked('export async function main() { return 1; }');
    for (const name of ['number_to_string', 'to_string', 'Date_toString', 'array_join']) expect(module.functions.has(name)).toBe(false);
    expect(emitted.wasm.length).toBeLessThan(42 * 1024);
  });

  test('one that does links it', () => {
    const { linked: module } = linked('export async function main(x: number) { return `${x}`; }');
    expect(module.functions.has('number_to_string')).toBe(true);
  });
});
