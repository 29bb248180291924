/**
 * Host values to wire nodes, checked by plans. Getters and proxies of the embedder may run while values are read; every
 * length and key list is read once, and what is written is the writer's own memory, so nothing can change behind a check.
 *
 * E1: own enumerable data crosses, and nothing else: no prototypes, no symbols, no functions.
 * E2: fields that a type does not name cross too, if they are plain data: JavaScript's values keep their extra fields.
 * E3: a union is tried in its order, among the members that the value's first level fits; how often members are tried
 *     again is bounded, so that no type makes checking exponential.
 */
import { types } from 'node:util';
import { WIRE } from '../jit/abi.js';
import type { Plan } from '../jit/artifact.js';
import { BrolgaError, HostTypeError, PayloadLimitError } from './errors.js';
import { WireWriter } from './wire-bytes.js';
import { placeText } from './wire-decode.js';
import { describePlan, describeValue, fits, suits } from './wire-plans.js';

export interface EncodeOptions {
  readonly plans: readonly Plan[];
  readonly maxDepth: number;
}

const ANY: Plan = { kind: 'any' };
/** Members of unions that are tried with a way back, per value. */
const MOST_TRIALS = 1000;

/** Writes one node; `what` names the value in errors. Throws HostTypeError or PayloadLimitError. */
export function encodeValue(writer: WireWriter, value: unknown, plan: Plan, options: EncodeOptions, what: string): void {
  new Encoder(writer, options, what).value(value, plan);
}

/** Whatever was thrown, as the guest will catch it. What of it cannot cross is left out. */
export function encodeThrown(error: unknown, maxBytes: number, maxDepth: number): Uint8Array {
  const options: EncodeOptions = { plans: [], maxDepth };
  const attempts: readonly (() => unknown)[] = [
    () => error,
    () => Object.assign(new Error(readText(error, 'message')), { name: readText(error, 'name') || 'Error' }),
    () => new Error('the host function failed with an error that cannot be read'),
  ];
  for (const attempt of attempts) {
    try {
      const writer = new WireWriter(maxBytes);
      const encoder = new Encoder(writer, options, 'error');
      const value = attempt();
      if (types.isNativeError(value) || value instanceof Error) encoder.error(value, true);
      else encoder.value(value, ANY);
      return writer.take();
    } catch {
      // The next attempt asks less of the value.
    }
  }
  return new Uint8Array(0);
}

function readText(value: unknown, key: string): string {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : key === 'message' ? String(value) : '';
  return typeof text === 'string' ? text.slice(0, 1000) : '';
}

class Encoder {
  private readonly path: (string | number)[] = [];
  /** The objects being written, from the root on. */
  private readonly open = new Set<object>();
  private trials = 0;

  constructor(private readonly writer: WireWriter, private readonly options: EncodeOptions, private readonly what: string) {}

  value(value: unknown, plan: Plan): void {
    switch (plan.kind) {
      case 'any': return this.any(value);
      case 'ref': return this.value(value, this.options.plans[plan.plan] ?? ANY);
      case 'union': return this.union(value, plan);
      case 'undefined':
        // `Promise<void>`: whatever the function gave is nobody's business.
        return this.path.length === 0 ? this.writer.u8(WIRE.undefined) : this.checked(value, plan);
      default: return this.checked(value, plan);
    }
  }

  private checked(value: unknown, plan: Plan): void {
    if (!fits(value, plan, this.options.plans)) throw this.mismatch(value, plan);
    switch (plan.kind) {
      // The casts repeat what `fits` has checked.
      case 'array': return this.array(value as readonly unknown[], () => plan.item);
      case 'tuple': return this.array(value as readonly unknown[], (i) => plan.items[i] ?? ANY);
      case 'object': return this.object(value as object, plan);
      case 'map': return this.map(value as ReadonlyMap<unknown, unknown>, plan.key, plan.value);
      case 'set': return this.set(value as ReadonlySet<unknown>, plan.item);
      case 'bigint': return this.writer.bigint(value as bigint);
      default: return this.any(value);
    }
  }

