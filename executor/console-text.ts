/** The text of a console method's arguments, by Node's own console. Runs where the task is polled. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { formatWithOptions } from 'node:util';
import { LOG_ASKS } from '../jit/abi.js';

/** Stands between a label and what `timeLog` prints behind it. */
export const LABEL_END = '\0';

const label = (args: readonly unknown[]): string => `${args[0] === undefined ? 'default' : args[0]}`;

const ASKS: Readonly<Record<number, (args: readonly unknown[]) => string>> = {
  [LOG_ASKS.table]: ([data, columns]) => captured((console) => console.table(data, columns as string[])), // the guest has checked it
  [LOG_ASKS.dir]: ([value, options]) => captured((console) => console.dir(value, (options ?? {}) as object)),
  [LOG_ASKS.assert]: (args) => captured((console) => console.assert(false, ...(args.slice(1) as string[]))),
  [LOG_ASKS.indent]: () => '',
  [LOG_ASKS.outdent]: () => '',
  [LOG_ASKS.count]: label,
  [LOG_ASKS.countReset]: label,
  [LOG_ASKS.time]: label,
  [LOG_ASKS.timeLog]: (args) => label(args) + LABEL_END + formatWithOptions({}, ...args.slice(1)),
  [LOG_ASKS.timeEnd]: label,
};

/** The line, or what the host's console-keeping needs to make one. */
export const formatArguments = (level: number, args: readonly unknown[]): string => ASKS[level]?.(args) ?? formatWithOptions({}, ...args);

function captured(print: (console: Console) => void): string {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      text += chunk;
      done();
    },
  });
  print(new Console({ stdout: stream, stderr: stream, colorMode: false }));
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
