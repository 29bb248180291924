/**
 * Static data that lowering asks for: strings, function infos, key lists and shapes, as data symbols of a module.
 *
 * Promises: equal contents have equal symbols, within a module and across modules, so that linking merges them.
 * Layouts are those of jit/abi.ts.
 */
import { createHash } from 'node:crypto';
import { BIGINT, CLASS, CLASS_CLOSURE, CLASS_FLAGS, FUNCTION_FLAGS, FUNCTION_INFO, KIND, OBJECT_HEADER, SHAPE, SHAPE_BITS, SHAPE_FLAGS, STRING, SYMBOL_NAMES, kindShape } from '../../abi.js';
import type { DataSymbol, IrModule } from '../../../ir/function.js';
import { stringHash } from '../../string-hash.js';

type Relocation = DataSymbol['relocations'][number];

const PLAIN_TEXT = /^[A-Za-z0-9_]{1,40}$/;

/** A short name for any text: the text itself where it is a word, else a digest. */
export function contentName(text: string): string {
  if (PLAIN_TEXT.test(text)) return text;
  return `$${createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 24)}`;
}

export function defineData(
  module: IrModule,
  name: string,
  bytes: Uint8Array,
  relocations: readonly Relocation[] = [],
  align = 8,
  functionRelocations: DataSymbol['functionRelocations'] = [],
): string {
  module.data.set(name, { name, align, bytes, relocations, functionRelocations });
  return name;
}

/** Symbol of the flat string object with this text. */
export function stringSymbol(module: IrModule, text: string): string {
  const name = `str$${contentName(text)}`;
  if (module.data.has(name)) return name;
  const wide = [...Array(text.length).keys()].some((index) => text.charCodeAt(index) > 0xff);
  const byteLength = STRING.units + text.length * (wide ? 2 : 1);
  const bytes = new Uint8Array((byteLength + 7) & ~7);
  const view = new DataView(bytes.buffer);
  view.setInt32(OBJECT_HEADER.shape, kindShape(wide ? KIND.stringTwo : KIND.stringOne), true);
  view.setInt32(STRING.hash, stringHash(text), true);
  view.setInt32(STRING.length, text.length, true);
  for (let index = 0; index < text.length; index++) {
    if (wide) view.setUint16(STRING.units + 2 * index, text.charCodeAt(index), true);
    else view.setUint8(STRING.units + index, text.charCodeAt(index));
  }
  return defineData(module, name, bytes);
}

/** Symbol of a bigint that is not negative. */
export function bigIntSymbol(module: IrModule, value: bigint): string {
  const name = `big$${value}`;
  if (module.data.has(name)) return name;
  const count = value === 0n ? 0 : Math.ceil(value.toString(16).length / 8);
  const bytes = new Uint8Array((BIGINT.digits + 4 * count + 7) & ~7);
  const view = new DataView(bytes.buffer);
  view.setInt32(OBJECT_HEADER.shape, kindShape(KIND.bigint), true);
  view.setInt32(BIGINT.room, count, true);
  view.setInt32(BIGINT.length, count, true);
  for (let i = 0; i < count; i++) view.setUint32(BIGINT.digits + 4 * i, Number((value >> BigInt(32 * i)) & 0xffffffffn), true);
  return defineData(module, name, bytes);
}

/** Symbol of a FUNCTION_INFO. */
export function functionInfoSymbol(
  module: IrModule,
  functionName: string,
  parameterCount: number,
  captureCount: number,
  flags: number,
): string {
  const name = `info$${contentName(functionName)}$${parameterCount}$${captureCount}$${flags}`;
  if (module.data.has(name)) return name;
  const bytes = new Uint8Array(FUNCTION_INFO.bytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(FUNCTION_INFO.parameterCount, parameterCount, true);
  view.setInt32(FUNCTION_INFO.captureCount, captureCount, true);
  view.setInt32(FUNCTION_INFO.flags, flags, true);
  return defineData(module, name, bytes, [{ offset: FUNCTION_INFO.name, symbol: stringSymbol(module, functionName) }]);
}

/** Symbol of a list of static strings: a pointer each. */
export function keysSymbol(module: IrModule, keys: readonly string[]): string {
  const name = `keys$${contentName(keys.join('\0'))}`;
  if (module.data.has(name)) return name;
  const relocations = keys.map((key, index) => ({ offset: 4 * index, symbol: stringSymbol(module, key) }));
  return defineData(module, name, new Uint8Array(Math.max(4, 4 * keys.length)), relocations, 4);
}

const isFlagName = (key: string): key is keyof typeof SHAPE_FLAGS => Object.hasOwn(SHAPE_FLAGS, key);

function flagOf(key: string): number {
  if (key === SYMBOL_NAMES.toPrimitive) return SHAPE_BITS.toPrimitive;
  return isFlagName(key) ? SHAPE_FLAGS[key] : 0;
}

/** SHAPE_FLAGS and SHAPE_BITS of objects with properties or members of these names. */
export const flagsOf = (names: readonly string[]): number => names.reduce((bits, name) => bits | flagOf(name), 0);

/** Symbol of the shape of plain objects with these keys, in this order, all of them inline. */
export function shapeSymbol(module: IrModule, keys: readonly string[]): string {
  const name = `shape$${contentName(keys.join('\0'))}$${keys.length}`;
  if (module.data.has(name)) return name;
  const flags = flagsOf(keys);
  const bytes = new Uint8Array(SHAPE.bytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(OBJECT_HEADER.shape, kindShape(KIND.shape), true);
  view.setInt32(SHAPE.kind, KIND.object, true);
  view.setInt32(SHAPE.flags, flags, true);
  view.setInt32(SHAPE.inlineCapacity, keys.length, true);
  view.setInt32(SHAPE.keyCount, keys.length, true);
  return defineData(module, name, bytes, [{ offset: SHAPE.keys, symbol: keysSymbol(module, keys) }]);
}

/** Errors that are DOMExceptions, by the names that they have. */
const DOM_EXCEPTIONS: ReadonlySet<string> = new Set(['AbortError', 'TimeoutError', 'DataCloneError']);

/** The class that a library class extends, if it does: every error extends Error. */
function parentOf(className: string): string | null {
  if (DOM_EXCEPTIONS.has(className)) return 'DOMException';
  return className === 'DOMException' || (className !== 'Error' && className.endsWith('Error')) ? 'Error' : null;
}

/** Inline slots of errors: message and cause. */
const ERROR_SLOTS = 2;

/** Symbol of the descriptor of a class of the library. */
export function classSymbol(module: IrModule, className: string): string {
  const name = `class$${className}`;
  if (module.data.has(name)) return name;
  const bytes = new Uint8Array(CLASS.bytes);
  const parent = parentOf(className);
  const isError = className === 'Error' || parent !== null;
  new DataView(bytes.buffer).setInt32(CLASS.flags, CLASS_FLAGS.library | (isError ? CLASS_FLAGS.error | (ERROR_SLOTS << CLASS_FLAGS.capacity) : 0), true);
  return defineData(module, name, bytes, [
    { offset: CLASS.name, symbol: stringSymbol(module, className) },
    ...(parent === null ? [] : [{ offset: CLASS.parent, symbol: classSymbol(module, parent) }]),
    ...(isError ? [{ offset: CLASS.info, symbol: functionInfoSymbol(module, className, className === 'AggregateError' ? 2 : 1, CLASS_CLOSURE.count, FUNCTION_FLAGS.class) }] : []),
  ]);
}
