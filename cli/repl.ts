/**
 * The REPL: a session at a terminal, by Node's own `repl` (history, editing, input over several lines); or, when input is
 * piped, statement after statement without a prompt.
 *
 * Values are printed as Node's REPL prints them, logs as they happen, compile errors with their code frames. Ctrl-C unwinds
 * the running evaluation. When a limit ends the session, a new one begins.
 */
import { start, Recoverable, type REPLServer } from 'node:repl';
import { createInterface } from 'node:readline';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createJit, type Jit, type LogLevel, type Session } from '../index.js';
import { isExpression, isIncomplete } from '../jit/incomplete.js';
import type { CommandLine } from './options.js';
import { describeError, printedError } from './outcome.js';
import { jitOptions } from './run.js';
import { loadHost, readDeclarations, type HostFunctions } from './source.js';

const HISTORY = join(homedir(), '.brolga_history');

/** What both kinds of REPL do with a piece of text. */
class Evaluator {
  private session: Session | undefined;
  private running: AbortController | undefined;

  constructor(
    private readonly jit: Jit,
    private readonly host: HostFunctions,
    private readonly declarations: string | undefined,
  ) {}

  private get current(): Session {
    const { host, declarations } = this;
    this.session ??= this.jit.session({
      host, filename: 'repl.ts', inspectable: true, onLog: printLog, ...(declarations !== undefined && { declarations }),
    });
    return this.session;
  }

  async evaluate(text: string): Promise<unknown> {
    const session = this.current;
    const abort = (this.running = new AbortController());
    try {
      return await session.evaluate(asMeant(text), { signal: abort.signal });
    } finally {
      this.running = undefined;
      // Its task may still be on its way out.
      await Promise.resolve();
      if (session.over) this.restart();
    }
  }

  typeOf(expression: string): Promise<string> {
    return this.current.typeOf(expression);
  }

  /** Ctrl-C; false when nothing runs. */
  interrupt(): boolean {
    this.running?.abort();
    return this.running !== undefined;
  }

  restart(): void {
    this.session = undefined;
    process.stderr.write('The session is over, its variables are gone; a new one begins.\n');
  }

  async end(drain: boolean): Promise<void> {
    await this.session?.close({ drain });
  }
}

/** What starts with a brace is an object, unless it says that it is a statement. */
const asMeant = (text: string): string => (/^\s*\{[^]*[^;\s]\s*$/.test(text) && isExpression(text) ? `(${text}\n)` : text);

function printLog(level: LogLevel, text: string): void {
  (level === 'error' || level === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
}

const COMMANDS = ['.help        this text', '.type EXPR   the type of an expression', '.exit        leave, as Ctrl-D does'];

/** A line that starts with a dot and a name; false for any other text. */
async function command(evaluator: Evaluator, line: string): Promise<'exit' | 'done' | 'none'> {
  const [, name, rest = ''] = /^\.([a-z]+)(?:\s+(.*))?$/.exec(line.trim()) ?? [];
  if (name === 'exit') return 'exit';
  if (name === 'help') process.stdout.write(`${COMMANDS.join('\n')}\n`);
  else if (name === 'type') process.stdout.write(`${await evaluator.typeOf(rest)}\n`);
  else return 'none';
  return 'done';
}

export async function repl({ options }: Pick<CommandLine, 'options'>): Promise<number> {
  const host = await loadHost(options);
  const declarations = await readDeclarations(options);
  const jit = await createJit(jitOptions({ workers: '1', ...options }));
  const evaluator = new Evaluator(jit, host, declarations);
  try {
    return await (process.stdin.isTTY ? atTerminal(evaluator) : fromPipe(evaluator));
  } finally {
    await jit.close();
  }
}

// Piped ---------------------------------------------------------------------------------------------------------------------

/** Evaluates each line, or the lines that belong together. Exit code 1 if anything failed. */
async function fromPipe(evaluator: Evaluator): Promise<number> {
  let pending = '';
  let code = 0;
  const evaluate = async (text: string): Promise<boolean> => {
    try {
      const done = await command(evaluator, text);
      if (done !== 'none') return done === 'exit';
      const value = await evaluator.evaluate(text);
      if (value !== undefined) process.stdout.write(`${inspect(value)}\n`);
    } catch (error) {
      code = 1;
      process.stderr.write(`${printedError(error)}\n`);
    }
    return false;
  };
  let exit = false;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    pending += `${line}\n`;
    if (isIncomplete(pending)) continue;
    const text = pending;
    pending = '';
    if (text.trim() !== '' && (exit = await evaluate(text))) break;
  }
  if (!exit && pending.trim() !== '') await evaluate(pending);
  await evaluator.end(!exit);
  return code;
}

// At a terminal -----------------------------------------------------------------------------------------------------------

/** An error whose text is ready to be printed. */
class Printed {
  constructor(readonly text: string) {}
}

function atTerminal(evaluator: Evaluator): Promise<number> {
  process.stdout.write('brolga: TypeScript, compiled line by line. .help shows what else there is.\n');
  const server = start({
    prompt: '> ',
    ignoreUndefined: false,
    // Completion by Node's REPL would look at Node's own globals.
    completer: (line: string) => [[], line],
    writer: (value: unknown) => (value instanceof Printed ? value.text : inspect(value, { colors: process.stdout.hasColors(), showProxy: true })),
    eval: (text, _context, _file, done) => {
      if (isIncomplete(text)) return done(new Recoverable(new SyntaxError('the text goes on')), undefined);
      if (text.trim() === '') return done(null, undefined);
      evaluator.evaluate(text).then(
        (value) => done(null, value),
        (error: unknown) => done(null, new Printed(describeError(error).code === 'CANCELLED' ? 'cancelled' : printedError(error))),
      );
    },
  });
  defineCommands(server, evaluator);
  server.setupHistory(HISTORY, () => undefined);
  // Ctrl-C is Node's only where nothing runs: there it clears the line, and twice ends the REPL.
  const idle = server.listeners('SIGINT');
  server.removeAllListeners('SIGINT');
  server.on('SIGINT', () => {
    if (!evaluator.interrupt()) for (const listener of idle) listener.call(server);
  });
  return new Promise((resolve) => {
    server.on('exit', () => void evaluator.end(false).then(() => resolve(0)));
  });
}

function defineCommands(server: REPLServer, evaluator: Evaluator): void {
  // Those of Node's REPL that would act on a context of its own.
  for (const name of ['clear', 'load', 'save']) Reflect.deleteProperty(server.commands, name);
  server.defineCommand('type', {
    help: 'Show the type of an expression',
    action(expression) {
      const show = (text: string): void => {
        process.stdout.write(`${text}\n`);
        this.displayPrompt();
      };
      evaluator.typeOf(expression).then(show, (error: unknown) => show(printedError(error)));
    },
  });
}
