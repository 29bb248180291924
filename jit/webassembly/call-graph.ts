/**
 * Who calls whom in a unit, and what follows: which functions may suspend, and after which calls a memory may have grown.
 *
 * An indirect call reaches every function of its type whose address is taken anywhere in the unit: named by an element
 * segment, a global or ref.func. Worklists from the causes to their callers; linear in calls.
 */
import type { FunctionTarget, Instance, Unit } from './linkage.js';
import { at } from './linkage.js';
import { printFunctionType, type ConstantInstruction, type FunctionType } from './module.js';

/** Functions from which calls lead to a cause. */
export interface Reaching {
  has(target: FunctionTarget): boolean;
  /** True where an indirect call through this type may lead there. */
  hasType(type: FunctionType): boolean;
  /** The next function on a way to the cause; null for a cause itself. */
  next(target: FunctionTarget): FunctionTarget | null;
}

export interface CallGraph {
  /** Those that wait for the host: they are made poll functions, and entered by promise entries through tables. */
  readonly suspending: Reaching;
  /** Those of them that lead to an import that is async by its type. */
  readonly blocking: Reaching;
  /** Those that grow a memory. */
  readonly growing: Reaching;
  /** Functions that tables and references may hold, each once. */
  readonly addressTaken: readonly FunctionTarget[];
}

/** Equal for equal targets. */
export const targetKey = (target: FunctionTarget): string => (target.kind === 'host' ? `host ${target.host}` : `${target.instance} ${target.index}`);

export function callGraphOf(unit: Unit): CallGraph {
  const addressTaken = findAddressTaken(unit);
  const taken = new Set(addressTaken.map(targetKey));
  const callers = new Map<string, FunctionTarget[]>();
  const growers: FunctionTarget[] = [];
  for (const instance of unit.instances) {
    instance.module.functions.forEach(({ type, body }, index) => {
      const caller: FunctionTarget = { kind: 'defined', instance: instance.id, index, type };
      const note = (key: string): void => {
        const known = callers.get(key);
        if (known) known.push(caller);
        else callers.set(key, [caller]);
      };
      for (const instruction of body) {
        if (instruction.kind === 'call') note(targetKey(at(instance.functions, instruction.index)));
        else if (instruction.kind === 'call_indirect') note(printFunctionType(instruction.type));
        else if (instruction.kind === 'memory.grow') growers.push(caller);
      }
    });
  }
  const hosts = unit.hostImports.map(({ type }, host): FunctionTarget => ({ kind: 'host', host, type }));
  const asynchronous = hosts.filter((_, host) => unit.hostImports[host]?.asynchronous);
  return { suspending: reaching(hosts, callers, taken), blocking: reaching(asynchronous, callers, taken), growing: reaching(growers, callers, taken), addressTaken };
}

function reaching(causes: readonly FunctionTarget[], callers: ReadonlyMap<string, readonly FunctionTarget[]>, taken: ReadonlySet<string>): Reaching {
  const next = new Map<string, FunctionTarget | null>(causes.map((cause) => [targetKey(cause), null]));
  const types = new Set<string>();
  const work = [...causes];
  const spread = (key: string, from: FunctionTarget): void => {
    for (const caller of callers.get(key) ?? []) {
      if (next.has(targetKey(caller))) continue;
      next.set(targetKey(caller), from);
      work.push(caller);
    }
  };
  for (let target = work.pop(); target; target = work.pop()) {
    spread(targetKey(target), target);
    const type = printFunctionType(target.type);
    if (!taken.has(targetKey(target)) || types.has(type)) continue;
    types.add(type);
    spread(type, target);
  }
  return {
    has: (target) => next.has(targetKey(target)),
    hasType: (type) => types.has(printFunctionType(type)),
    next: (target) => next.get(targetKey(target)) ?? null,
  };
}

function findAddressTaken(unit: Unit): FunctionTarget[] {
  const found = new Map<string, FunctionTarget>();
  for (const instance of unit.instances) {
    for (const index of namedFunctions(instance)) {
      const target = at(instance.functions, index);
      found.set(targetKey(target), target);
    }
  }
  return [...found.values()];
}

/** Indices of the functions that code, segments and globals of an instance make references to. */
export function* namedFunctions({ module }: Instance): Iterable<number> {
  const named = (instruction: ConstantInstruction): number[] => (instruction.kind === 'ref.func' ? [instruction.index] : []);
  for (const { initial } of module.globals) yield* named(initial);
  for (const { items } of module.elements) for (const item of items) yield* named(item);
  for (const { body } of module.functions) {
    for (const instruction of body) if (instruction.kind === 'ref.func') yield instruction.index;
  }
}
