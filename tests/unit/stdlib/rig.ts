/**
 * The reference machine of the standard library, ready to run: a memory with the arena image, a task header, a shadow
 * stack, and conversion between JavaScript values and guest values, so that a test runs a library function and V8's own
 * on the same input and compares.
 *
 * Conversion is written against jit/abi.ts alone, not with the library: a fault in the library cannot hide in it.
 * Static strings, shapes and boxed values lie in the upper half of the memory, which is kept out of the chunk table.
 */
import { RESERVED_CHUNK, writeArenaImage, writeThreadRecord } from '../../../jit/arena-image.js';
import {
  ABSENT, ARENA, ARRAY, CLASS, CLOSURE, FALSE, FUNCTION_INFO, HEADER, KIND, MAP, META, NULL, OBJECT, OBJECT_HEADER, ROOT, SHAPE, SLOTS,
  STRING, TAG, TRUE, UNDEFINED, kindShape,
} from '../../../jit/abi.js';
import {
  ReferenceTrap, attachReferenceMemory, boxF64, boxObject, boxRef, boxString, callClosure, classOf, funcIndex, globals,
  isNumber, tagOf, unboxF64, unboxRef,
  type ref, type str, type val,
} from '../../../jit/stdlib/intrinsics.js';

export interface RigOptions {
  readonly memoryBytes?: number;
  readonly fuel?: bigint;
  readonly slice?: number;
  readonly heapCap?: number;
}

export interface Rig {
  readonly view: DataView;
  readonly header: number;
  /** A guest value with the meaning of this JavaScript value; the same object within one call stays one object. */
  box(js: unknown): val;
  /** The JavaScript value of a guest value; the same object within one call stays one object. */
  unbox(value: val): unknown;
  /** A flat guest string. */
  string(text: string): str;
  /** The text of any guest string: flat, rope or slice. */
  text(string: str): string;
  /** A guest closure that runs a JavaScript function on unboxed arguments (`this` is the unboxed self). */
  closure(func: (...args: never[]) => unknown): val;
  /** A guest closure that runs on boxed arguments. */
  closureOfValues(func: (args: readonly val[], self: val) => val): val;
  /** Static zeroed bytes, 8-byte aligned. */
  allocate(byteLength: number): number;
  /** An object with these properties in order; keys may carry class descriptors and kinds of their own. */
  object(fields: Readonly<Record<string, val>>, options?: { readonly kind?: number; readonly class?: ref; readonly flags?: number }): ref;
  array(items: readonly val[]): ref;
  /** Runs it; a guest throw (in Node: of a bare `val`) becomes a JavaScript throw of the unboxed error. */
  guest<T>(run: () => T): T;
  /** How objects of further kinds are unboxed; `unbox` inside it converts parts. */
  onUnbox(kind: number, convert: (object: ref, unbox: (part: val) => unknown) => unknown): void;
  /** Bytes of the heap's blocks. */
  heapBytes(): number;
}

const SHADOW_BYTES = 65536;

