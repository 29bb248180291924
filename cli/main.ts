/** Entry of the command line: a table of subcommands, and what all of them do with mistakes. */
import { readFileSync } from 'node:fs';
import { check } from './check.js';
import { doctor } from './doctor.js';
import { explain } from './explain.js';
import { helpText, type Subcommand } from './help.js';
import { needsOwnThread, runOnOwnThread } from './own-thread.js';
import { parseCommandLine, UsageError, type CommandLine } from './options.js';
import { repl } from './repl.js';
import { run } from './run.js';

interface Runnable extends Subcommand {
  /** Gives the exit code. */
  run(line: CommandLine): Promise<number>;
}

const SUBCOMMANDS: Readonly<Record<string, Runnable>> = {
  run: { usage: 'run FILE [flags]', doc: 'compile and run a program', run },
  check: { usage: 'check FILE', doc: 'report what is wrong with a program, run nothing', run: check },
  explain: { usage: 'explain FILE [--emit WHAT]', doc: 'show what a program compiles to', run: explain },
  doctor: { usage: 'doctor', doc: 'check that this machine can run brolga', run: doctor },
};

async function main(argv: readonly string[]): Promise<number> {
  const line = parseCommandLine(argv);
  const [name, ...positionals] = line.positionals;
  if (line.options.version) return print(version());
  if (line.options.help) return print(helpText(SUBCOMMANDS));
  if (name === undefined) return repl(line);
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) throw new UsageError(`there is no subcommand ${JSON.stringify(name)}: ${Object.keys(SUBCOMMANDS).join(', ')}`);
  const rest = { positionals, options: line.options };
  return needsOwnThread(rest) ? runOnOwnThread(argv) : subcommand.run(rest);
}

function print(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { version: number }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return number;
}

/** Ends the process once its output is written: a host module may hold handles that would keep it alive. */
function leave(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

main(process.argv.slice(2)).then(leave, (error: unknown) => {
  const text = error instanceof UsageError ? `brolga: ${error.message}\nTry brolga --help\n` : `${error instanceof Error ? error.stack : String(error)}\n`;
  process.stderr.write(text);
  leave(2);
});
