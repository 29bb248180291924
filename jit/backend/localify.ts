/**
 * Localify: gives WebAssembly locals to the values that need one.
 *
 * Needs live ranges. First block parameters are put together with their arguments where the ranges allow (those of
 * inner loops first), so that most edges move nothing; then these classes are coloured by live range, for each
 * WebAssembly type apart. Promises: values that are live at the same place have different locals; the function's
 * parameters keep theirs; as many locals as are live at once, give or take, never one for each value.
 * Deterministic; near-linear: a class looks at no more than MAX_TRIES locals before it gets a new one.
 */
import { blockOf, type IrFunction } from '../../ir/function.js';
import { typeOf } from '../../ir/function.js';
import { valueId, WASM_TYPE_OF, type Value, type WasmType } from '../../ir/types.js';
import { forEachArgument, rootOf, type Demand } from './demand.js';
import { fits, insertAll, type Range } from './intervals.js';
import type { LiveRanges } from './live-ranges.js';
import type { Placement } from './placement.js';
import type { TextPositions } from './text-positions.js';
import { HOME, type Trees } from './treeify.js';

export interface Locals {
  /** Index of the local of each root value; -1 where it has none. */
  readonly local: Int32Array;
  /** Type of each local behind the parameters, in order of index. */
  readonly types: readonly WasmType[];
}

const MAX_TRIES = 48;
/** Beyond this many ranges a class does not grow: bounds the time for parameters with thousands of arguments. */
const MAX_RANGES = 4096;

/** Values that share a local. */
interface Class {
  readonly type: WasmType;
  readonly members: Value[];
  ranges: Range[];
  /** Index of the function parameter among the members; -1 without one. */
  fixed: number;
}

export function localify(
  func: IrFunction,
  placement: Placement,
  demand: Demand,
  trees: Trees,
  text: TextPositions,
  live: LiveRanges,
): Locals {
  const classes = singletons(func, live);
  const entry = placement.order[0];
  const params = entry === undefined ? [] : blockOf(func, entry).params;
  params.forEach((param, index) => {
    const own = classes[param];
    if (own) own.fixed = index;
  });
  coalesce(func, placement, demand, trees, text, classes);
  return colour(func, classes);
}

function singletons(func: IrFunction, live: LiveRanges): (Class | undefined)[] {
  return func.valueTypes.map((type, index): Class | undefined => {
    const ranges = live[index];
    return ranges && { type: WASM_TYPE_OF[type], members: [valueId(index)], ranges: [...ranges], fixed: -1 };
  });
}

/** Puts parameters and arguments together, those in the deepest loops first. */
function coalesce(
  func: IrFunction,
  placement: Placement,
  demand: Demand,
  trees: Trees,
  text: TextPositions,
  classes: (Class | undefined)[],
): void {
  const byDepth: { param: Value; arg: Value }[][] = [];
  for (const block of placement.order) {
    const { terminator } = blockOf(func, block);
    if (!terminator) continue;
    const pairs = (byDepth[text.loops[block]?.depth ?? 0] ??= []);
    forEachArgument(func, terminator, (param, passed) => {
      const arg = rootOf(demand, passed);
      if (classes[param] && classes[arg] && trees.home[arg] === HOME.local) pairs.push({ param, arg });
    });
  }
  for (const pairs of byDepth.reverse()) for (const { param, arg } of pairs ?? []) unite(param, arg, classes);
}

function unite(param: Value, arg: Value, classes: (Class | undefined)[]): void {
  const a = classes[param];
  const b = classes[arg];
  if (!a || !b || a === b || a.type !== b.type || (a.fixed >= 0 && b.fixed >= 0)) return;
  const [small, large] = a.ranges.length < b.ranges.length ? [a, b] : [b, a];
  if (large.ranges.length > MAX_RANGES || !fits(large.ranges, small.ranges)) return;
  insertAll(large.ranges, small.ranges);
  large.fixed = Math.max(large.fixed, small.fixed);
  for (const member of small.members) {
    large.members.push(member);
    classes[member] = large;
  }
}

/** A local while colouring: what it holds, over the whole text. */
interface Colour {
  readonly index: number;
  readonly ranges: Range[];
}

/** Colours of one type, those that may be free at the current place last. */
class Palette {
  #free: Colour[] = [];
  /** Colours in use, as a heap on the end of the range that made them so. */
  readonly #busy: { colour: Colour; end: number }[] = [];

