/**
 * Console arguments of the guest, printed as Node would print them: each wire node becomes a stand-in of the same
 * nature (an instance of a class of that name, a function, a promise, an error with that stack, a cycle), and Node's own
 * formatter does the rest.
 */
import { inspect } from 'node:util';
import { FUNCTION_FLAGS, SETTLED, WIRE } from '../jit/abi.js';
import { formatArguments } from './console-text.js';
import { WireReader, malformed } from './wire-bytes.js';
import { defineField } from './wire-decode.js';
import { COMPOUND, primitive } from './wire-primitives.js';

/** Lines `    at …` of a stack, from the sites of its trace. */
export type StackLines = (trace: readonly number[]) => readonly string[];

/** The text that Node's console prints for an array node of arguments at a level, or as LOG_ASKS says. */
export function formatLog(payload: Uint8Array, level: number, stackLines: StackLines = () => []): string {
  const args = new StandIns(new WireReader(payload), stackLines).value();
  if (!Array.isArray(args)) throw malformed('a log without arguments');
  return formatArguments(level, args);
}

/** What a value node stands for, made of objects of the same nature. */
export const standIn = (payload: Uint8Array, stackLines: StackLines = () => []): unknown => new StandIns(new WireReader(payload), stackLines).value();

/** The class of what inherits nothing. */
const BARE = '[Object: null prototype]';

type AnyClass = new (...args: never[]) => object;

const named = <F extends object>(func: F, name: string): F =>
  Object.defineProperty(func, 'name', { value: name, configurable: true });

/** `parent` null: no class above but Object. */
function classNamed(name: string, parent: AnyClass | null): AnyClass {
  return named(parent === null ? class {} : class extends parent {}, name);
}

const BASE_ERRORS: Readonly<Record<string, AnyClass>> = {
  Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError,
};

const hide = (object: object, key: string | symbol, value: unknown): void =>
  void Object.defineProperty(object, key, { value, writable: true, configurable: true, enumerable: false });

/** The well-known symbols by their names. */
const WELL_KNOWN: ReadonlyMap<string, symbol> = new Map(
  Object.getOwnPropertyNames(Symbol).flatMap((name) => {
    const found: unknown = Reflect.get(Symbol, name);
    return typeof found === 'symbol' ? [[`\0@@Symbol.${name}`, found] as const] : [];
  }),
);

/** Fields of errors that enumeration skips. */
const HIDDEN_FIELDS = ['message', 'cause', 'stack'];

class StandIns {
  /** Containers from the arguments' array to the one being made: cycles lead back to them. */
  private readonly open: unknown[] = [];
  /** Symbols by the names that the guest has for them (SYMBOL_NAMES in jit/abi.ts). */
  private readonly symbols = new Map<string, symbol>();

  constructor(private readonly reader: WireReader, private readonly stackLines: StackLines) {}

  value(longer = -1): unknown {
    const { reader } = this;
    const tag = reader.u8();
    const simple = primitive(reader, tag);
    if (simple !== COMPOUND) return simple;
    switch (tag) {
      case WIRE.object: return this.within({}, (object) => this.fields(object));
      case WIRE.instance: return this.instance();
      case WIRE.map: return this.within(new Map<unknown, unknown>(), (map) => this.entries(map, longer));
      case WIRE.set: return this.within(new Set<unknown>(), (set) => this.items(set, longer));
      case WIRE.error: return this.error();
      case WIRE.fielded:
      case WIRE.array: return this.array(longer, tag === WIRE.fielded);
      case WIRE.longer: return this.value(reader.u32());
      case WIRE.function: return this.func();
      case WIRE.promise: return this.promise();
      case WIRE.circular: return this.circular();
      case WIRE.foreign: return (this.text() ?? '') === 'WeakMap' ? new WeakMap() : new WeakSet();
      case WIRE.symbol: return this.symbol(this.text() ?? '');
      case WIRE.regexp: return this.regexp();
      default: throw malformed(`tag ${tag} in a log`);
    }
  }

  /** A string node, or undefined. */
  private text(): string | undefined {
    const tag = this.reader.u8();
    return tag === WIRE.undefined ? undefined : this.reader.string(tag);
  }

  private within<T>(container: T, fill: (container: T) => void): T {
    this.open.push(container);
    fill(container);
    this.open.pop();
    return container;
  }

  private regexp(): RegExp {
    const source = this.text() ?? '';
    return new RegExp(source, this.text());
  }

  private array(longer: number, fielded: boolean): unknown[] {
    if (fielded && this.reader.u8() !== WIRE.array) throw malformed('properties of what is no array');
    return this.within<unknown[]>([], (items) => {
      const count = this.reader.count(1);
      for (let i = 0; i < count; i++) {
        if (this.reader.peek() === WIRE.hole) this.reader.u8();
        else items[i] = this.value();
      }
      items.length = longer < 0 ? count : longer;
      if (fielded) this.fields(items);
    });
  }

