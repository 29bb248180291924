/**
 * Names for the name section and for text: one for each function and local, unique, made of WebAssembly's identifier
 * characters.
 */
import { blockOf } from '../../ir/function.js';
import { blockId } from '../../ir/types.js';
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

/** Names of a function's locals by index: that of the first named value in it, else one made of its index. */
export function localNames(plan: FunctionPlan): string[] {
  const { func, locals } = plan;
  const wanted = wantedNames(plan);
  const names = new UniqueNames();
  const count = func.params.length + locals.types.length;
  const numbered = (index: number): string => (index < func.params.length ? `p${index}` : `l${index}`);
  return Array.from({ length: count }, (_, index) => names.claim(wanted[index] ?? numbered(index)));
}

/** Those of the names that the source gave. */
export function namedLocals(plan: FunctionPlan): { readonly index: number; readonly name: string }[] {
  const names = new UniqueNames();
  return wantedNames(plan).flatMap((name, index) => (name === undefined ? [] : [{ index, name: names.claim(name) }]));
}

function wantedNames({ func, locals }: FunctionPlan): (string | undefined)[] {
  const wanted: (string | undefined)[] = func.params.map((_, index) => {
    const param = blockOf(func, blockId(0)).params[index];
    return param === undefined ? undefined : func.valueNames.get(param);
  });
  for (const [value, name] of func.valueNames) {
    const local = locals.local[value] ?? -1;
    if (local >= 0) wanted[local] ??= name;
  }
  return wanted;
}
