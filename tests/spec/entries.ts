/**
 * Ways into a unit for scripts, which call the same instances again and again, after traps too, and look at bits.
 *
 *   enter(header)    takes the task's header as a poll does; once, and then before each call for fuel and stack alone
 *   n(buffer)        instantiates, calls or reads: arguments and results are 8 bytes each at the buffer
 *
 * Each is an export of the module, beside those of a poll.
 */
import { Builder } from '../../ir/builder.js';
import { createFunction } from '../../ir/function.js';
import type { Value } from '../../ir/types.js';
import { HEADER, THREAD } from '../../jit/abi.js';
import { instantiateSymbol } from '../../jit/webassembly/instantiate.js';
import { at } from '../../jit/webassembly/linkage.js';
import type { LoweredUnit } from '../../jit/webassembly/lower-unit.js';
import type { ValueType } from '../../jit/webassembly/module.js';
import { bodySymbol, irType } from '../../jit/webassembly/unit-context.js';
import { callOne } from '../../jit/webassembly/values.js';

export const SLOT_BYTES = 8;
export const ENTER = 'enter';
export const REFRESH = 'refresh';

/** More than any script uses, so that no slice ends. */
const FUEL = 2n ** 60n;

export interface ScriptEntry {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export class ScriptEntries {
  #made = 0;

  readonly #known = new Map<string, ScriptEntry | null>();

  constructor(readonly unit: LoweredUnit) {}

  /** The ways in that come before there is fuel: to be added behind the passes, which would have them pay. */
  addUnmetered(): void {
    this.#add(ENTER, (build, header) => {
      const set = (global: string, value: Value): void => void build.emit('global.set', [value], global);
      set('header', header);
      set('next', build.load('i32', header, HEADER.allocNext));
      set('limit', build.load('i32', header, HEADER.allocLimit));
      build.call('wasm_begin', [build.i32(this.unit.context.slotCount)]);
    });
    this.#add(REFRESH, (build, header) => {
      const thread = build.load('i32', header, HEADER.thread);
      build.emit('global.set', [build.i64(FUEL)], 'fuel');
      build.emit('global.set', [build.load('i32', header, HEADER.stackBytes)], 'stack');
      build.emit('global.set', [build.load('i32', thread, THREAD.shadowBase)], 'shadow');
      build.emit('global.set', [build.load('i32', thread, THREAD.shadowLimit)], 'shadowLimit');
    });
  }

  /** Brings an instance to life and runs its start function. */
  instantiate(id: number): ScriptEntry {
    const { context } = this.unit;
    const instance = context.instance(id);
    return this.#entry([], [], (build) => {
      const record = callOne(build, instantiateSymbol(id));
      const { start } = instance.module;
      if (start === null) return [];
      const target = at(instance.functions, start);
      if (target.kind === 'host') throw new Error('scripts have no host');
      build.call(bodySymbol(target), [target.instance === id ? record : this.#record(build, target.instance)]);
      return [];
    });
  }

  /** Calls an exported function, or reads an exported global; null if there is none of that name. */
  access(id: number, kind: 'invoke' | 'get', field: string): ScriptEntry | null {
    const key = `${kind} ${id} ${field}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#makeAccess(id, kind, field);
    this.#known.set(key, made);
    return made;
  }

  #makeAccess(id: number, kind: 'invoke' | 'get', field: string): ScriptEntry | null {
    const instance = this.unit.context.instance(id);
    const found = instance.module.exports.find(({ name }) => name === field);
    if (kind === 'invoke' && found?.kind === 'func') {
      const target = at(instance.functions, found.index);
      if (target.kind === 'host') return null;
      return this.#entry(target.type.params, target.type.results, (build, args) => build.call(bodySymbol(target), [this.#record(build, target.instance), ...args]));
    }
    if (kind === 'get' && found?.kind === 'global') {
      const { type } = at(instance.globals, found.index).type;
      const place = at(this.unit.context.layout(id).globals, found.index);
      return this.#entry([], [type], (build) => {
        const record = this.#record(build, id);
        const base = place.kind === 'own' ? record : build.load('i32', record, place.word);
        return [build.load(irType(type), base, place.kind === 'own' ? place.offset : 0)];
      });
    }
    return null;
  }

  #record(build: Builder, id: number): Value {
    return callOne(build, 'wasm_instance', build.i32(this.unit.context.layout(id).slot));
  }

  #entry(params: readonly ValueType[], results: readonly ValueType[], fill: (build: Builder, args: Value[]) => Value[]): ScriptEntry {
    const name = `script${this.#made++}`;
    this.#add(name, (build, buffer) => {
      const args = params.map((type, index) => build.load(irType(type), buffer, SLOT_BYTES * index));
      fill(build, args).forEach((value, index) => build.store(irType(results[index] ?? 'i32'), buffer, SLOT_BYTES * index, value));
    });
    return { name, params, results };
  }

  #add(name: string, fill: (build: Builder, address: Value) => void): void {
    const { module, context } = this.unit;
    const func = createFunction(`$${name}`, { params: ['i32'], results: [] });
    const build = new Builder(func, context.symbols);
    const [address] = build.entry();
    if (address === undefined) throw new Error('an entry has a parameter');
    fill(build, address);
    build.ret();
    module.functions.set(func.name, func);
    module.exports.set(name, func.name);
  }
}
