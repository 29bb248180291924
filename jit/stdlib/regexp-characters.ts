/** Terms of one character: the instruction that matches a character, a set, or what `.` does. */
import { REGEXP_FLAGS } from '../abi.js';
import type { bool, i32, ref } from './intrinsics.js';
import { NUMBER, emit, has_flag, number_of, ranges_clear, set_number } from './regexp-builder.js';
import { fold_unit } from './regexp-case.js';
import { OP, POINT } from './regexp-code.js';
import { add_characters, set_close } from './regexp-sets.js';

/** Whether text is matched by code points or backwards, for which the quick instructions are not made. */
function is_slow(b: ref): bool {
  return has_flag(b, REGEXP_FLAGS.unicode) === 1 || number_of(b, NUMBER.back) === 1;
}

function emit_point(b: ref, set: i32): void {
  emit(b, OP.point);
  emit(b, set);
  emit(b, number_of(b, NUMBER.back));
}

/** A character as it stands in the pattern. */
export function emit_character(b: ref, point: i32): void {
  set_number(b, NUMBER.least, 1);
  const folds: bool = has_flag(b, REGEXP_FLAGS.ignoreCase) === 1;
  const half: bool = point > 0xffff || (point & 0xf800) === 0xd800;
  // A unit that is no half of a pair is the same for both kinds of text.
  const quick: bool = number_of(b, NUMBER.back) === 0 && (has_flag(b, REGEXP_FLAGS.unicode) === 0 || (!folds && !half));
  if (!quick) {
    ranges_clear(b);
    add_characters(b, point, point);
    emit_point(b, set_close(b, false));
    return;
  }
  const folded: i32 = folds ? fold_unit(point) : point;
  const hasCases: bool = folds && (point > 127 || (folded >= 65 && folded <= 90));
  emit(b, hasCases ? OP.charFold : OP.char);
  emit(b, folded);
}

/** The set that was made, or its opposite. */
export function emit_set(b: ref, inverted: bool): void {
  set_number(b, NUMBER.least, 1);
  const set: i32 = set_close(b, inverted);
  if (is_slow(b)) {
    emit_point(b, set);
    return;
  }
  emit(b, has_flag(b, REGEXP_FLAGS.ignoreCase) === 1 ? OP.setFold : OP.set);
  emit(b, set);
}

export function emit_dot(b: ref): void {
  set_number(b, NUMBER.least, 1);
  const all: bool = has_flag(b, REGEXP_FLAGS.dotAll) === 1;
  if (is_slow(b)) emit_point(b, all ? POINT.all : POINT.dot);
  else emit(b, all ? OP.all : OP.dot);
}
