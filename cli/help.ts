/** `brolga --help`, made from the tables of subcommands and flags. */
import { FLAGS } from './options.js';

export interface Subcommand {
  readonly usage: string;
  readonly doc: string;
}

export function helpText(subcommands: Readonly<Record<string, Subcommand>>): string {
  const commands = Object.values(subcommands).map(({ usage, doc }) => [`  brolga ${usage}`, doc] as const);
  const flags = Object.entries(FLAGS).map(([name, flag]) => [`  --${name}${'value' in flag ? ` ${flag.value}` : ''}`, flag.doc] as const);
  const width = Math.max(...[...commands, ...flags].map(([left]) => left.length)) + 2;
  const lines = (rows: readonly (readonly [string, string])[]): string => rows.map(([left, right]) => left.padEnd(width) + right).join('\n');
  return [
    'brolga runs async TypeScript snippets as WebAssembly poll functions on a pool of reactor workers.',
    '',
    lines([['  brolga', 'the REPL: top-level await, history, multi-line input'], ...commands]),
    '',
    lines(flags),
    '',
    'FILE may be `-` for standard input. `run` and `check` also take IR text, FILE.bir: `--call` chooses the function.',
    '',
  ].join('\n');
}
