/**
 * console.log and its siblings: the arguments cross as one array; the host prints them as Node would.
 */
import { ARRAY, HEADER, LOG_ASKS, RECORD, REQUEST, TRAP } from '../abi.js';
import { boxObject, globals, gtu, isString, load32, store32, trap, unboxRef } from './intrinsics.js';
import type { i32, ref, val } from './intrinsics.js';
import { array_get } from './arrays.js';
import { block_hold } from './blocks.js';
import { request_send } from './requests.js';
import { string_length, string_unit } from './strings.js';
import { WIRE_MODE } from './wire-mode.js';
import { wire_record } from './wire-write.js';

const PERCENT = 37;
const LOWER_O = 111;
const LOWER_J = 106;

/** Whether more levels show than the console opens by itself: for `dir`, for tables, for a first argument with `%o` or `%j`. */
function opens_all(level: i32, args: ref): i32 {
  if (level === LOG_ASKS.dir || level === LOG_ASKS.table) return WIRE_MODE.deep;
  if (load32(args, ARRAY.length) < 2) return 0;
  const first: val = array_get(args, 0);
  if (!isString(first)) return 0;
  const format: ref = unboxRef(first);
  const last: i32 = string_length(format) - 1;
  for (let i: i32 = 0; i < last; i++) {
    if (string_unit(format, i) !== PERCENT) continue;
    const letter: i32 = string_unit(format, i + 1);
    if (letter === LOWER_O || letter === LOWER_J) return WIRE_MODE.deep;
  }
  return 0;
}

/** Prints an array of arguments at a level of LOG_LEVELS, or as LOG_ASKS says. */
export function log(level: i32, args: ref): void {
  const record: i32 = wire_record(boxObject(args), WIRE_MODE.log | opens_all(level, args));
  const header: i32 = globals.header;
  const used: i32 = load32(header, HEADER.logBytes) + load32(record, RECORD.byteLength);
  if (gtu(used, load32(header, HEADER.logCap))) {
    store32(header, HEADER.trapDetail, used);
    block_hold(record);
    trap(TRAP.logs);
  }
  store32(header, HEADER.logBytes, used);
  store32(record, RECORD.kind, REQUEST.log);
  store32(record, RECORD.argument, level);
  request_send(record);
}
