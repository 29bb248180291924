/**
 * Random functions: the lowered state machine, resumed step by step, gives what the function as written gives.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printModule } from '../../../ir/print.js';
import { DISPATCH_LIMITS, type DispatchLimits } from '../../../jit/passes/resume-plan.js';
import { lowerAll, runDirectly, runLowered, type Run } from './drive.js';
import type { Word } from './machine.js';
import { randomModule } from './random-function.js';

const tapes = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 400, size: 'max' });
const ARGUMENTS: readonly Word[][] = [[3n, 5, 2.5], [1000n, -7, -0.5]];

/** Limits that make trees of dispatches out of few suspensions. */
const SMALL_LIMITS: readonly DispatchLimits[] = [
  { region: 1, targets: 1 },
  { region: 2, targets: 2 },
  { region: 2, targets: 3 },
  { region: 3, targets: 4 },
];

/** Runs both forms; the totals show that the test does test something. */
function compare(tape: readonly number[], inlineMask: number, limits: DispatchLimits): Run[] {
  const written = randomModule(tape);
  const lowered = randomModule(tape);
  lowerAll(lowered, limits);
  return ARGUMENTS.map((args) => {
    const expected = runDirectly(written, 'f', args);
    const run = runLowered(lowered, 'f', args, (count) => ((inlineMask >> count % 16) & 1) === 1);
    if (run.value !== expected.value || run.status !== expected.status) {
      throw new Error(`${String(run.value)} ${run.status} is not ${String(expected.value)} ${expected.status}\n${printModule(written)}`);
    }
    return run;
  });
}

describe('random functions', () => {
  test('agree with their lowered forms', () => {
    let suspensions = 0;
    let frames = 0;
    fc.assert(
      fc.property(tapes, fc.nat({ max: 0xffff }), (tape, mask) => {
        const limits = SMALL_LIMITS[mask % SMALL_LIMITS.length] ?? DISPATCH_LIMITS;
        for (const run of [...compare(tape, mask, DISPATCH_LIMITS), ...compare(tape, 0, limits)]) {
          suspensions += run.suspensions;
          frames += run.frames;
        }
      }),
      { numRuns: Number(process.env['BROLGA_FUZZ_RUNS'] ?? 250), seed: Number(process.env['BROLGA_FUZZ_SEED'] ?? 20) },
    );
    expect(suspensions).toBeGreaterThan(200);
    expect(frames).toBeGreaterThan(100);
  });
});