  private fields(object: object): void {
    const count = this.reader.count(6);
    for (let i = 0; i < count; i++) {
      const name = this.text() ?? '';
      this.field(object, name.startsWith('\0@') ? this.symbol(name) : name);
    }
  }

  private field(object: object, key: string | symbol): void {
    const hidden = this.reader.peek() === WIRE.hidden;
    if (hidden) this.reader.u8();
    if (this.reader.peek() === WIRE.accessor) {
      this.reader.u8();
      const parts = this.reader.u8();
      const accessor = { ...(parts & 1 ? { get: () => undefined } : {}), ...(parts & 2 ? { set: () => {} } : {}) };
      Object.defineProperty(object, key, { ...accessor, enumerable: !hidden, configurable: true });
    } else if (hidden) hide(object, key, this.value());
    else defineField(object, key, this.value());
  }

  private symbol(name: string): symbol {
    const known = WELL_KNOWN.get(name) ?? this.symbols.get(name);
    if (known) return known;
    const at = name.indexOf('@', 2);
    const made = at < 0 ? Symbol() : Symbol(name.slice(at + 1));
    this.symbols.set(name, made);
    return made;
  }

  private instance(): object {
    const name = this.text() ?? '';
    const made: object = Object.create(name === BARE ? null : classNamed(name, null).prototype);
    return this.within(made, (object) => this.fields(object));
  }

  private entries(map: Map<unknown, unknown>, longer: number): void {
    const count = this.reader.count(2);
    for (let i = 0; i < count; i++) {
      const key = this.value();
      map.set(key, this.value());
    }
    while (map.size < longer) map.set(Symbol(), 0);
  }

  private items(set: Set<unknown>, longer: number): void {
    const count = this.reader.count(1);
    for (let i = 0; i < count; i++) set.add(this.value());
    while (set.size < longer) set.add(Symbol());
  }

  private func(): object {
    const flags = this.reader.u8();
    const name = this.text() ?? '';
    return this.within(this.callable(flags, name, this.text()), (func) => this.fields(func));
  }

  private callable(flags: number, name: string, parent: string | undefined): object {
    if (flags & FUNCTION_FLAGS.class) return classNamed(name, parent === undefined ? null : classNamed(parent, null));
    const isAsync = (flags & FUNCTION_FLAGS.async) !== 0;
    if (flags & FUNCTION_FLAGS.generator) return named(isAsync ? async function* () {} : function* () {}, name);
    return named(isAsync ? async () => {} : () => {}, name);
  }

  private promise(): Promise<unknown> {
    const status = this.reader.u8();
    let settle: { resolve(value: unknown): void; reject(error: unknown): void } = { resolve: () => {}, reject: () => {} };
    const made = new Promise((resolve, reject) => (settle = { resolve, reject }));
    made.catch(() => {});
    // Asynchronous hooks of the embedder's process leave marks on promises that are not the guest's.
    for (const key of Object.getOwnPropertySymbols(made)) Reflect.deleteProperty(made, key);
    return this.within(made, () => {
      const value = this.value();
      if (status === SETTLED.rejected) settle.reject(value);
      if (status === SETTLED.fulfilled) settle.resolve(value);
    });
  }

  private circular(): unknown {
    const up = this.reader.u32();
    if (up === 0) return { [inspect.custom]: () => '[Object]' };
    if (up > this.open.length) throw malformed(`a cycle over ${up} levels`);
    return this.open[this.open.length - up];
  }

  private error(): object {
    const libraryName = this.text() ?? 'Error';
    const className = this.text() ?? libraryName;
    const base = BASE_ERRORS[libraryName] ?? Error;
    const Class = className === libraryName ? base : classNamed(className, base);
    // Made by Error itself, so that the formatter takes it for one; the prototype gives name and class.
    const made: object = Reflect.construct(Error, [], Class);
    return this.within(made, () => {
      const message = this.value();
      if (message !== undefined) hide(made, 'message', message);
      const trace = Array.from({ length: this.reader.count(4) }, () => this.reader.i32());
      this.errorFields(made, libraryName === 'AggregateError' ? [...HIDDEN_FIELDS, 'errors'] : HIDDEN_FIELDS);
      // V8 makes the first line when the stack is first read: a name given later counts.
      const own: unknown = Object.getOwnPropertyDescriptor(made, 'name')?.value;
      const name = typeof own === 'string' ? own : libraryName;
      const head = typeof message === 'string' && message !== '' ? `${name}: ${message}` : name;
      hide(made, 'stack', [head, ...this.stackLines(trace)].join('\n'));
    });
  }

  private errorFields(error: object, hidden: readonly string[]): void {
    const count = this.reader.count(6);
    for (let i = 0; i < count; i++) {
      const key = this.text() ?? '';
      if (key === 'message') this.value();
      else if (hidden.includes(key) && this.reader.peek() !== WIRE.hidden) hide(error, key, this.value());
      else this.field(error, key.startsWith('\0@') ? this.symbol(key) : key);
    }
  }
}
