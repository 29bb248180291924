/**
 * A session's part in lowering: the source is the text of all its evaluations, and only the last one is to run.
 *
 * E1 Each binding of the module's own scope has an environment slot, numbered in order of declaration; text is only
 *    appended, so slots keep their numbers. E2 Sites, host functions, plans and table entries of earlier evaluations keep
 *    their indices: they stand first. E3 A variable of an evaluation that failed may be uninitialized forever.
 */
import type { HostFunction, Plan, Site } from '../../artifact.js';

/** What the evaluations before this one have fixed. */
export interface SessionMemory {
  /** Function symbols by table index. */
  readonly table: readonly string[];
  readonly sites: readonly Site[];
  readonly hostFunctions: readonly HostFunction[];
  /** What tells each of the host functions from the others. */
  readonly hostKeys: readonly string[];
  readonly plans: readonly Plan[];
  /** Shapes that object literals had, see Program.shapes. */
  readonly shapes: ReadonlyMap<string, readonly string[]>;
}

export interface SessionPart {
  /** Where in the text each evaluation starts, the last one is to run. */
  readonly starts: readonly number[];
  /** Evaluations, counted from 0, that did not come to their end. */
  readonly failed: ReadonlySet<number>;
  readonly memory: SessionMemory;
}

export const NO_MEMORY: SessionMemory = { table: [''], sites: [], hostFunctions: [], hostKeys: [], plans: [], shapes: new Map() };

/** The evaluation, counted from 0, whose text holds an offset. */
export function evaluationAt(starts: readonly number[], offset: number): number {
  let index = starts.length - 1;
  while (index > 0 && (starts[index] ?? 0) > offset) index--;
  return index;
}

/** Where the text starts that is to run. */
export const startOf = (session: SessionPart | null): number => session?.starts.at(-1) ?? 0;
