/** Refuses functions that are sync by their mark, or because they start the module, and lead to an async import. */
import { targetKey } from './call-graph.js';
import { at, type FunctionTarget, type Instance } from './linkage.js';
import { printFunctionType } from './module.js';
import type { WasmInput } from './read-source.js';
import { refusal } from './refusals.js';
import { nameOf } from './translate.js';
import type { UnitContext } from './unit-context.js';

export function checkUnit(context: UnitContext, { syncFunctions, source }: WasmInput): void {
  for (const instance of context.unit.instances) {
    for (const index of syncFunctions) {
      const way = wayToAsync(context, instance, at(instance.functions, index));
      if (way !== null) throw refusal('BR3004', `${nameOf(instance, index)} is typed sync, but ${way}`, source);
    }
    const { start } = instance.module;
    if (start === null) continue;
    const way = wayToAsync(context, instance, at(instance.functions, start));
    if (way !== null) throw refusal('BR3005', `the start function ${nameOf(instance, start)} ${way}; start functions are sync`, source);
  }
}

/** How a function comes to an async import: `calls $f, which calls the async import "host" "leaf"`; null if it does not. */
function wayToAsync(context: UnitContext, instance: Instance, from: FunctionTarget): string | null {
  const steps: string[] = [];
  for (let target = context.calls.blocking.next(from); target; target = context.calls.blocking.next(target)) {
    steps.push(describe(context, instance, target));
  }
  if (steps.length > 0) return steps.map((step, index) => `${index > 0 ? 'which ' : ''}calls ${step}`).join(', ');
  return context.calls.blocking.has(from) ? `is ${describe(context, instance, from)}` : null;
}

function describe(context: UnitContext, instance: Instance, target: FunctionTarget): string {
  if (target.kind === 'host') {
    const { module, name, type } = at(context.unit.hostImports, target.host);
    return `the async import ${JSON.stringify(module)} ${JSON.stringify(name)}, ${printFunctionType(type, true)}`;
  }
  return nameOf(instance, instance.functions.findIndex((each) => targetKey(each) === targetKey(target)));
}