  add(colour: Colour): void {
    this.#free.push(colour);
  }

  /** A free colour that has room for all the ranges, the first of which starts here. */
  take(ranges: readonly Range[], make: () => Colour): Colour {
    const [first] = ranges;
    this.#release(first?.start ?? 0);
    const tries = Math.max(0, this.#free.length - MAX_TRIES);
    for (let index = this.#free.length - 1; index >= tries; index--) {
      const colour = this.#free[index];
      if (!colour || !fits(colour.ranges, ranges)) continue;
      this.#free.splice(index, 1);
      return this.#use(colour, ranges);
    }
    return this.#use(make(), ranges);
  }

  #use(colour: Colour, ranges: readonly Range[]): Colour {
    insertAll(colour.ranges, ranges);
    this.#busy.push({ colour, end: ranges[0]?.end ?? 0 });
    siftUp(this.#busy);
    return colour;
  }

  #release(position: number): void {
    for (let top = this.#busy[0]; top && top.end <= position; top = this.#busy[0]) {
      this.#free.push(top.colour);
      const last = this.#busy.pop();
      if (last && this.#busy.length > 0) siftDown(this.#busy, last);
    }
  }
}

function colour(func: IrFunction, classes: readonly (Class | undefined)[]): Locals {
  const palettes: Record<WasmType, Palette> = { i32: new Palette(), i64: new Palette(), f32: new Palette(), f64: new Palette() };
  const distinct = [...new Set(classes)].filter((one): one is Class => one !== undefined);
  const local = new Int32Array(classes.length).fill(-1);
  const colours = func.params.map((type, index) => {
    const made = { index, ranges: distinct.find(({ fixed }) => fixed === index)?.ranges.slice() ?? [] };
    palettes[WASM_TYPE_OF[type]].add(made);
    return made;
  });
  const types: WasmType[] = [];
  const assign = (one: Class, index: number): void => one.members.forEach((member) => (local[member] = index));
  const firstStart = (one: Class): number => one.ranges[0]?.start ?? 0;
  for (const one of distinct.sort((a, b) => firstStart(a) - firstStart(b))) {
    const make = (): Colour => ({ index: func.params.length + types.push(one.type) - 1, ranges: [] });
    const taken = one.fixed >= 0 ? colours[one.fixed] : palettes[one.type].take(one.ranges, make);
    assign(one, taken?.index ?? -1);
  }
  return groupByType(func.params.length, types, local);
}

const ORDER: readonly WasmType[] = ['i32', 'i64', 'f32', 'f64'];

/** Renumbers the locals so that those of a type are neighbours, which keeps their declaration short. */
function groupByType(paramCount: number, types: readonly WasmType[], local: Int32Array): Locals {
  const sorted = types.map((type, index) => ({ type, index })).sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type));
  const renumbered = new Int32Array(types.length);
  sorted.forEach(({ index }, position) => (renumbered[index] = position + paramCount));
  return {
    local: local.map((index) => (index < paramCount ? index : (renumbered[index - paramCount] ?? index))),
    types: sorted.map(({ type }) => type),
  };
}

/** The local that a value is read from; throws if it has none, which is an internal error. */
export function localOf(func: IrFunction, locals: Locals, value: Value): number {
  const index = locals.local[value] ?? -1;
  if (index < 0) throw new Error(`${func.name}: v${value} (${typeOf(func, value)}) has no local`);
  return index;
}

type Ended = { readonly end: number };

function siftUp(heap: Ended[]): void {
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (!swapIfLess(heap, at, above)) return;
    at = above;
  }
}

/** Puts `item` in the place of the root. */
function siftDown<T extends Ended>(heap: T[], item: T): void {
  heap[0] = item;
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    const right = left + 1;
    const least = (heap[right]?.end ?? Infinity) < (heap[left]?.end ?? Infinity) ? right : left;
    if (least >= heap.length || !swapIfLess(heap, least, at)) return;
    at = least;
  }
}

function swapIfLess(heap: Ended[], below: number, above: number): boolean {
  const a = heap[below];
  const b = heap[above];
  if (!a || !b || a.end >= b.end) return false;
  heap[above] = a;
  heap[below] = b;
  return true;
}
