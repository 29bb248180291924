/**
 * Random async functions through the whole pipeline give the same on every engine as they give as written.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lowerModule } from '../../../jit/pipeline.js';
import { RUNNERS } from '../filetests/runners.js';
import { check, runDirectly } from './drive.js';
import { addGuestRuntime } from './guest-runtime.js';
import type { Word } from './machine.js';
import { randomModule } from './random-function.js';

const tapes = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 250, size: 'max' });
const ARGUMENTS: readonly Word[][] = [[3n, 5, 2.5], [1000n, -7, -0.5]];

describe('random functions', () => {
  test('agree on all engines', () => {
    expect(RUNNERS.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(tapes, fc.nat({ max: 0xffff }), (tape, mask) => {
        const written = randomModule(tape);
        const lowered = randomModule(tape);
        addGuestRuntime(lowered);
        lowerModule(lowered, { opaqueAwaits: true });
        check(lowered);
        for (const args of ARGUMENTS) {
          const { value, status } = runDirectly(written, 'f', args);
          for (const runner of RUNNERS) {
            const results = runner.instantiate(lowered)('drive', [...args, mask]);
            if (results[0] !== value || results[1] !== status) throw new Error(`${runner.name} gives ${results.join(' ')}, not ${value} ${status}`);
          }
        }
      }),
      { numRuns: Number(process.env['BROLGA_FUZZ_RUNS'] ?? 40), seed: Number(process.env['BROLGA_FUZZ_SEED'] ?? 5), interruptAfterTimeLimit: 20_000 },
    );
  });
});