/** A fresh machine, attached; the one made before is dead from here on. */
export function createRig(options: RigOptions = {}): Rig {
  const memory = new ArrayBuffer(options.memoryBytes ?? 64 * 1024 * 1024);
  const view = new DataView(memory);
  const machine = new Machine(view);
  attachReferenceMemory(memory, (n) => machine.allocate(n), (text) => machine.string(text));
  const shadow = machine.allocate(SHADOW_BYTES);
  const thread = writeThreadRecord(view, 0, shadow, shadow + SHADOW_BYTES);
  const header = machine.allocate(HEADER.bytes);
  const slice = options.slice ?? 1_000_000_000;
  view.setBigInt64(header + HEADER.fuel, options.fuel ?? 1_000_000_000_000n, true);
  view.setInt32(header + HEADER.slice, slice, true);
  view.setFloat64(header + HEADER.clock, 1_700_000_000_000, true);
  view.setInt32(header + HEADER.heapCap, options.heapCap ?? 0x7fffffff, true);
  view.setInt32(header + HEADER.maxHostCalls, 10_000, true);
  view.setInt32(header + HEADER.logCap, 1 << 20, true);
  view.setInt32(header + HEADER.payloadCap, 16 << 20, true);
  view.setInt32(header + HEADER.thread, thread, true);
  view.setInt32(header + HEADER.stackBytes, 1_000_000, true);
  view.setBigInt64(header + HEADER.random, 0x9e3779b97f4a7c15n - (1n << 64n), true);
  const roots = machine.slots(Array.from({ length: ROOT.count }, () => UNDEFINED));
  view.setInt32(header + HEADER.roots, roots, true);
  // As plain TypeScript the library keeps no shadow stack, so `shadow` is 0: nothing is collected (C1).
  Object.assign(globals, {
    header, data: 0, fuel: BigInt(slice), stack: 1_000_000, shadow: 0, shadowLimit: shadow + SHADOW_BYTES, next: 0, limit: 0,
    error: UNDEFINED, resumeValue: UNDEFINED, resumeStatus: 0, awaited: 0,
  });
  return {
    view,
    header,
    box: (js) => machine.box(js, new Map()),
    unbox: (value) => machine.unbox(value, new Map()),
    string: (text) => machine.string(text),
    text: (string) => machine.text(string),
    closure: (func) => machine.closure(func),
    closureOfValues: (func) => machine.closureOfValues(func),
    allocate: (n) => machine.allocate(n),
    object: (fields, extra = {}) => machine.object(Object.entries(fields), extra.kind ?? KIND.object, extra.class ?? 0, extra.flags ?? 0),
    array: (items) => machine.array(items),
    guest: (run) => machine.guest(run),
    onUnbox: (kind, convert) => void machine.unboxers.set(kind, convert),
    heapBytes: () => view.getInt32(header + HEADER.heapBytes, true),
  };
}

class Machine {
  readonly unboxers = new Map<number, (object: ref, unbox: (part: val) => unknown) => unknown>();
  private readonly staticShapes = new Map<string, ref>();
  private readonly staticKeys = new Map<string, str>();
  private next: number;

  constructor(private readonly view: DataView) {
    writeArenaImage(view);
    const chunks = Math.floor(view.byteLength / ARENA.chunkBytes);
    const firstStatic = Math.max(ARENA.firstChunk, chunks >> 1);
    for (let chunk = firstStatic; chunk < chunks; chunk++) {
      view.setInt32(ARENA.chunkOwners + chunk * 4, RESERVED_CHUNK, true);
    }
    this.next = firstStatic * ARENA.chunkBytes;
  }

  allocate(byteLength: number): number {
    const address = this.next;
    this.next += (byteLength + 7) & ~7;
    if (this.next > this.view.byteLength) throw new Error('the static half of the test memory is full');
    return address;
  }

  // JavaScript to guest -----------------------------------------------------------------------------------------------

  string(text: string): str {
    let wide = false;
    for (let i = 0; i < text.length; i++) wide ||= text.charCodeAt(i) > 255;
    const address = this.header(wide ? KIND.stringTwo : KIND.stringOne, STRING.units + text.length * (wide ? 2 : 1));
    this.view.setInt32(address + STRING.length, text.length, true);
    for (let i = 0; i < text.length; i++) {
      if (wide) this.view.setUint16(address + STRING.units + i * 2, text.charCodeAt(i), true);
      else this.view.setUint8(address + STRING.units + i, text.charCodeAt(i));
    }
    return address;
  }

  slots(items: readonly val[]): ref {
    const address = this.header(KIND.slots, SLOTS.data + items.length * 8);
    this.view.setInt32(address + SLOTS.length, items.length, true);
    items.forEach((item, i) => this.view.setBigUint64(address + SLOTS.data + i * 8, item, true));
    return address;
  }

