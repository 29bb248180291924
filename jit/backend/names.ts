/**
 * Names for the name section and for text: one for each function and local, unique, made of WebAssembly's identifier
 * characters.
 */
import { blockOf, type IrFunction } from '../../ir/function.js';
import { blockId, valueId } from '../../ir/types.js';
import type { FunctionPlan } from './plan-function.js';

const NOT_IN_IDENTIFIERS = /[^0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]/g;

export const identifier = (name: string): string => name.replace(NOT_IN_IDENTIFIERS, '_') || '_';

/** Gives out each name once; later ones get a number behind. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  claim(wanted: string): string {
    const base = identifier(wanted);
    let name = base;
    for (let number = 2; this.#taken.has(name); number++) name = `${base}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** Names of a function's locals by index: that of the first named value in it, else its index. */
export function localNames(plan: FunctionPlan): string[] {
  const { func, locals } = plan;
  const wanted: string[] = [];
  for (const [value, name] of func.valueNames) {
    const local = locals.local[value] ?? -1;
    if (local >= 0) wanted[local] ??= name;
  }
  entryParams(func).forEach((param, index) => (wanted[index] ??= func.valueNames.get(param) ?? `p${index}`));
  const names = new UniqueNames();
  const count = func.params.length + locals.types.length;
  return Array.from({ length: count }, (_, index) => names.claim(wanted[index] ?? `l${index}`));
}

function entryParams(func: IrFunction) {
  const { params } = blockOf(func, blockId(0));
  return func.params.map((_, index) => params[index] ?? valueId(-1));
}
