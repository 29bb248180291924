/** White space and line ends of JavaScript: what trimming and reading numbers skip. */
import type { bool, i32, ref } from './intrinsics.js';
import { flat_unit } from './strings.js';

export function is_white(unit: i32): bool {
  if (unit === 32) return true;
  if (unit < 128) return unit >= 9 && unit <= 13;
  if (unit === 160 || unit === 65279) return true;
  if (unit < 5760) return false;
  if (unit >= 8192 && unit <= 8202) return true;
  switch (unit) {
    case 5760:
    case 8232:
    case 8233:
    case 8239:
    case 8287:
    case 12288:
      return true;
    default:
      return false;
  }
}

/** The first place in [from, to) of a flat string that is not white, or `to`. */
export function skip_white(flat: ref, from: i32, to: i32): i32 {
  let at: i32 = from;
  while (at < to && is_white(flat_unit(flat, at))) at++;
  return at;
}

/** The place behind the last unit in [from, to) that is not white, or `from`. */
export function skip_white_back(flat: ref, from: i32, to: i32): i32 {
  let at: i32 = to;
  while (at > from && is_white(flat_unit(flat, at - 1))) at--;
  return at;
}