  array(items: readonly val[]): ref {
    const address = this.header(KIND.array, ARRAY.bytes);
    this.view.setInt32(address + ARRAY.length, items.length, true);
    this.view.setInt32(address + ARRAY.capacity, items.length, true);
    this.view.setInt32(address + ARRAY.data, items.length === 0 ? 0 : this.slots(items), true);
    return address;
  }

  object(fields: readonly (readonly [string, val])[], kind: number, classOf: ref, flags: number): ref {
    const shape = this.shape(fields.map(([key]) => key), kind, classOf, flags);
    const address = this.allocate(OBJECT.slots + fields.length * 8);
    this.view.setInt32(address, shape, true);
    fields.forEach(([, value], i) => this.view.setBigUint64(address + OBJECT.slots + i * 8, value, true));
    return address;
  }

  closureOfValues(func: (args: readonly val[], self: val) => val): val {
    const info = this.allocate(FUNCTION_INFO.bytes);
    this.view.setInt32(info + FUNCTION_INFO.name, this.string(func.name), true);
    this.view.setInt32(info + FUNCTION_INFO.parameterCount, func.length, true);
    const entry = (_: ref, self: val, argc: number, a0: val, a1: val, a2: val, a3: val, rest: ref): val => {
      const args = [a0, a1, a2, a3].slice(0, argc);
      if (rest !== 0) args.push(...this.items(rest));
      return func(args, self);
    };
    const closure = this.header(KIND.closure, CLOSURE.captures);
    this.view.setInt32(closure + CLOSURE.func, funcIndex(entry), true);
    this.view.setInt32(closure + CLOSURE.info, info, true);
    return boxObject(closure);
  }

  closure(func: (...args: never[]) => unknown): val {
    const run = (args: readonly val[], self: val): val => {
      const unboxed = args.map((arg) => this.unbox(arg, new Map()));
      try {
        // The caller of closure() declares what its function takes; tests pass matching values.
        return this.box(func.apply(this.unbox(self, new Map()), unboxed as never[]), new Map());
      } catch (error) {
        // A guest throw is a bare val (a bigint); a trap and a thrown value that is no error pass as they are.
        if (error instanceof ReferenceTrap || !(error instanceof Error)) throw error;
        throw this.box(error, new Map());
      }
    };
    Object.defineProperty(run, 'name', { value: func.name });
    Object.defineProperty(run, 'length', { value: func.length });
    return this.closureOfValues(run);
  }

  box(js: unknown, seen: Map<unknown, val>): val {
    switch (typeof js) {
      case 'undefined': return UNDEFINED;
      case 'boolean': return js ? TRUE : FALSE;
      case 'number': return boxF64(js);
      case 'string': return boxString(this.string(js));
      case 'function': return this.closure(js as (...args: never[]) => unknown); // any function may be a callback
      case 'object': return js === null ? NULL : (seen.get(js) ?? this.boxObject(js, seen));
      default: throw new Error(`the rig cannot box a ${typeof js}`);
    }
  }

  private boxObject(js: object, seen: Map<unknown, val>): val {
    const fix = (address: ref): val => {
      const value = boxRef(TAG.object, address);
      seen.set(js, value);
      return value;
    };
    if (Array.isArray(js)) {
      const address = this.array(Array.from(js, () => ABSENT));
      const value = fix(address);
      this.freezeLike(js, address);
      const data = this.view.getInt32(address + ARRAY.data, true);
      for (const key of js.keys()) {
        if (key in js) this.view.setBigUint64(data + SLOTS.data + key * 8, this.box(js[key], seen), true);
      }
      return value;
    }
    const isError = js instanceof Error;
    const keys = isError ? ['message', ...Object.keys(js)] : Object.keys(js);
    const address = this.object(keys.map((key) => [key, UNDEFINED]), isError ? KIND.error : KIND.object, isError ? classOf(js.name) : 0, 0);
    const value = fix(address);
    // Own keys of the object itself, read one by one.
    keys.forEach((key, i) => this.view.setBigUint64(address + OBJECT.slots + i * 8, this.box((js as Record<string, unknown>)[key], seen), true));
    this.freezeLike(js, address);
    return value;
  }

