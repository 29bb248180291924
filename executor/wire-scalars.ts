/**
 * Scalars with nodes of their own: bigints, and bytes with their element kind.
 */
import { types } from 'node:util';
import { WIRE } from '../jit/abi.js';
import { malformed, type WireReader, type WireWriter } from './wire-bytes.js';

/** Element kinds of `bytes` nodes, by number. */
const VIEWS = [
  ArrayBuffer, Uint8Array, Int8Array, Uint8ClampedArray, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array, DataView,
] as const;

/** Number of the element kind, or -1. A Buffer is a Uint8Array. */
export function viewKind(value: object): number {
  if (types.isAnyArrayBuffer(value)) return 0;
  if (types.isDataView(value)) return VIEWS.length - 1;
  if (!types.isTypedArray(value)) return -1;
  return VIEWS.findIndex((view) => view.name === value[Symbol.toStringTag]);
}

export function writeBytes(writer: WireWriter, value: object, kind: number): void {
  // What viewKind told apart: a buffer itself or a view of one.
  const bytes = kind === 0 ? new Uint8Array(value as ArrayBuffer) : viewBytes(value as ArrayBufferView);
  writer.u8(WIRE.bytes);
  writer.u8(kind);
  writer.u32(bytes.length);
  writer.bytes(bytes);
}

const viewBytes = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

export function readBytes(reader: WireReader): unknown {
  const View = VIEWS[reader.u8()];
  if (View === undefined) throw malformed('unknown kind of bytes');
  const { buffer } = reader.bytes(reader.u32());
  if (View === ArrayBuffer) return buffer;
  // Every other entry of the table is a view's constructor; the buffer is a fresh copy, never shared.
  return new (View as new (buffer: ArrayBufferLike) => ArrayBufferView)(buffer);
}

const DIGIT = 2n ** 32n;

export function writeBigInt(writer: WireWriter, value: bigint): void {
  const digits: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest /= DIGIT) digits.push(Number(rest % DIGIT));
  writer.u8(WIRE.bigint);
  writer.u8(value < 0n ? 1 : 0);
  writer.u32(digits.length);
  for (const digit of digits) writer.u32(digit);
}

export function readBigInt(reader: WireReader): bigint {
  const negative = reader.u8() === 1;
  const digits = Array.from({ length: reader.count(4) }, () => reader.u32());
  const size = digits.reduceRight((sum, digit) => sum * DIGIT + BigInt(digit), 0n);
  return negative ? -size : size;
}
