/**
 * Where the parts of an instance lie: the record that every function of it takes the address of.
 *
 *   words for what is imported: addresses of other instances' records, tables, memories, globals
 *   its own tables and memories (WASM_TABLE, WASM_MEMORY) | globals, 8 bytes each | functions that references may mean
 *   lengths left of segments, 0 once dropped | references of element segments
 *
 * Promises that offsets depend on the unit alone, so that instances linked later know those of earlier ones.
 */
import { WASM_FUNCTION, WASM_MEMORY, WASM_SLOT, WASM_TABLE } from '../abi.js';
import { namedFunctions } from './call-graph.js';
import { at, type Instance, type Owned } from './linkage.js';

/** A part of an instance: at an offset of its record, or where a word of the record points to. */
export type Place = { readonly kind: 'own'; readonly offset: number } | { readonly kind: 'imported'; readonly word: number };

export interface InstanceLayout {
  readonly byteLength: number;
  /** Slot of HEADER.environment that holds the record. */
  readonly slot: number;
  readonly tables: readonly Place[];
  readonly memories: readonly Place[];
  readonly globals: readonly Place[];
  /** Slots of the tables and memories that the instance itself defines. */
  readonly tableSlots: readonly number[];
  readonly memorySlots: readonly number[];
  /** Words with the addresses of other instances' records, by instance. */
  readonly instances: ReadonlyMap<number, number>;
  /** Offsets of WASM_FUNCTIONs, by index of the function. */
  readonly functions: ReadonlyMap<number, number>;
  readonly dataLengths: readonly number[];
  readonly elementLengths: readonly number[];
  readonly elementItems: readonly number[];
}

const GLOBAL_BYTES = 8;
const WORD = 4;

/** `firstSlot`: the next slot that is free; every instance of a unit takes `slotsOf` of them. */
export function layoutInstance(instance: Instance, firstSlot: number): InstanceLayout {
  const { module, id } = instance;
  let end = 0;
  const take = (bytes: number): number => {
    end += bytes;
    return end - bytes;
  };
  const places = <Type>(items: readonly Owned<Type>[], bytes: number): Place[] => {
    end = Math.ceil(end / GLOBAL_BYTES) * GLOBAL_BYTES;
    return items.map((item): Place => (item.instance === id ? { kind: 'own', offset: take(bytes) } : { kind: 'imported', word: take(GLOBAL_BYTES) }));
  };
  const others = new Set(instance.functions.flatMap((target) => (target.kind === 'defined' && target.instance !== id ? [target.instance] : [])));
  for (const { instance: owner } of [...instance.tables, ...instance.memories, ...instance.globals]) if (owner !== id) others.add(owner);
  const instances = new Map([...others].map((other) => [other, take(WORD)]));
  const memories = places(instance.memories, WASM_MEMORY.size);
  const tables = places(instance.tables, WASM_TABLE.size);
  const globals = places(instance.globals, GLOBAL_BYTES);
  // Offset 0 of a record is never a function, so that no reference is 0.
  take(GLOBAL_BYTES);
  const functions = new Map([...new Set(namedFunctions(instance))].map((index) => [index, take(WASM_FUNCTION.size)]));
  const dataLengths = module.data.map(() => take(WORD));
  const elementLengths = module.elements.map(() => take(WORD));
  const elementItems = module.elements.map(({ items }) => take(WORD * items.length));
  const memorySlots = module.memories.map((_, index) => firstSlot + 1 + index);
  const tableSlots = module.tables.map((_, index) => firstSlot + 1 + module.memories.length + index);
  return { byteLength: end, slot: firstSlot, tables, memories, globals, tableSlots, memorySlots, instances, functions, dataLengths, elementLengths, elementItems };
}

const slotsOf = ({ module }: Instance): number => 1 + module.memories.length + module.tables.length;

/** The layouts of a unit's instances, and how many slots they take in all. */
export function layoutUnit(instances: readonly Instance[]): { layouts: InstanceLayout[]; slotCount: number } {
  let slot: number = WASM_SLOT.first;
  const layouts = instances.map((instance) => {
    const layout = layoutInstance(instance, slot);
    slot += slotsOf(instance);
    return layout;
  });
  return { layouts, slotCount: slot };
}

/** The place of something in the instance that defines it. */
export function placeOfOwned(kind: 'tables' | 'memories' | 'globals', owned: Owned<unknown>, instances: readonly Instance[], layouts: readonly InstanceLayout[]): number {
  const owner = at(instances, owned.instance);
  const list: readonly Owned<unknown>[] = owner[kind];
  const place = at(at(layouts, owned.instance)[kind], list.findIndex((each) => each.instance === owned.instance && each.index === owned.index));
  if (place.kind !== 'own') throw new Error('an instance does not own what it defines');
  return place.offset;
}