  private union(value: unknown, plan: Plan & { readonly kind: 'union' }): void {
    const fitting = plan.of.filter((member) => suits(value, member, this.options.plans));
    const [first, ...others] = fitting;
    if (first === undefined) throw this.mismatch(value, plan);
    if (others.length === 0) return this.strict(value, first);
    const start = this.writer.position;
    const depth = this.path.length;
    for (const member of fitting) {
      if (++this.trials > MOST_TRIALS) return this.strict(value, first);
      const opened = new Set(this.open);
      try {
        return this.strict(value, member);
      } catch (error) {
        if (!(error instanceof HostTypeError)) throw error;
        this.writer.rewind(start);
        this.path.length = depth;
        this.open.clear();
        for (const object of opened) this.open.add(object);
      }
    }
    throw this.mismatch(value, plan);
  }

  /** A member of a union: `undefined` means undefined there. */
  private strict(value: unknown, plan: Plan): void {
    if (plan.kind === 'undefined') this.writer.u8(WIRE.undefined);
    else this.value(value, plan);
  }

  // Without a plan ------------------------------------------------------------------------------------------------------

  private any(value: unknown): void {
    const { writer } = this;
    switch (typeof value) {
      case 'undefined': return writer.u8(WIRE.undefined);
      case 'boolean': return writer.u8(value ? WIRE.true : WIRE.false);
      case 'number': return writer.f64(WIRE.f64, value);
      case 'string': return writer.string(value);
      case 'object': return value === null ? writer.u8(WIRE.null) : this.anyObject(value);
      default: throw this.refused(value);
    }
  }

  private refused(value: unknown): HostTypeError {
    return new HostTypeError(this.place(), 'plain data', describeValue(value));
  }

  private anyObject(value: object): void {
    if (Array.isArray(value)) return this.array(value, () => ANY, true);
    if (types.isDate(value)) return this.writer.f64(WIRE.date, Date.prototype.getTime.call(value));
    if (types.isMap(value)) return this.map(value, ANY, ANY);
    if (types.isSet(value)) return this.set(value, ANY);
    if (types.isNativeError(value)) return this.error(value, false);
    if (isOpaque(value)) throw this.refused(value);
    return this.object(value, { kind: 'object', fields: [] });
  }

  // Parts ---------------------------------------------------------------------------------------------------------------

  private within(object: object, write: () => void): void {
    if (this.open.has(object)) throw new HostTypeError(this.place(), 'plain data', 'a value that contains itself');
    if (this.open.size >= this.options.maxDepth) throw new PayloadLimitError(this.options.maxDepth, this.options.maxDepth + 1, 'payloadDepth');
    this.open.add(object);
    write();
    this.open.delete(object);
  }

  private part(key: string | number, value: unknown, plan: Plan): void {
    this.path.push(key);
    this.value(value, plan);
    this.path.pop();
  }

  private array(items: readonly unknown[], planOf: (i: number) => Plan, holes = false): void {
    this.within(items, () => {
      const { length } = items;
      this.writer.u8(WIRE.array);
      this.writer.u32(length);
      for (let i = 0; i < length; i++) {
        if (holes && !Object.hasOwn(items, i)) this.writer.u8(WIRE.hole);
        else this.part(i, items[i], planOf(i));
      }
    });
  }

  private map(map: ReadonlyMap<unknown, unknown>, key: Plan, value: Plan): void {
    this.within(map, () => {
      const entries: [unknown, unknown][] = [];
      Map.prototype.forEach.call(map, (item, name) => void entries.push([name, item]));
      this.writer.u8(WIRE.map);
      this.writer.u32(entries.length);
      entries.forEach(([name, item], i) => {
        this.part(`key ${i}`, name, key);
        this.part(`value ${i}`, item, value);
      });
    });
  }

