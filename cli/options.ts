/**
 * The flags of every subcommand, in one table that parsing and `--help` read.
 */
import { parseArgs } from 'node:util';
import { EMITS } from '../jit/explain.js';
import { LEVEL_NAMES } from '../jit/pipeline.js';
import { ENGINE_NAMES } from '../workers/engines.js';
import { EXECUTORS } from '../workers/jit.js';

interface Flag {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in help. */
  readonly value?: string;
  readonly doc: string;
}

export const FLAGS = {
  host: { type: 'string', value: 'HOST.mjs', doc: 'module whose exports are the declared host functions' },
  declarations: { type: 'string', value: 'FILE.d.ts', doc: 'ambient declarations of host functions' },
  args: { type: 'string', value: 'JSON', doc: 'arguments of the called function, a JSON array' },
  async: { type: 'string', value: 'NAMES', doc: 'imports of a WebAssembly module that are async, separated by commas' },
  call: { type: 'string', value: 'NAME', doc: 'exported function to call; `main` if there is one' },
  json: { type: 'boolean', doc: 'print one JSON object as the last line' },
  executor: { type: 'string', value: EXECUTORS.join('|'), doc: 'where tasks run; pool by default' },
  seed: { type: 'string', value: 'N', doc: 'what decides all chance on executor sim; 1 by default' },
  engine: { type: 'string', value: ENGINE_NAMES.join('|'), doc: 'what runs the code; v8 by default' },
  workers: { type: 'string', value: 'N', doc: 'reactor workers of the pool' },
  fuel: { type: 'string', value: 'N', doc: 'units of work that a task may use' },
  memory: { type: 'string', value: 'MIB', doc: 'memory that a task may use' },
  timeout: { type: 'string', value: 'MS', doc: 'time that a task may take' },
  level: { type: 'string', value: LEVEL_NAMES.join('|'), doc: 'how much the compiler does for speed; speed by default' },
  emit: { type: 'string', value: EMITS.join('|'), doc: 'what to show; the states by default' },
  passes: { type: 'string', value: 'NAME,…', doc: 'explain: optimizations to run, instead of those of a level' },
  'time-passes': { type: 'boolean', doc: 'explain: how long each pass took' },
  help: { type: 'boolean', doc: 'show this help' },
  version: { type: 'boolean', doc: 'show the version' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;
export type Options = { readonly [Name in FlagName]?: (typeof FLAGS)[Name]['type'] extends 'string' ? string : boolean };

/** A mistake in how the command was called: shown without a stack, exit code 2. */
export class UsageError extends Error {}

export interface CommandLine {
  readonly positionals: readonly string[];
  readonly options: Options;
}

export function parseCommandLine(argv: readonly string[]): CommandLine {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, { type }]) => [name, name === 'help' ? { type, short: 'h' } : { type }]),
  );
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { positionals: parsed.positionals, options: parsed.values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A flag's value as a positive number; fractions only where `whole` is false. */
export function numberFlag(options: Options, name: 'workers' | 'fuel' | 'memory' | 'timeout' | 'seed'): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0) || ((name === 'workers' || name === 'seed') && !Number.isSafeInteger(value))) {
    throw new UsageError(`--${name} takes a positive number, not ${JSON.stringify(text)}`);
  }
  return value;
}

export function choiceFlag<Choice extends string>(text: string | undefined, name: FlagName, choices: readonly Choice[]): Choice | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`--${name} takes ${choices.join(', ')}, not ${JSON.stringify(text)}`);
  return found;
}

/** `--args` as an array of JSON values. */
export function argumentsFlag(options: Options): unknown[] {
  if (options.args === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(options.args);
  } catch (error) {
    throw new UsageError(`--args is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(value)) throw new UsageError("--args takes a JSON array of arguments, as in --args '[1, \"two\"]'");
  return value;
}

/** `--async`: names separated by commas. */
export const namesFlag = (options: Options): string[] => (options.async ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