  private freezeLike(js: object, address: ref): void {
    if (Object.isFrozen(js)) this.view.setInt32(address + OBJECT_HEADER.meta, META.frozen | META.sealed | META.notExtensible, true);
  }

  private header(kind: number, byteLength: number): ref {
    const address = this.allocate(byteLength);
    this.view.setInt32(address, kindShape(kind), true);
    return address;
  }

  private shape(keys: readonly string[], kind: number, classOf: ref, flags: number): ref {
    const id = JSON.stringify([keys, kind, classOf, flags]);
    const known = this.staticShapes.get(id);
    if (known !== undefined) return known;
    const address = this.header(KIND.shape, SHAPE.bytes);
    const table = this.allocate(keys.length * 4);
    keys.forEach((key, i) => this.view.setInt32(table + i * 4, this.key(key), true));
    const words = { [SHAPE.kind]: kind, [SHAPE.flags]: flags, [SHAPE.inlineCapacity]: keys.length, [SHAPE.keyCount]: keys.length, [SHAPE.keys]: table, [SHAPE.class]: classOf };
    for (const [offset, word] of Object.entries(words)) this.view.setInt32(address + Number(offset), word, true);
    this.staticShapes.set(id, address);
    return address;
  }

  private key(text: string): str {
    const known = this.staticKeys.get(text) ?? this.string(text);
    this.staticKeys.set(text, known);
    return known;
  }

  // Guest to JavaScript -----------------------------------------------------------------------------------------------

