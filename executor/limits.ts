/**
 * THE table of limits: every number that bounds a task, a realm or a source, with its default, its range and the error
 * that tells of it. docs/limits.md is made from it; options of the same names raise or lower each.
 */
import { OptionError } from './errors.js';

interface LimitRow {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** `call`: may also be set for one call. */
  readonly scope: 'jit' | 'call';
  readonly doc: string;
}

export const LIMITS = {
  fuel: { default: 1_000_000_000, min: 1, max: 2 ** 53 - 1, unit: 'units', scope: 'call', doc: 'work of a task; a unit is about 16 instructions, at least one for each turn of a loop' },
  sliceFuel: { default: 250_000, min: 100, max: 2 ** 31 - 1, unit: 'units', scope: 'jit', doc: 'work after which a task lets others run' },
  stretchFuel: { default: 0, min: 0, max: 2 ** 31 - 1, unit: 'units', scope: 'call', doc: 'work of a task whose slice is used up until it lets others run, which a loop without await cannot; 0: all its fuel' },
  memoryMiB: { default: 64, min: 0.0625, max: 2048, unit: 'MiB', scope: 'call', doc: 'heap of a task' },
  collectEvery: { default: 0, min: 0, max: 2 ** 31 - 1, unit: 'allocations', scope: 'call', doc: 'for tests: allocations from one collection to the next; 0 collects as needed' },
  timeoutMs: { default: 30_000, min: 0, max: 2 ** 53 - 1, unit: 'ms', scope: 'call', doc: 'time from the call to the end of the task' },
  cancelGraceMs: { default: 1_000, min: 0, max: 2 ** 31 - 1, unit: 'ms', scope: 'call', doc: 'time a cancelled task has for its finally blocks' },
  hostCalls: { default: 10_000, min: 0, max: 2 ** 31 - 1, unit: 'calls', scope: 'call', doc: 'host calls of a task in flight at once' },
  logBytes: { default: 2 ** 20, min: 0, max: 2 ** 31 - 1, unit: 'bytes', scope: 'call', doc: 'what a task logs in all' },
  payloadBytes: { default: 16 * 2 ** 20, min: 64, max: 2 ** 30, unit: 'bytes', scope: 'call', doc: 'one value that crosses between guest and host' },
  payloadDepth: { default: 1000, min: 1, max: 5000, unit: 'levels', scope: 'jit', doc: 'nesting of a value that crosses' },
  sourceBytes: { default: 2 ** 20, min: 1, max: 2 ** 28, unit: 'bytes', scope: 'jit', doc: 'source text of a program' },
  tasks: { default: 1_000_000, min: 1, max: 2 ** 21 - 1, unit: 'tasks', scope: 'jit', doc: 'tasks of a realm at once' },
  arenaMiB: { default: 1024, min: 16, max: 2047, unit: 'MiB', scope: 'jit', doc: 'memory of all tasks of a realm together' },
  stackKiB: { default: 8 * 1024, min: 64, max: 64 * 1024, unit: 'KiB', scope: 'jit', doc: 'native stack of a poll in a worker' },
  inlineStackKiB: { default: 768, min: 64, max: 64 * 1024, unit: 'KiB', scope: 'jit', doc: 'native stack of a poll on the calling thread' },
} as const satisfies Record<string, LimitRow>;

export type LimitName = keyof typeof LIMITS;
export type Limits = { readonly [name in LimitName]: number };

// Object.fromEntries forgets the keys it was given.
export const DEFAULT_LIMITS = Object.fromEntries(Object.entries(LIMITS).map(([name, row]) => [name, row.default])) as Limits;

/** `base` with `overrides`; throws OptionError for unknown names and for numbers out of range. */
export function resolveLimits(base: Limits, overrides: Partial<Limits> | undefined, scope: 'jit' | 'call'): Limits {
  if (overrides === undefined || Object.keys(overrides).length === 0) return base;
  const result: Record<string, number> = { ...base };
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) continue;
    const row: LimitRow | undefined = Object.hasOwn(LIMITS, name) ? LIMITS[name as LimitName] : undefined; // own key, just tested
    if (!row) throw new OptionError(`unknown limit '${name}'; limits are ${Object.keys(LIMITS).join(', ')}`);
    if (scope === 'call' && row.scope === 'jit') throw new OptionError(`limit '${name}' is set in createJit({ limits }), not per call`);
    const bounded = value === Infinity ? row.max : value;
    if (typeof bounded !== 'number' || !(bounded >= row.min && bounded <= row.max)) {
      throw new OptionError(`limit '${name}' must be from ${row.min} to ${row.max} ${row.unit}, not ${String(value)}`);
    }
    result[name] = bounded;
  }
  return result as Limits; // same keys as base
}
