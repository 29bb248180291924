/**
 * Fuel: the slow path behind the check that compiled loops and entries make, and the charge for bulk work.
 *
 * A slice's fuel lives in the global `fuel`, the rest of the budget in HEADER.fuel. Whoever finds the global below zero
 * calls `fuel_slow`: it honours the stop word, refills from the budget, and asks for a yield where order allows one.
 */
import { HEADER, STOP, TRAP } from '../abi.js';
import { add64, atomicLoad, globals, load32, load64, store32, store64, sub64, toI64, trap, wrap, type i32, type i64 } from './intrinsics.js';

/** Called when the global `fuel` is below zero; on return it is not. */
export function fuel_slow(): void {
  check_stop();
  const left: i64 = load64(globals.header, HEADER.fuel);
  const debt: i64 = sub64(0n, globals.fuel);
  // Bulk work may owe more than a slice: what is granted covers the debt and a fresh slice, as far as the budget goes.
  let grant: i64 = add64(debt, toI64(load32(globals.header, HEADER.slice)));
  if (grant > left) grant = left;
  grant = within_stretch(debt, grant);
  if (grant < debt) {
    store32(globals.header, HEADER.trapDetail, wrap(debt));
    trap(TRAP.fuel);
  }
  store64(globals.header, HEADER.fuel, sub64(left, grant));
  globals.fuel = add64(globals.fuel, grant);
  store32(globals.header, HEADER.yieldRequested, 1);
}

/** What a task whose slice is used up may still be granted, of `grant`, until it comes to a place to let others run. */
function within_stretch(debt: i64, grant: i64): i64 {
  const stretch: i32 = load32(globals.header, HEADER.stretch);
  if (stretch === 0) return grant;
  const left: i64 = toI64(load32(globals.header, HEADER.stretchLeft));
  if (left < debt) {
    store32(globals.header, HEADER.trapDetail, stretch);
    trap(TRAP.stretch);
  }
  const granted: i64 = left < grant ? left : grant;
  store32(globals.header, HEADER.stretchLeft, wrap(sub64(left, granted)));
  return granted;
}

/** Pays for bulk work: about one unit per loop turn or per 8 bytes moved. */
export function charge(units: i32): void {
  globals.fuel = sub64(globals.fuel, toI64(units));
  if (globals.fuel < 0n) fuel_slow();
}

function check_stop(): void {
  const stop: i32 = atomicLoad(globals.header, HEADER.stop);
  if (stop === STOP.timeout) trap(TRAP.timeout);
  if (stop !== STOP.none) trap(TRAP.cancelled);
}
