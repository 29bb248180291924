/**
 * Final functions: those that nobody changes any more, such as the library's, which stand in module after module.
 *
 * What the back end works out about a final function alone (its references, its object code) is kept as long as the
 * function is, so that linking it again costs a copy. Invariant: a function is marked only after its last pass.
 */
import type { IrFunction } from '../../ir/function.js';

const finals = new WeakSet<IrFunction>();

export const markFinal = (func: IrFunction): void => void finals.add(func);

/** Makes `derive` remember its answers for final functions. */
export function keptForFinal<T>(derive: (func: IrFunction) => T): (func: IrFunction) => T {
  const kept = new WeakMap<IrFunction, T & object>();
  return (func) => {
    const known = kept.get(func);
    if (known) return known;
    const made = derive(func);
    if (finals.has(func) && typeof made === 'object' && made !== null) kept.set(func, made);
    return made;
  };
}
