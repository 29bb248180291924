/**
 * Makes the function that brings an instance to life in a task: `w0$instantiate() -> address of its record`.
 *
 * In the order of the specification: imports, whose sizes are looked at once more; tables and memories; references to
 * functions; globals; segments; then the active segments, of which one that does not fit traps with the earlier ones done.
 */
import { Builder } from '../../ir/builder.js';
import { createFunction } from '../../ir/function.js';
import type { Value } from '../../ir/types.js';
import { TRAP, WASM_FUNCTION, WASM_MEMORY, WASM_PAGE_BYTES, WASM_TABLE } from '../abi.js';
import { Body } from './body.js';
import { placeOfOwned, type Place } from './layout.js';
import { at, type Instance, type Owned } from './linkage.js';
import { MAX_PAGES, type ConstantInstruction, type SizeLimits } from './module.js';
import { dataSymbol, memoryInit, tableInit } from './translate.js';
import { bodySymbol, irType, promiseSymbol, type UnitContext } from './unit-context.js';
import { callOne } from './values.js';

export const instantiateSymbol = (id: number): string => `w${id}$instantiate`;
const prepareSymbol = (id: number): string => `w${id}$prepare`;

const NO_MAXIMUM = -1;
const NOTHING = { params: [], results: [] };

export function buildInstantiate(context: UnitContext, instance: Instance): void {
  buildPrepare(context, instance);
  const symbol = instantiateSymbol(instance.id);
  const func = createFunction(symbol, { params: [], results: ['i32'] });
  const builder = new Builder(func, context.symbols);
  builder.entry();
  const { slot, byteLength } = context.layout(instance.id);
  const record = callOne(builder, 'wasm_bytes', builder.i32(slot), builder.i32(byteLength));
  builder.call(prepareSymbol(instance.id), [record]);
  builder.ret(record);
  context.module.functions.set(symbol, func);
}

/** Fills a record, as a body of the instance: so all that bodies know of places holds here. */
function buildPrepare(context: UnitContext, instance: Instance): void {
  const body = new Body(context, instance, prepareSymbol(instance.id), NOTHING, false);
  importParts(body);
  checkSizes(body);
  makeParts(body);
  makeReferences(body);
  initializeGlobals(body);
  fillSegments(body);
  runActiveSegments(body);
  body.builder.ret();
  context.module.functions.set(body.func.name, body.func);
}

function importParts(body: Body): void {
  const { builder, context, instance, record } = body;
  const layout = context.layout(instance.id);
  for (const [other, word] of layout.instances) {
    builder.store('i32', record, word, callOne(builder, 'wasm_instance', builder.i32(context.layout(other).slot)));
  }
  for (const kind of ['tables', 'memories', 'globals'] as const) {
    const items: readonly Owned<unknown>[] = instance[kind];
    layout[kind].forEach((place, index) => {
      if (place.kind === 'own') return;
      const owned = at(items, index);
      const offset = placeOfOwned(kind, owned, context.unit.instances, context.layouts);
      builder.store('i32', record, place.word, body.op('i32.add', body.recordOf(owned.instance), builder.i32(offset)));
    });
  }
}

/** What is imported may have grown since, or be smaller than the import says (L2). */
function checkSizes(body: Body): void {
  const { context, instance } = body;
  const layout = context.layout(instance.id);
  let table = 0;
  let memory = 0;
  for (const { description } of instance.module.imports) {
    if (description.kind === 'table') checkSize(body, at(layout.tables, table++), WASM_TABLE.length, description.type.minimum);
    else if (description.kind === 'memory') checkSize(body, at(layout.memories, memory++), WASM_MEMORY.bytes, description.type.minimum * WASM_PAGE_BYTES);
  }
}

function checkSize(body: Body, place: Place, field: number, least: number): void {
  const { base, offset } = body.address(place);
  if (least >= 2 ** 31) return body.trapIf(body.builder.i32(1), TRAP.importSize);
  body.trapIf(body.op('i32.lt_u', body.builder.load('i32', base, offset + field), body.builder.i32(least)), TRAP.importSize);
}

