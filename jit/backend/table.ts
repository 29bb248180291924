/**
 * The module's function table: a private one, which holds exactly the functions whose address is taken.
 *
 * Promises stable indices: entries that the module's `table` already has keep theirs; others follow in order of
 * appearance in code, then in data. Index 0 is unused, so that no function has the index 0.
 */
import { referencesOf, type Linkable, type ModuleOf } from './references.js';

export function completeTable(module: ModuleOf<Linkable>): string[] {
  const table = new Set<string>(['', ...(module.table ?? [])]);
  for (const func of module.functions.values()) for (const name of referencesOf(func).addresses) table.add(name);
  for (const { functionRelocations } of module.data.values()) for (const { func } of functionRelocations) table.add(func);
  return [...table];
}