  text(string: str): string {
    const parts: string[] = [];
    const todo = [string];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      const length = this.view.getInt32(at + STRING.length, true);
      const word = (offset: number): number => this.view.getInt32(at + offset, true);
      switch (this.kindOf(at)) {
        case KIND.rope: todo.push(word(STRING.right), word(STRING.left)); break;
        case KIND.slice: parts.push(this.text(word(STRING.base)).slice(word(STRING.start), word(STRING.start) + length)); break;
        case KIND.stringOne: parts.push(this.flat(at, length, 1)); break;
        case KIND.stringTwo: parts.push(this.flat(at, length, 2)); break;
        default: throw new Error(`no string at ${at}: kind ${this.kindOf(at)}`);
      }
    }
    return parts.join('');
  }

  unbox(value: val, seen: Map<ref, unknown>): unknown {
    if (isNumber(value)) return unboxF64(value);
    switch (value) {
      case UNDEFINED: return undefined;
      case NULL: return null;
      case FALSE: return false;
      case TRUE: return true;
      case ABSENT: throw new Error('an absent value reached the guest');
      default:
    }
    const address = unboxRef(value);
    if (tagOf(value) === TAG.string) return this.text(address);
    const special = this.unboxers.get(this.kindOf(address));
    if (special !== undefined) return special(address, (part) => this.unbox(part, seen));
    if (tagOf(value) !== TAG.object) throw new Error(`the rig cannot unbox ${value.toString(16)}`);
    if (seen.has(address)) return seen.get(address);
    switch (this.kindOf(address)) {
      case KIND.array: return this.unboxArray(address, seen);
      case KIND.object: return this.unboxFields(address, {}, seen);
      case KIND.error: return this.unboxError(address, seen);
      case KIND.closure: return this.unboxClosure(address);
      case KIND.dictionary: return this.unboxDictionary(address, seen);
      case KIND.map: return new Map(this.tableEntries(address, seen));
      case KIND.set: return new Set(this.tableEntries(address, seen).map(([key]) => key));
      default: throw new Error(`the rig cannot unbox kind ${this.kindOf(address)}`);
    }
  }

  guest<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw typeof error === 'bigint' ? this.unbox(error, new Map()) : error;
    }
  }

  private items(array: ref): val[] {
    const data = this.view.getInt32(array + ARRAY.data, true);
    const length = this.view.getInt32(array + ARRAY.length, true);
    return Array.from({ length }, (_, i) => this.view.getBigUint64(data + SLOTS.data + i * 8, true));
  }

  private unboxArray(address: ref, seen: Map<ref, unknown>): unknown[] {
    const items = this.items(address);
    const result: unknown[] = new Array(items.length);
    seen.set(address, result);
    items.forEach((item, i) => {
      if (item !== ABSENT) result[i] = this.unbox(item, seen);
    });
    return result;
  }

  private unboxFields(address: ref, result: object, seen: Map<ref, unknown>): unknown {
    seen.set(address, result);
    const shape = this.view.getInt32(address, true);
    const inline = this.view.getInt32(shape + SHAPE.inlineCapacity, true);
    const keys = this.view.getInt32(shape + SHAPE.keys, true);
    const count = this.view.getInt32(shape + SHAPE.keyCount, true);
    for (let i = 0; i < count; i++) {
      const at = i < inline ? address + OBJECT.slots + i * 8 : this.view.getInt32(address + OBJECT.overflow, true) + SLOTS.data + (i - inline) * 8;
      const item = this.view.getBigUint64(at, true);
      if (item === ABSENT) continue;
      const key = this.text(this.view.getInt32(keys + i * 4, true));
      Object.defineProperty(result, key, { value: this.unbox(item, seen), writable: true, enumerable: true, configurable: true });
    }
    return result;
  }

  private tableEntries(table: ref, seen: Map<ref, unknown>): [unknown, unknown][] {
    const entries = this.view.getInt32(table + MAP.entries, true) + SLOTS.data;
    const live: [unknown, unknown][] = [];
    for (let i = 0; i < this.view.getInt32(table + MAP.used, true); i++) {
      const key = this.view.getBigUint64(entries + 8 + i * 16, true);
      if (key !== ABSENT) live.push([this.unbox(key, seen), this.unbox(this.view.getBigUint64(entries + 16 + i * 16, true), seen)]);
    }
    return live;
  }

  private unboxDictionary(address: ref, seen: Map<ref, unknown>): unknown {
    const result = {};
    seen.set(address, result);
    for (const [key, value] of this.tableEntries(this.view.getInt32(address + OBJECT.overflow, true), seen)) {
      // Keys of a dictionary are strings; defineProperty takes any key.
      Object.defineProperty(result, key as string, { value, writable: true, enumerable: true, configurable: true });
    }
    return result;
  }

  private unboxError(address: ref, seen: Map<ref, unknown>): Error {
    const error = new Error();
    this.unboxFields(address, error, seen);
    const descriptor = this.view.getInt32(this.view.getInt32(address, true) + SHAPE.class, true);
    const name = descriptor === 0 ? 'Error' : this.text(this.view.getInt32(descriptor + CLASS.name, true));
    if (!Object.hasOwn(error, 'name')) Object.defineProperty(error, 'name', { value: name });
    return error;
  }

  private unboxClosure(address: ref): unknown {
    const func = this.view.getInt32(address + CLOSURE.func, true);
    return (...args: unknown[]): unknown => {
      const values = args.map((arg) => this.box(arg, new Map()));
      const at = (i: number): val => values[i] ?? UNDEFINED;
      const rest = values.length > 4 ? this.array(values.slice(4)) : 0;
      return this.guest(() => this.unbox(callClosure(func, address, UNDEFINED, values.length, at(0), at(1), at(2), at(3), rest), new Map()));
    };
  }

  private flat(address: ref, length: number, unitBytes: 1 | 2): string {
    let text = '';
    for (let i = 0; i < length; i++) {
      const at = address + STRING.units + i * unitBytes;
      text += String.fromCharCode(unitBytes === 1 ? this.view.getUint8(at) : this.view.getUint16(at, true));
    }
    return text;
  }

  private kindOf(address: ref): number {
    return this.view.getInt32(this.view.getInt32(address, true) + SHAPE.kind, true);
  }
}
