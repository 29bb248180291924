/** Numbers as en-US writes them: groups of three digits, and so many digits behind the point. */
import { abs, load32, load8, type bool, type f64, type i32, type ref } from './intrinsics.js';
import { SCRATCH, digits_shortest, number_scratch, round_digits } from './number-digits.js';
import { text_add_unit } from './text.js';

/** Digit `i` of the scratch as a unit, 0 beyond the ends. */
function digit_unit(scratch: i32, i: i32): i32 {
  if (i < 0 || i >= load32(scratch, SCRATCH.count)) return 48;
  return load8(scratch + i, SCRATCH.digits) + 48;
}

/** Number of digits without zeros at the end. */
function significant(scratch: i32): i32 {
  let count: i32 = load32(scratch, SCRATCH.count);
  while (count > 0 && load8(scratch + count - 1, SCRATCH.digits) === 0) count--;
  return count;
}

/**
 * Appends |x|, finite, as en-US has it: at least `least` and at most `most` digits behind the point, and commas between
 * groups of three when `grouped`.
 */
export function add_en(to: ref, x: f64, least: i32, most: i32, grouped: bool): ref {
  let text: ref = to;
  const scratch: i32 = number_scratch();
  let point: i32 = 0;
  let count: i32 = 0;
  if (x !== 0) {
    digits_shortest(scratch, abs(x));
    round_digits(scratch, load32(scratch, SCRATCH.point) + most);
    point = load32(scratch, SCRATCH.point);
    count = significant(scratch);
  }
  if (point <= 0 || count === 0) text = text_add_unit(text, 48);
  for (let i: i32 = 0; i < point && count > 0; i++) {
    if (grouped && i > 0 && (point - i) % 3 === 0) text = text_add_unit(text, 44);
    text = text_add_unit(text, digit_unit(scratch, i));
  }
  const places: i32 = count === 0 ? 0 : count - point;
  const shown: i32 = places > least ? places : least;
  if (shown <= 0) return text;
  text = text_add_unit(text, 46);
  for (let i: i32 = 0; i < shown; i++) text = text_add_unit(text, i < places ? digit_unit(scratch, point + i) : 48);
  return text;
}