function makeParts(body: Body): void {
  const { builder, context, instance } = body;
  const { module } = instance;
  const { memories, memorySlots, tables, tableSlots } = context.layout(instance.id);
  const sizes = ({ minimum, maximum }: SizeLimits, most: number): Value[] => [builder.i32(minimum), builder.i32(maximum ?? most)];
  module.memories.forEach((type, index) => {
    const place = at(memories, memories.length - module.memories.length + index);
    builder.call('wasm_memory_new', [body.pointer(place), ...sizes(type, MAX_PAGES), builder.i32(at(memorySlots, index))]);
  });
  module.tables.forEach((type, index) => {
    const place = at(tables, tables.length - module.tables.length + index);
    builder.call('wasm_table_new', [body.pointer(place), ...sizes(type, NO_MAXIMUM), builder.i32(at(tableSlots, index))]);
  });
}

/** What references to functions point to: the entry fits its type, whoever calls. */
function makeReferences(body: Body): void {
  const { builder, context, instance, record } = body;
  for (const [index, offset] of context.layout(instance.id).functions) {
    const target = at(instance.functions, index);
    const symbol = context.calls.suspending.hasType(target.type) ? promiseSymbol(target) : bodySymbol(target);
    builder.store('i32', record, offset + WASM_FUNCTION.code, builder.op('func.index', [], symbol));
    if (target.kind === 'defined') builder.store('i32', record, offset + WASM_FUNCTION.instance, body.recordOf(target.instance));
    builder.store('i32', record, offset + WASM_FUNCTION.type, builder.i32(context.typeNumber(target.type)));
  }
}

function initializeGlobals(body: Body): void {
  const { instance } = body;
  const imported = instance.globals.length - instance.module.globals.length;
  instance.module.globals.forEach(({ initial }, index) => body.globalSet(imported + index, constant(body, initial)));
}

function constant(body: Body, instruction: ConstantInstruction): Value {
  switch (instruction.kind) {
    case 'const':
      return body.constant(instruction.type, instruction.bits);
    case 'global.get':
      return body.globalGet(instruction.index);
    case 'ref.null':
      return body.builder.i32(0);
    case 'ref.func':
      return body.functionReference(instruction.index);
  }
}

// Segments --------------------------------------------------------------------------------------------------------------

function fillSegments(body: Body): void {
  const { builder, context, instance, record } = body;
  const { dataLengths, elementLengths } = context.layout(instance.id);
  instance.module.data.forEach(({ bytes }, segment) => {
    const name = dataSymbol(instance, segment);
    const contents = bytes.length > 0 ? bytes.slice() : new Uint8Array(1);
    context.module.data.set(name, { name, align: 1, bytes: contents, relocations: [], functionRelocations: [] });
    builder.store('i32', record, at(dataLengths, segment), builder.i32(bytes.length));
  });
  instance.module.elements.forEach(({ items, mode }, segment) => {
    if (mode.kind === 'declarative') return;
    builder.store('i32', record, at(elementLengths, segment), builder.i32(items.length));
    fillElements(body, segment, items);
  });
}

/** References to functions come from static offsets, all at once; what globals hold is put in behind. */
function fillElements(body: Body, segment: number, items: readonly ConstantInstruction[]): void {
  const { builder, context, instance, record } = body;
  const layout = context.layout(instance.id);
  const start = at(layout.elementItems, segment);
  const words = Uint32Array.from(items, (item) => (item.kind === 'ref.func' ? (layout.functions.get(item.index) ?? 0) : 0));
  if (words.length === 0) return;
  const name = `w${instance.id}$elements${segment}`;
  context.module.data.set(name, { name, align: 4, bytes: new Uint8Array(words.buffer), relocations: [], functionRelocations: [] });
  const to = body.op('i32.add', record, builder.i32(start));
  const from = body.op('i32.from_ref', builder.op('data.addr', [], name));
  builder.call('wasm_references', [to, from, builder.i32(items.length), record]);
  items.forEach((item, index) => {
    if (item.kind === 'global.get') builder.store(irType('funcref'), record, start + 4 * index, constant(body, item));
  });
}

function runActiveSegments(body: Body): void {
  const { builder, context, instance } = body;
  const { dataLengths, elementLengths } = context.layout(instance.id);
  const zero = (): Value => builder.i32(0);
  instance.module.elements.forEach(({ mode, items }, segment) => {
    if (mode.kind !== 'active') return;
    tableInit(body, mode.table, segment, [constant(body, mode.offset), zero(), builder.i32(items.length)]);
    builder.store('i32', body.record, at(elementLengths, segment), zero());
  });
  instance.module.data.forEach(({ mode, bytes }, segment) => {
    if (mode.kind !== 'active') return;
    memoryInit(body, segment, [constant(body, mode.offset), zero(), builder.i32(bytes.length)]);
    builder.store('i32', body.record, at(dataLengths, segment), zero());
  });
}
