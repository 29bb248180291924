/** `Error.captureStackTrace`. */
import { KIND } from '../abi.js';
import { type_error } from './errors.js';
import { str, type val } from './intrinsics.js';
import { kind_of } from './kinds.js';

/** A trace is written while an error leaves the functions it passes, so there is nothing to capture for one. */
export function Error$captureStackTrace(target: val): void {
  if (kind_of(target) !== KIND.error) throw type_error(str('BR2105: a stack can be captured on errors only'));
}
