/**
 * Quantifiers. One character is repeated by an instruction of its own; what is short is written out as often as it must
 * and may come; the rest counts in registers.
 *
 * Q1: an optional round that matches nothing fails, so no loop is without end; rounds that are demanded may match nothing.
 * Q2: each round forgets what groups within it captured in the round before.
 */
import { REGEXP_FLAGS } from '../abi.js';
import { charge } from './fuel.js';
import { str, type bool, type i32, type ref } from './intrinsics.js';
import {
  NUMBER, code_copy, code_cut, code_get, code_length, code_open, code_rotate, code_set, emit, has_flag, new_registers, number_of, peek, set_number,
  skip, take_unit,
} from './regexp-builder.js';
import { OP, RUN_BYTES, op_bytes } from './regexp-code.js';
import { pattern_error } from './regexp-errors.js';
import { is_digit } from './regexp-escapes.js';

const NO_MAX = -1;
const GREATEST = 0x7fffffff;
/** Bytes of code that repetitions are written out into at most. */
const MOST_WRITTEN = 2048;
const SPLIT_BYTES = 20;

// Reading -------------------------------------------------------------------------------------------------------------

/** Whether a quantifier follows. */
export function at_quantifier(b: ref): bool {
  const at: i32 = number_of(b, NUMBER.at);
  const found: bool = take_quantifier(b);
  set_number(b, NUMBER.at, at);
  return found;
}

/** Passes over a quantifier, but for the mark of a lazy one; its bounds are then in NUMBER.min and NUMBER.max. */
export function take_quantifier(b: ref): bool {
  const unit: i32 = peek(b, 0);
  if (unit === 123) {
    if (take_interval(b)) {
      const max: i32 = number_of(b, NUMBER.max);
      if (max !== NO_MAX && max < number_of(b, NUMBER.min)) throw pattern_error(b, str('numbers out of order in {} quantifier'));
      return true;
    }
    if (has_flag(b, REGEXP_FLAGS.unicode) === 1) throw pattern_error(b, str('Incomplete quantifier'));
    return false;
  }
  if (unit !== 42 && unit !== 43 && unit !== 63) return false;
  skip(b, 1);
  set_number(b, NUMBER.min, unit === 43 ? 1 : 0);
  set_number(b, NUMBER.max, unit === 63 ? 1 : NO_MAX);
  return true;
}

/** `{n}`, `{n,}` or `{n,m}`; false where the brace stands for itself, and nothing is passed over then. */
export function take_interval(b: ref): bool {
  const start: i32 = number_of(b, NUMBER.at);
  skip(b, 1);
  if (is_digit(peek(b, 0))) {
    const min: i32 = read_count(b);
    let max: i32 = min;
    if (take_unit(b, 44) === 1) max = is_digit(peek(b, 0)) ? read_count(b) : NO_MAX;
    if (take_unit(b, 125) === 1) {
      set_number(b, NUMBER.min, min);
      set_number(b, NUMBER.max, max === GREATEST && min !== GREATEST ? NO_MAX : max);
      return true;
    }
  }
  set_number(b, NUMBER.at, start);
  return false;
}

function read_count(b: ref): i32 {
  let value: i32 = 0;
  while (is_digit(peek(b, 0))) {
    const digit: i32 = peek(b, 0) - 48;
    value = value > 214748363 ? GREATEST : value * 10 + digit;
    skip(b, 1);
  }
  return value;
}

// Code ----------------------------------------------------------------------------------------------------------------

export function set_split(b: ref, at: i32, first: i32, second: i32): void {
  code_set(b, at, OP.split);
  code_set(b, at + 4, first);
  code_set(b, at + 8, second);
  code_set(b, at + 12, -1);
  code_set(b, at + 16, 0);
}

/** Repeats the term from `start` on by the quantifier read last; `groups` were open before the term. */
export function repeat(b: ref, start: i32, groups: i32): void {
  const lazy: i32 = take_unit(b, 63);
  const min: i32 = number_of(b, NUMBER.min);
  const max: i32 = number_of(b, NUMBER.max);
  if (max === 0) {
    code_cut(b, start);
    set_number(b, NUMBER.least, 0);
    return;
  }
  if (min === 1 && max === 1) return;
  if (is_character(b, start)) repeat_character(b, start, min, max, lazy);
  else {
    if (number_of(b, NUMBER.groups) > groups && max !== 1) forget_groups(b, start, groups + 1);
    repeat_term(b, start, min, max, lazy);
  }
  if (min === 0) set_number(b, NUMBER.least, 0);
}

/** Whether the term is one character, matched forwards. */
function is_character(b: ref, start: i32): bool {
  const op: i32 = code_get(b, start);
  if (start + op_bytes(op) !== code_length(b)) return false;
  if (op === OP.point) return number_of(b, NUMBER.back) === 0;
  return op <= OP.all || op === OP.charFold || op === OP.setFold;
}

function repeat_character(b: ref, start: i32, min: i32, max: i32, lazy: i32): void {
  code_open(b, start, RUN_BYTES);
  code_set(b, start, OP.run);
  code_set(b, start + 4, min);
  code_set(b, start + 8, max);
  code_set(b, start + 12, lazy);
  code_set(b, start + 16, -1);
  code_set(b, start + 20, 0);
}

