/**
 * What `run` prints: the JSON line of `--json`, or the value and errors as a person reads them.
 *
 * JSON line: {"ok":true,"value":…,"logs":[…]} or {"ok":false,"error":{code,name,message,line,column,frame},"logs":[…]}.
 */
import { inspect } from 'node:util';
import { BrolgaError } from '../index.js';

export interface ErrorDescription {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly frame?: string;
}

/** The fields of an error that a caller can act on; `GUEST` is the code of an error that the program threw itself. */
export function describeError(error: unknown): ErrorDescription {
  if (typeof error !== 'object' || error === null) return { code: 'GUEST', name: 'Error', message: String(error) };
  const field = (name: string): unknown => Reflect.get(error, name);
  const text = (name: string, otherwise: string): string => {
    const value = field(name);
    return typeof value === 'string' ? value : otherwise;
  };
  const [line, column, frame] = [field('line'), field('column'), field('frame')];
  return {
    code: text('code', 'GUEST'),
    name: text('name', 'Error'),
    message: text('message', error instanceof Error ? '' : inspect(error)),
    ...(typeof line === 'number' && { line }),
    ...(typeof column === 'number' && { column }),
    ...(typeof frame === 'string' && { frame }),
  };
}

/** `value` as JSON text, or undefined for undefined; throws HOST_TYPE for what JSON cannot carry. */
export function jsonValue(value: unknown): string | undefined {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    throw Object.assign(new TypeError(`a ${typeof value} has no JSON form: return a string or a number`), { code: 'HOST_TYPE' });
  }
  return JSON.stringify(value, (key, each: unknown) => {
    if (typeof each !== 'bigint') return each;
    throw Object.assign(new TypeError(`a bigint has no JSON form (at ${key}): return a string or a number`), { code: 'HOST_TYPE' });
  });
}

export function successLine(value: unknown, logs: readonly string[]): string {
  const json = jsonValue(value);
  return `{"ok":true${json === undefined ? '' : `,"value":${json}`},"logs":${JSON.stringify(logs)}}`;
}

export const failureLine = (error: unknown, logs: readonly string[]): string =>
  JSON.stringify({ ok: false, error: describeError(error), logs });

/** The value as Node's console shows it; nothing for undefined. */
export const printedValue = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : inspect(value);

/** An error for a terminal: diagnostics as they are, ours with code and place, the program's with its stack in its own lines. */
export function printedError(error: unknown): string {
  const { code, name, message, frame } = describeError(error);
  if (name === 'CompileError') return code === 'INTERNAL' && error instanceof Error ? `${message}\n${inspect(error.cause)}` : message;
  const text = error instanceof Error ? (error.stack ?? `${name}: ${message}`) : inspect(error);
  return `${error instanceof BrolgaError || code === 'HOST_TYPE' ? `${code}: ${message}` : `Uncaught ${text}`}${frame ? `\n\n${frame}` : ''}`;
}
