/** Time as a program sees it: frozen while it runs from one wait to the next. */
import { HEADER } from '../abi.js';
import { globals, loadF64 } from './intrinsics.js';
import type { f64 } from './intrinsics.js';

/** Milliseconds since the task started. */
export function performance$now(): f64 {
  return loadF64(globals.header, HEADER.monotonic);
}
