/**
 * The oracle itself: runs one program in this process as Node would and prints its Outcome as JSON at exit.
 * Arguments: the stripped program's path, the case as JSON. Host functions settle in a later macrotask of their own.
 */
import { Console } from 'node:console';
import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { show, showError, type OracleCase, type Outcome } from './case.js';

const [programPath = '', caseText = '{}'] = process.argv.slice(2);
const oracleCase: OracleCase = JSON.parse(caseText);
const logs: string[] = [];
const hostCalls: string[] = [];
const outcome: { value?: string; error?: string } = {};
let settled = false;

/** Node's own console, with what it writes taken down by level. */
let printing = '';
const taking = (otherwise: string): Writable =>
  new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      logs.push(`${printing || otherwise} ${chunk.slice(0, -1)}`);
      done();
    },
  });
const real = new Console({ stdout: taking('log'), stderr: taking('warn'), colorMode: false });
for (const level of ['log', 'info', 'debug', 'warn', 'error'] as const) {
  const print = real[level];
  real[level] = (...args: unknown[]) => {
    printing = level;
    print.apply(real, args);
    printing = '';
  };
}
globalThis.console = real;

function wrapped(name: string, func: (...args: unknown[]) => unknown) {
  return (...args: unknown[]): Promise<unknown> => {
    const copied = structuredClone(args);
    hostCalls.push(`${name}(${copied.map(show).join(', ')})`);
    return new Promise((resolve, reject) => {
      setImmediate(() => {
        try {
          Promise.resolve(func(...copied)).then((value) => resolve(structuredClone(value)), reject);
        } catch (error) {
          reject(error);
        }
      });
    });
  };
}

const host: Record<string, unknown> = await import(pathToFileURL(oracleCase.host).href);
for (const [name, value] of Object.entries(host)) {
  if (typeof value === 'function') Reflect.set(globalThis, name, wrapped(name, value as (...args: unknown[]) => unknown)); // checked above
}
process.on('unhandledRejection', (reason) => {
  if (settled) return;
  settled = true;
  outcome.error = showError(reason);
  process.exit(0);
});
process.on('uncaughtException', (error) => {
  if (!settled) outcome.error = showError(error);
  settled = true;
  process.exit(0);
});
process.on('exit', () => {
  const result: Outcome = { name: oracleCase.name, ...outcome, logs, hostCalls };
  writeSync(1, JSON.stringify(result));
});

try {
  const program: { main(...args: unknown[]): unknown } = await import(pathToFileURL(programPath).href);
  const value = await program.main(...structuredClone(oracleCase.args));
  settled = true;
  outcome.value = show(value);
} catch (error) {
  if (!settled) outcome.error = showError(error);
  settled = true;
}
