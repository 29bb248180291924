/**
 * Facts about the call graph of a module: who can call itself, who can be called from anywhere, callees before callers.
 *
 * A module may be a part: calls of functions that it does not hold go to a library, of which `LibraryFacts` tell what
 * matters; and a library is called by programs yet unknown (`openWorld`), back to any of its functions.
 *
 * Strongly connected components after Tarjan, with an explicit stack. Linear in calls.
 */
import type { IrFunction, IrModule } from '../../ir/function.js';
import type { InlineBody } from './inline.js';

export interface CallFacts {
  /** Functions on a cycle of direct calls. */
  readonly recursive: ReadonlySet<string>;
  /** Functions that may be on the stack more than once, when an indirect call may reach every address that is taken. */
  readonly reentrant: ReadonlySet<string>;
  /** Whether during a call of this function one that calls it may be called again; of what the module lacks, all but the library's `calm`. */
  readonly nesting: { has(name: string): boolean };
  /** Functions whose table index is taken, by code or data, and exported ones: called from anywhere. */
  readonly addressTaken: ReadonlySet<string>;
  /** Functions from which a way leads to an indirect call. */
  readonly callingBack: ReadonlySet<string>;
  /** Functions from which a way leads to COLLECTORS, through an indirect call if need be; of what the module lacks, all but the library's `still`. */
  readonly allocating: { has(name: string): boolean };
  /** Direct callees that the module defines, each once. */
  readonly callees: ReadonlyMap<string, readonly string[]>;
  /** All functions, callees before callers but for cycles. */
  readonly order: readonly string[];
}

/** What a lowered library tells its callers. */
export interface LibraryFacts {
  /** Functions that never call back: no indirect call can be reached from them. */
  readonly calm: readonly string[];
  /** Functions that never allocate, so that no collection starts in them. */
  readonly still: readonly string[];
  /** Work, in fuel, that functions leave to their callers to pay. */
  readonly units: Readonly<Record<string, number>>;
}

export interface World {
  /** Functions that this module calls and does not hold; null if nothing is known of them. */
  readonly library: LibraryFacts | null;
  /** True if whoever is called indirectly may call every function of this module. */
  readonly openWorld: boolean;
  /** Bodies of library functions, to be copied into programs. */
  readonly bodies?: ((name: string) => InlineBody | undefined) | undefined;
}

export const CLOSED_WORLD: World = { library: null, openWorld: false };

export function findCallFacts(module: IrModule, world: World = CLOSED_WORLD): CallFacts {
  const calm = new Set(world.library?.calm);
  const still = new Set(world.library?.still);
  const collecting = new Set<string>(COLLECTORS);
  const addressTaken = new Set<string>(module.exports.values());
  for (const data of module.data.values()) for (const { func } of data.functionRelocations) addressTaken.add(func);
  const callees = new Map<string, string[]>();
  const indirect = new Set<string>();
  for (const func of module.functions.values()) {
    const called = new Set<string>();
    for (const { opcode, immediates } of instructionsOf(func)) {
      const [symbol] = immediates;
      if (opcode === 'call_indirect') indirect.add(func.name);
      if (typeof symbol !== 'string') continue;
      if (opcode === 'func.index') addressTaken.add(symbol);
      if (opcode !== 'call') continue;
      if (!module.functions.has(symbol) && !still.has(symbol)) collecting.add(func.name);
      if (module.functions.has(symbol)) called.add(symbol);
      else if (!calm.has(symbol)) indirect.add(func.name);
    }
    callees.set(func.name, [...called]);
  }
  const anybody = world.openWorld ? [...callees.keys()] : [...addressTaken].filter((name) => callees.has(name));
  const { recursive: reentrant } = components(withIndirectCalls(callees, indirect, anybody));
  const allocating = callersOf(callees, [...collecting, ...indirect]);
  return {
    addressTaken,
    callees,
    reentrant,
    nesting: { has: (name) => reentrant.has(name) || (!callees.has(name) && !calm.has(name)) },
    callingBack: callersOf(callees, indirect),
    allocating: { has: (name) => allocating.has(name) || (!callees.has(name) && !still.has(name)) },
    ...components(callees),
  };
}

/** The library functions behind which a collection can start. */
const COLLECTORS = ['alloc', 'collect'];

/** These functions and all from which a direct call leads to one of them. */
function callersOf(callees: ReadonlyMap<string, readonly string[]>, roots: Iterable<string>): Set<string> {
  const callers = new Map<string, string[]>();
  for (const [name, called] of callees) {
    for (const callee of called) {
      const known = callers.get(callee);
      if (known) known.push(name);
      else callers.set(callee, [name]);
    }
  }
  const found = new Set<string>();
  const work = [...roots];
  for (let name = work.pop(); name !== undefined; name = work.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    work.push(...(callers.get(name) ?? []));
  }
  return found;
}

/** Stands for the callee of every indirect call; no symbol is empty. */
const ANYBODY = '';

function withIndirectCalls(
  callees: ReadonlyMap<string, readonly string[]>,
  indirect: ReadonlySet<string>,
  anybody: readonly string[],
): Map<string, readonly string[]> {
  const all = new Map<string, readonly string[]>([[ANYBODY, anybody]]);
  for (const [name, called] of callees) all.set(name, indirect.has(name) ? [...called, ANYBODY] : called);
  return all;
}

/** True for functions that must look after themselves: no caller knows how often or how deep they run. */
export const isEntered = (facts: CallFacts, name: string): boolean => facts.recursive.has(name) || facts.addressTaken.has(name);

function* instructionsOf(func: IrFunction) {
  for (const block of func.blocks) if (block) yield* block.instructions;
}

interface Visit {
  readonly name: string;
  readonly number: number;
  lowest: number;
  next: number;
  onStack: boolean;
}

function components(callees: ReadonlyMap<string, readonly string[]>): { recursive: Set<string>; order: string[] } {
  const recursive = new Set<string>();
  const order: string[] = [];
  const visits = new Map<string, Visit>();
  const component: Visit[] = [];
  const path: Visit[] = [];
  const enter = (name: string): void => {
    const visit = { name, number: visits.size, lowest: visits.size, next: 0, onStack: true };
    visits.set(name, visit);
    component.push(visit);
    path.push(visit);
  };
  for (const root of callees.keys()) {
    if (!visits.has(root)) enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const callee = callees.get(top.name)?.[top.next++];
      if (callee === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above) above.lowest = Math.min(above.lowest, top.lowest);
        if (top.lowest === top.number) close(top, component, callees, recursive);
        order.push(top.name);
        continue;
      }
      const seen = visits.get(callee);
      if (!seen) enter(callee);
      else if (seen.onStack) top.lowest = Math.min(top.lowest, seen.number);
    }
  }
  return { recursive, order };
}

/** Takes a finished component off the stack. */
function close(root: Visit, component: Visit[], callees: ReadonlyMap<string, readonly string[]>, recursive: Set<string>): void {
  const members = component.splice(component.lastIndexOf(root));
  for (const member of members) {
    member.onStack = false;
    if (members.length > 1 || callees.get(member.name)?.includes(member.name)) recursive.add(member.name);
  }
}
