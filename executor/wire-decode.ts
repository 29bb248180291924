/**
 * Wire nodes to host values: plain objects, arrays, Map, Set, Date; each error becomes what the caller makes of it.
 * What the host cannot take (functions, promises, symbols, cycles) is a HostTypeError with the path to it; within an error,
 * which has to arrive in any case, a text like `[Function: f]` stands for it.
 *
 * W1: a property is defined, never assigned, where assignment could reach a setter: `__proto__` is a name like others.
 */
import { WIRE } from '../jit/abi.js';
import type { CrossedError } from './codec.js';
import { HostTypeError } from './errors.js';
import { WireReader, malformed } from './wire-bytes.js';
import { COMPOUND, primitive } from './wire-primitives.js';

/** Deeper than any encoder writes. */
const MAX_DEPTH = 6000;

export type MakeError = (error: CrossedError) => unknown;

/** `what` names the value in errors: `result`. */
export function decodeValue(payload: Uint8Array, makeError: MakeError, what = 'value'): unknown {
  if (payload.length === 0) return undefined;
  return new Decoder(new WireReader(payload), makeError, what).value(0);
}

/** Sets an own data property whatever its name is (W1). */
export function defineField(object: object, key: string | symbol, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else (object as Record<string | symbol, unknown>)[key] = value; // any object takes a named property
}

class Decoder {
  /** Keys and indices from the root to the value being read. */
  private readonly path: (string | number)[] = [];
  private withinErrors = 0;

  constructor(private readonly reader: WireReader, private readonly makeError: MakeError, private readonly what: string) {}

  value(depth: number): unknown {
    const { reader } = this;
    if (depth > MAX_DEPTH) throw malformed('nested too deep');
    const tag = reader.u8();
    const simple = primitive(reader, tag);
    if (simple !== COMPOUND) return simple;
    switch (tag) {
      case WIRE.fielded:
      case WIRE.array: return this.array(depth, tag === WIRE.fielded);
      case WIRE.object: return this.fields(depth, {});
      case WIRE.instance:
        reader.string(reader.u8());
        return this.fields(depth, {});
      case WIRE.map: return this.map(depth);
      case WIRE.set: return this.set(depth);
      case WIRE.error: return this.error(depth);
      default: return this.foreign(tag, depth);
    }
  }

  private part(key: string | number, depth: number): unknown {
    this.path.push(key);
    const value = this.value(depth + 1);
    this.path.pop();
    return value;
  }

  private array(depth: number, fielded: boolean): unknown[] {
    if (fielded && this.reader.u8() !== WIRE.array) throw malformed('properties of what is no array');
    const count = this.reader.count(1);
    const items: unknown[] = [];
    for (let i = 0; i < count; i++) {
      // A hole is no element; only the length counts it.
      if (this.reader.peek() === WIRE.hole) this.reader.u8();
      else items[i] = this.part(i, depth);
    }
    items.length = count;
    return fielded ? this.fields(depth, items) : items;
  }

  private fields<T extends object>(depth: number, object: T): T {
    const count = this.reader.count(6);
    for (let i = 0; i < count; i++) {
      const key = this.reader.string(this.reader.u8());
      defineField(object, key, this.part(key, depth));
    }
    return object;
  }

  private map(depth: number): Map<unknown, unknown> {
    const count = this.reader.count(2);
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < count; i++) {
      const key = this.part(`key ${i}`, depth);
      map.set(key, this.part(`value ${i}`, depth));
    }
    return map;
  }

  private set(depth: number): Set<unknown> {
    const count = this.reader.count(1);
    const set = new Set<unknown>();
    for (let i = 0; i < count; i++) set.add(this.part(`item ${i}`, depth));
    return set;
  }

  private error(depth: number): unknown {
    const { reader } = this;
    const libraryName = reader.string(reader.u8());
    reader.string(reader.u8());
    this.withinErrors++;
    const message = this.part('message', depth);
    const trace = Array.from({ length: reader.count(4) }, () => reader.i32());
    const { name, ...fields } = this.fields<Record<string, unknown>>(depth, {});
    this.withinErrors--;
    if (name !== undefined && typeof name !== 'string') defineField(fields, 'name', name);
    return this.makeError({
      name: typeof name === 'string' ? name : libraryName,
      message: message === undefined || typeof message === 'object' ? '' : String(message),
      trace,
      fields,
    });
  }

  /** Nodes without an equal in the host. */
  private foreign(tag: number, depth: number): string {
    const { reader } = this;
    switch (tag) {
      case WIRE.function: {
        reader.u8();
        const name = reader.string(reader.u8());
        this.value(depth + 1);
        // Payloads leave out what a function has of its own.
        reader.count(6);
        return this.instead(`[Function: ${name}]`, 'a function');
      }
      case WIRE.symbol: {
        const name = reader.string(reader.u8());
        return this.instead(`Symbol(${name.includes('@', 2) ? name.slice(name.indexOf('@', 2) + 1) : ''})`, 'a symbol');
      }
      case WIRE.foreign: {
        const name = reader.string(reader.u8());
        return this.instead(`[${name}]`, `a value of class ${name.replace(/^Object /, '')}`);
      }
      case WIRE.accessor:
        reader.u8();
        return this.instead('[Getter/Setter]', 'an accessor');
      case WIRE.promise:
        reader.u8();
        if (this.withinErrors > 0) this.value(depth + 1);
        return this.instead('[Promise]', 'a promise');
      case WIRE.regexp: {
        const source = reader.string(reader.u8());
        return this.instead(`/${source}/${reader.string(reader.u8())}`, 'a regular expression');
      }
      case WIRE.circular:
        return reader.u32() === 0 ? this.instead('[Object]', 'a value nested too deep') : this.instead('[Circular]', 'a value that contains itself');
      default:
        throw malformed(`tag ${tag}`);
    }
  }

  private instead(text: string, received: string): string {
    if (this.withinErrors > 0) return text;
    throw new HostTypeError(placeText(this.what, this.path), 'plain data', received);
  }
}

/** `result.items[2]["odd name"]`. */
export function placeText(what: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return /^[A-Za-z_$][\w$]*$/.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`;
  }, what);
}