  private set(set: ReadonlySet<unknown>, item: Plan): void {
    this.within(set, () => {
      const items: unknown[] = [];
      Set.prototype.forEach.call(set, (each) => void items.push(each));
      this.writer.u8(WIRE.set);
      this.writer.u32(items.length);
      items.forEach((each, i) => this.part(`item ${i}`, each, item));
    });
  }

  private object(value: object, plan: Plan & { readonly kind: 'object' }): void {
    this.within(value, () => {
      const keys = Object.keys(value);
      for (const field of plan.fields) {
        if (!field.optional && !keys.includes(field.name) && !fits(undefined, field.plan, this.options.plans)) throw this.missing(field.name, field.plan);
      }
      this.writer.u8(WIRE.object);
      const at = this.writer.position;
      this.writer.u32(0);
      let count = 0;
      for (const key of keys) {
        const declared = plan.fields.find((field) => field.name === key);
        const item = this.read(value, key);
        if (!declared && !plan.index && (typeof item === 'function' || typeof item === 'symbol') && plan.fields.length > 0) continue;
        this.writer.string(key);
        if (declared?.optional === true && item === undefined) this.writer.u8(WIRE.undefined);
        else this.part(key, item, declared?.plan ?? plan.index ?? ANY);
        count++;
      }
      this.writer.setU32(at, count);
    });
  }

  /** `lenient`: fields that cannot cross are left out. */
  error(error: Error, lenient: boolean): void {
    this.within(error, () => {
      const name: unknown = this.read(error, 'name');
      const message: unknown = this.read(error, 'message');
      this.writer.u8(WIRE.error);
      this.writer.string(typeof name === 'string' ? name : 'Error');
      this.writer.string(typeof name === 'string' ? name : 'Error');
      this.writer.string(typeof message === 'string' ? message : String(message));
      this.writer.u32(0);
      const at = this.writer.position;
      this.writer.u32(0);
      const keys = Object.keys(error).filter((key) => !['name', 'message', 'stack'].includes(key));
      for (const hidden of ['cause', 'errors']) if (Object.hasOwn(error, hidden) && !keys.includes(hidden)) keys.push(hidden);
      let count = 0;
      for (const key of keys) count += this.errorField(error, key, lenient) ? 1 : 0;
      this.writer.setU32(at, count);
    });
  }

  private errorField(error: Error, key: string, lenient: boolean): boolean {
    const start = this.writer.position;
    const depth = this.path.length;
    const opened = [...this.open];
    try {
      this.writer.string(key);
      const value = this.read(error, key);
      this.path.push(key);
      if (lenient && types.isNativeError(value)) this.error(value, true);
      else this.any(value);
      this.path.pop();
      return true;
    } catch (problem) {
      if (!lenient) throw problem;
      this.writer.rewind(start);
      this.path.length = depth;
      this.open.clear();
      for (const object of opened) this.open.add(object);
      return false;
    }
  }

  private read(object: object, key: string): unknown {
    try {
      return Reflect.get(object, key);
    } catch (error) {
      if (error instanceof BrolgaError) throw error;
      throw new HostTypeError(placeText(this.what, [...this.path, key]), 'plain data', 'a property that throws when it is read');
    }
  }

  // Errors --------------------------------------------------------------------------------------------------------------

  private place(): string {
    return placeText(this.what, this.path);
  }

  private mismatch(value: unknown, plan: Plan): HostTypeError {
    return new HostTypeError(this.place(), describePlan(plan, this.options.plans), describeValue(value));
  }

  private missing(name: string, plan: Plan): HostTypeError {
    return new HostTypeError(placeText(this.what, [...this.path, name]), describePlan(plan, this.options.plans), 'nothing: the property is missing');
  }
}

/** Objects whose meaning is not in their own properties, and that programs have no equal of. */
function isOpaque(value: object): boolean {
  return (
    ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value) || types.isPromise(value) || types.isWeakMap(value) || types.isWeakSet(value) || types.isRegExp(value) || types.isGeneratorObject(value) ||
    types.isBoxedPrimitive(value) || types.isExternal(value) || value instanceof WeakRef
  );
}