function forget_groups(b: ref, start: i32, first: i32): void {
  code_open(b, start, 12);
  code_set(b, start, OP.reset);
  code_set(b, start + 4, first * 2);
  code_set(b, start + 8, number_of(b, NUMBER.groups) * 2 + 2);
}

function repeat_term(b: ref, start: i32, min: i32, max: i32, lazy: i32): void {
  if (min === 0 && max === 1) optional(b, start, lazy);
  else if (min === 0 && max === NO_MAX) star(b, start, lazy);
  else if (min === 1 && max === NO_MAX) plus(b, start, lazy);
  else {
    const copies: i32 = max === NO_MAX ? min : max;
    const bytes: i32 = code_length(b) - start;
    if (copies <= 64 && bytes * copies <= MOST_WRITTEN) write_out(b, start, min, max, lazy);
    else count(b, start, min, max, lazy);
  }
}

/** Sees to it that the term from `start` on fails where it matches nothing (Q1). */
function demand_progress(b: ref, start: i32): void {
  if (number_of(b, NUMBER.least) !== 0) return;
  const register: i32 = new_registers(b, 1);
  code_open(b, start, 8);
  code_set(b, start, OP.mark);
  code_set(b, start + 4, register);
  emit(b, OP.progress);
  emit(b, register);
}

/** A choice at `at` between two ways, the first one preferred unless `lazy`. */
function choose(b: ref, at: i32, lazy: i32, first: i32, second: i32): void {
  if (lazy === 0) set_split(b, at, first, second);
  else set_split(b, at, second, first);
}

function optional(b: ref, start: i32, lazy: i32): void {
  demand_progress(b, start);
  code_open(b, start, SPLIT_BYTES);
  choose(b, start, lazy, SPLIT_BYTES, code_length(b) - start);
}

function star(b: ref, start: i32, lazy: i32): void {
  demand_progress(b, start);
  code_open(b, start, SPLIT_BYTES);
  emit_jump(b, start);
  choose(b, start, lazy, SPLIT_BYTES, code_length(b) - start);
}

function emit_jump(b: ref, target: i32): void {
  const at: i32 = code_length(b);
  emit(b, OP.jump);
  emit(b, target - at);
}

/** One round and more. The first may match nothing: it starts behind the mark, with a register that equals no place. */
function plus(b: ref, start: i32, lazy: i32): void {
  let loop: i32 = start;
  if (number_of(b, NUMBER.least) === 0) {
    const register: i32 = new_registers(b, 1);
    code_open(b, start, 24);
    code_set(b, start, OP.unmark);
    code_set(b, start + 4, register);
    code_set(b, start + 8, OP.jump);
    code_set(b, start + 12, 16);
    code_set(b, start + 16, OP.mark);
    code_set(b, start + 20, register);
    emit(b, OP.progress);
    emit(b, register);
    loop = start + 16;
  }
  const at: i32 = code_length(b);
  for (let i: i32 = 0; i < SPLIT_BYTES; i += 4) emit(b, 0);
  choose(b, at, lazy, loop - at, SPLIT_BYTES);
}

/** The demanded rounds one behind the other, then a loop, or the optional rounds, each behind the one before. */
function write_out(b: ref, start: i32, min: i32, max: i32, lazy: i32): void {
  const end: i32 = code_length(b);
  for (let i: i32 = 0; i < min; i++) code_copy(b, start, end);
  if (max === NO_MAX) {
    const at: i32 = code_length(b);
    code_copy(b, start, end);
    star(b, at, lazy);
  } else {
    write_options(b, start, end, max - min, lazy);
  }
  code_rotate(b, start, end);
  code_cut(b, code_length(b) - (end - start));
}

/** Rounds of which each is tried only behind the one before: all choices lead to the same end. */
function write_options(b: ref, start: i32, end: i32, rounds: i32, lazy: i32): void {
  let last: i32 = -1;
  for (let i: i32 = 0; i < rounds; i++) {
    const at: i32 = code_length(b);
    code_copy(b, start, end);
    demand_progress(b, at);
    code_open(b, at, SPLIT_BYTES);
    // Until the end is known, each choice holds the way back to the one before.
    choose(b, at, lazy, SPLIT_BYTES, last < 0 ? 0 : at - last);
    last = at;
  }
  const field: i32 = lazy === 0 ? 8 : 4;
  const behind: i32 = code_length(b);
  while (last >= 0) {
    charge(1);
    const way: i32 = code_get(b, last + field);
    code_set(b, last + field, behind - last);
    last = way === 0 ? -1 : last - way;
  }
}

/** Counts the rounds in a register; the one behind it holds where a round began, or no place while rounds are demanded. */
function count(b: ref, start: i32, min: i32, max: i32, lazy: i32): void {
  const register: i32 = new_registers(b, 2);
  code_open(b, start, 44);
  code_set(b, start, OP.countStart);
  code_set(b, start + 4, register);
  code_set(b, start + 32, OP.countEnter);
  code_set(b, start + 36, register);
  code_set(b, start + 40, min);
  emit(b, OP.progress);
  emit(b, register + 1);
  emit_jump(b, start + 8);
  code_set(b, start + 8, OP.countSplit);
  code_set(b, start + 12, register);
  code_set(b, start + 16, min);
  code_set(b, start + 20, max);
  code_set(b, start + 24, lazy);
  code_set(b, start + 28, code_length(b) - (start + 8));
}
