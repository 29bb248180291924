/** What a call came to, in a form that two sides can be compared in: a value, or the name and message of an error. */
import { expect } from '@jest/globals';
import type { Rig } from './rig.js';

export type Outcome = { readonly value: unknown } | { readonly error: string };

export function outcome(run: () => unknown): Outcome {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof Error && /^(Range|Type|Syntax)?Error$/.test(error.name)) return { error: `${error.name}: ${error.message}` };
    throw error;
  }
}

/** Runs both and expects the same; `label` shows in a failure. */
export function expectSame(label: unknown, rig: Rig, ours: () => unknown, theirs: () => unknown): void {
  const expected = outcome(theirs);
  const actual = outcome(() => rig.guest(ours));
  if (!sameOutcome(actual, expected)) expect({ label, ...actual }).toStrictEqual({ label, ...expected });
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  if ('error' in a || 'error' in b) return 'error' in a && 'error' in b && a.error === b.error;
  return Object.is(a.value, b.value);
}

/** Doubles of every size: random bits, small integers, decimals, and the edges. */
export const DOUBLES: readonly number[] = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, 0.1, 0.3, 123.456, 100, 255, 1e15, 1e16, 1e20, 1e21, 123456789012345680000, 1e22, 1e23, 1e100,
  1e-5, 1e-6, 1e-7, 1.5e-7, 0.000001234, 5e-324, 4.9406564584124654e-322, 2.2250738585072014e-308, 1.7976931348623157e308, 2 ** 53,
  2 ** 53 + 2, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 60, 0.1 + 0.2, 1 / 3, 2 / 3, 4.35, 1.0000000000000002, 0.9999999999999999, Math.PI,
  Math.PI / 2, Math.PI / 4, 3 * Math.PI / 4, 22, 709.782712893384, 710.5, -745.2, 0.49999999999999994, 1608618896424416.25, NaN, Infinity, -Infinity,
];
