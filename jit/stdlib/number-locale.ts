/** toLocaleString of numbers as en-US has it: groups of three digits, at most three digits behind the point. */
import { abs, load32, load8, str, type f64, type i32, type ref } from './intrinsics.js';
import { SCRATCH, digits_shortest, number_scratch, round_digits } from './number-digits.js';
import { text_add_unit, text_finish, text_new } from './text.js';

/** Most digits behind the point. */
const PLACES = 3;

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

export function Number_toLocaleString(self: f64): str {
  if (self !== self) return str('NaN');
  if (abs(self) > 1.7976931348623157e308) return self < 0 ? str('-∞') : str('∞');
  let text: ref = text_new(32);
  if (self < 0 || (self === 0 && 1 / self < 0)) text = text_add_unit(text, 45);
  if (self === 0) return text_finish(text_add_unit(text, 48));
  const scratch: i32 = number_scratch();
  digits_shortest(scratch, abs(self));
  round_digits(scratch, load32(scratch, SCRATCH.point) + PLACES);
  const point: i32 = load32(scratch, SCRATCH.point);
  const count: i32 = significant(scratch);
  if (point <= 0 || count === 0) text = text_add_unit(text, 48);
  for (let i: i32 = 0; i < point && count > 0; i++) {
    if (i > 0 && (point - i) % 3 === 0) text = text_add_unit(text, 44);
    text = text_add_unit(text, digit_unit(scratch, i));
  }
  if (count <= point || count === 0) return text_finish(text);
  text = text_add_unit(text, 46);
  for (let i: i32 = point; i < count; i++) text = text_add_unit(text, digit_unit(scratch, i));
  return text_finish(text);
}
