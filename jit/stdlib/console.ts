/**
 * The console's methods beside those that print at a level: what they print, how deep groups are and what counters and
 * timers stand at is the executor's; here is what JavaScript itself decides, before anything crosses.
 */
import { KIND, LOG_ASKS, UNDEFINED } from '../abi.js';
import { array_length, array_push, array_raw } from './arrays.js';
import { type_error } from './errors.js';
import { alloc_array } from './heap.js';
import { str, type i32, type ref, type val } from './intrinsics.js';
import { kind_of } from './kinds.js';
import { log } from './log.js';
import { to_boolean } from './operators.js';

const PLAIN_LEVEL = 0;

/** Asks with one argument; a label is `default` where none is given. */
function ask_with(ask: i32, argument: val): void {
  const args: ref = alloc_array(1);
  array_push(args, argument);
  log(ask, args);
}

export function console$group(rest: ref): void {
  if (rest !== 0 && array_length(rest) > 0) log(PLAIN_LEVEL, rest);
  log(LOG_ASKS.indent, alloc_array(0));
}

export function console$groupCollapsed(rest: ref): void {
  console$group(rest);
}

export function console$groupEnd(): void {
  log(LOG_ASKS.outdent, alloc_array(0));
}

export function console$dirxml(rest: ref): void {
  log(PLAIN_LEVEL, rest === 0 ? alloc_array(0) : rest);
}

export function console$dir(value: val, options: val): void {
  const args: ref = alloc_array(2);
  array_push(args, value);
  array_push(args, options);
  log(LOG_ASKS.dir, args);
}

export function console$table(data: val, columns: val): void {
  if (columns !== UNDEFINED && kind_of(columns) !== KIND.array) throw type_error(str('The "properties" argument must be an instance of Array'));
  const args: ref = alloc_array(2);
  array_push(args, data);
  if (columns !== UNDEFINED) array_push(args, columns);
  log(LOG_ASKS.table, args);
}

export function console$assert(rest: ref): void {
  if (rest !== 0 && array_length(rest) > 0 && to_boolean(array_raw(rest, 0))) return;
  log(LOG_ASKS.assert, rest === 0 ? alloc_array(0) : rest);
}

export function console$count(label: val): void {
  ask_with(LOG_ASKS.count, label);
}

export function console$countReset(label: val): void {
  ask_with(LOG_ASKS.countReset, label);
}

export function console$time(label: val): void {
  ask_with(LOG_ASKS.time, label);
}

export function console$timeEnd(label: val): void {
  ask_with(LOG_ASKS.timeEnd, label);
}

export function console$timeLog(rest: ref): void {
  log(LOG_ASKS.timeLog, rest === 0 ? alloc_array(0) : rest);
}
