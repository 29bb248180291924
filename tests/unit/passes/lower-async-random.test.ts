/**
 * Random functions: the lowered state machine, resumed step by step, gives what the function as written gives.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printModule } from '../../../ir/print.js';
import { DISPATCH_LIMITS, type DispatchLimits } from '../../../jit/passes/resume-plan.js';
import type { IrModule } from '../../../ir/function.js';
import { lowerAll, lowerWhole, runDirectly, runLowered, type Run } from './drive.js';
import type { Word } from './machine.js';
import { randomModule } from './random-function.js';

const tapes = fc.array(fc.nat({ max: 1000 }), { minLength: 20, maxLength: 400, size: 'max' });
const ARGUMENTS: readonly Word[][] = [[3n, 5, 2.5], [1000n, -7, -0.5]];

/** Limits that make trees of dispatches out of few suspensions. */
const SMALL_LIMITS: readonly DispatchLimits[] = [
  { crowd: 1, region: 1, targets: 1 },
  { crowd: 2, region: 2, targets: 2 },
  { crowd: 3, region: 2, targets: 3 },
  { crowd: 2, region: 3, targets: 4 },
];

/** Runs both forms; the totals show that the test does test something. */
function compare(tape: readonly number[], inlineMask: number, lower: (module: IrModule) => void): Run[] {
  const written = randomModule(tape);
  const lowered = randomModule(tape);
  lower(lowered);
  return ARGUMENTS.map((args) => {
    const expected = runDirectly(written, 'f', args);
    const run = runLowered(lowered, 'f', args, (count) => ((inlineMask >> count % 16) & 1) === 1);
    if (run.value !== expected.value || run.status !== expected.status) {
      throw new Error(`${String(run.value)} ${run.status} is not ${String(expected.value)} ${expected.status}\n${printModule(written)}`);
    }
    return run;
  });
}

const parameters = (runs: number): fc.Parameters<unknown> => ({
  numRuns: Number(process.env['BROLGA_FUZZ_RUNS'] ?? runs),
  seed: Number(process.env['BROLGA_FUZZ_SEED'] ?? 20),
  interruptAfterTimeLimit: 20_000,
});

describe('random functions', () => {
  test('agree with what the whole pipeline makes of them', () => {
    fc.assert(
      fc.property(tapes, fc.nat({ max: 0xffff }), (tape, mask) => {
        compare(tape, mask, (module) => lowerWhole(module, { without: mask % 2 === 0 ? [] : ['spill'] }));
      }),
      parameters(60),
    );
  });

  test('agree with their lowered forms', () => {
    let suspensions = 0;
    let frames = 0;
    fc.assert(
      fc.property(tapes, fc.nat({ max: 0xffff }), (tape, mask) => {
        const limits = SMALL_LIMITS[mask % SMALL_LIMITS.length] ?? DISPATCH_LIMITS;
        const runs = [...compare(tape, mask, (module) => lowerAll(module)), ...compare(tape, 0, (module) => lowerAll(module, limits))];
        for (const run of runs) {
          suspensions += run.suspensions;
          frames += run.frames;
        }
      }),
      parameters(80),
    );
    expect(suspensions).toBeGreaterThan(100);
    expect(frames).toBeGreaterThan(50);
  });
});
