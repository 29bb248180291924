/**
 * Steps of matching that have no alternatives: one character, a row of them, assertions, references back.
 *
 * Text is a flat string; `begin` and `end` bound the part that is searched. A step gives the place behind it, or NONE.
 */
import { REGEXP_FLAGS, STRING } from '../abi.js';
import { charge } from './fuel.js';
import { elementAddress, load32, load8, type bool, type i32, type ref } from './intrinsics.js';
import { fold_point, fold_unit, is_line_end, is_word } from './regexp-case.js';
import { OP, POINT, PROGRAM } from './regexp-code.js';
import { set_has } from './regexp-sets.js';
import { flat_is_one, flat_unit } from './strings.js';

export const NONE = -1;

export function code_word(program: ref, at: i32): i32 {
  return load32(elementAddress(program, at, PROGRAM.code), 0);
}

export function program_has(program: ref, flag: i32): bool {
  return (load32(program, PROGRAM.flags) & flag) !== 0;
}

// Characters ----------------------------------------------------------------------------------------------------------

function in_set(program: ref, set: i32, point: i32): bool {
  return set_has(program, load32(program, PROGRAM.sets) + set, point);
}

/** Whether the character instruction at `at` matches a unit, or a code point under the flag u. */
export function character_has(program: ref, at: i32, point: i32): bool {
  switch (code_word(program, at)) {
    case OP.char:
      return point === code_word(program, at + 4);
    case OP.set:
      return in_set(program, code_word(program, at + 4), point);
    case OP.dot:
      return !is_line_end(point);
    case OP.all:
      return true;
    case OP.charFold:
      return fold_unit(point) === code_word(program, at + 4);
    case OP.setFold:
      return in_set(program, code_word(program, at + 4), fold_unit(point));
    default:
      return point_has(program, code_word(program, at + 4), point);
  }
}

function point_has(program: ref, set: i32, point: i32): bool {
  if (set === POINT.all) return true;
  if (set === POINT.dot) return !is_line_end(point);
  if (!program_has(program, REGEXP_FLAGS.ignoreCase)) return in_set(program, set, point);
  return in_set(program, set, program_has(program, REGEXP_FLAGS.unicode) ? fold_point(point) : fold_unit(point));
}

function is_high(unit: i32): bool {
  return (unit & 0xfc00) === 0xd800;
}

function is_low(unit: i32): bool {
  return (unit & 0xfc00) === 0xdc00;
}

/** The place behind the code point at `at`, which is before `end`. */
export function behind_point(base: ref, at: i32, end: i32): i32 {
  return is_high(flat_unit(base, at)) && at + 1 < end && is_low(flat_unit(base, at + 1)) ? at + 2 : at + 1;
}

/** The place of the code point before `at`, which is behind `begin`. */
export function before_point(base: ref, at: i32, begin: i32): i32 {
  return is_low(flat_unit(base, at - 1)) && at - 1 > begin && is_high(flat_unit(base, at - 2)) ? at - 2 : at - 1;
}

/** The character from `from` to `to`, one or two units. */
function point_of(base: ref, from: i32, to: i32): i32 {
  const unit: i32 = flat_unit(base, from);
  return to - from === 1 ? unit : ((unit - 0xd800) << 10) + (flat_unit(base, from + 1) - 0xdc00) + 0x10000;
}

/** Matches the character instruction at `pc`. */
export function step(program: ref, pc: i32, base: ref, pos: i32, begin: i32, end: i32): i32 {
  if (code_word(program, pc) !== OP.point) return pos < end && character_has(program, pc, flat_unit(base, pos)) ? pos + 1 : NONE;
  const unicode: bool = program_has(program, REGEXP_FLAGS.unicode);
  if (code_word(program, pc + 8) === 1) {
    if (pos <= begin) return NONE;
    const from: i32 = unicode ? before_point(base, pos, begin) : pos - 1;
    return point_has(program, code_word(program, pc + 4), point_of(base, from, pos)) ? from : NONE;
  }
  if (pos >= end) return NONE;
  const to: i32 = unicode ? behind_point(base, pos, end) : pos + 1;
  return point_has(program, code_word(program, pc + 4), point_of(base, pos, to)) ? to : NONE;
}

/** The place behind as many of the character at `pc` as follow, at most `most`. */
export function scan(program: ref, pc: i32, base: ref, from: i32, end: i32, most: i32): i32 {
  const op: i32 = code_word(program, pc);
  let pos: i32 = from;
  if (op === OP.point) {
    let left: i32 = most;
    while (left > 0) {
      const next: i32 = step(program, pc, base, pos, from, end);
      if (next < 0) break;
      pos = next;
      left--;
    }
  } else {
    const last: i32 = most < end - from ? from + most : end;
    if (op === OP.set && flat_is_one(base)) {
      const bits: i32 = load32(program, PROGRAM.sets) + code_word(program, pc + 4);
      while (pos < last && bit_of(program, bits, load8(elementAddress(base, pos, STRING.units), 0))) pos++;
    } else {
      while (pos < last && character_has(program, pc, flat_unit(base, pos))) pos++;
    }
  }
  charge((pos - from) >> 1);
  return pos;
}

/** Whether a bitmap at this offset of an object has the bit. */
export function bit_of(object: ref, offset: i32, bit: i32): bool {
  return ((load32(elementAddress(object, offset + ((bit >> 5) << 2), 0), 0) >> (bit & 31)) & 1) !== 0;
}

// Assertions and references -------------------------------------------------------------------------------------------

export function at_line_start(base: ref, pos: i32, begin: i32, multiline: i32): bool {
  return pos === begin || (multiline === 1 && is_line_end(flat_unit(base, pos - 1)));
}

export function at_line_end(base: ref, pos: i32, end: i32, multiline: i32): bool {
  return pos === end || (multiline === 1 && is_line_end(flat_unit(base, pos)));
}

export function at_word_edge(program: ref, base: ref, pos: i32, begin: i32, end: i32): bool {
  const wide: bool = program_has(program, REGEXP_FLAGS.ignoreCase) && program_has(program, REGEXP_FLAGS.unicode);
  const before: bool = pos > begin && is_word(flat_unit(base, pos - 1), wide);
  const behind: bool = pos < end && is_word(flat_unit(base, pos), wide);
  return before !== behind;
}

/** Matches the text from `from` to `to` again. */
export function match_again(program: ref, base: ref, from: i32, to: i32, pos: i32, begin: i32, end: i32, back: i32): i32 {
  const count: i32 = to - from;
  const start: i32 = back === 1 ? pos - count : pos;
  if (start < begin || start + count > end) return NONE;
  charge(count >> 2);
  const folds: bool = program_has(program, REGEXP_FLAGS.ignoreCase);
  const unicode: bool = program_has(program, REGEXP_FLAGS.unicode);
  let i: i32 = 0;
  while (i < count) {
    const next: i32 = folds && unicode ? behind_point(base, from + i, to) - from : i + 1;
    const a: i32 = point_of(base, from + i, from + next);
    const b: i32 = folds && unicode ? point_of(base, start + i, behind_point(base, start + i, start + count)) : flat_unit(base, start + i);
    if (a !== b && !(folds && (unicode ? fold_point(a) === fold_point(b) : fold_unit(a) === fold_unit(b)))) return NONE;
    i = next;
  }
  return back === 1 ? start : start + count;
}
