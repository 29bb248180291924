/**
 * Bytes of wire nodes: a writer that grows up to the payload's limit, and a reader that never leaves its payload.
 * Both work on private memory or views; neither runs code of the embedder.
 */
import { WIRE } from '../jit/abi.js';
import { InternalError, PayloadLimitError } from './errors.js';

const FIRST_BYTES = 256;
/** Below this, a loop over the units beats a call into the runtime. */
const SHORT_STRING = 16;

/** Whether all UTF-16 units fit a byte. */
function isOneByte(text: string): boolean {
  if (text.length >= SHORT_STRING) return !/[^\x00-\xff]/.test(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}

export class WireWriter {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private length = 0;

  constructor(private readonly maxBytes: number) {}

  /** Where the next byte goes; `rewind` returns to it. */
  get position(): number {
    return this.length;
  }

  rewind(position: number): void {
    this.length = position;
  }

  /** What was written. */
  take(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  u8(value: number): void {
    const at = this.reserve(1);
    this.buffer[at] = value;
  }

  u32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeUInt32LE(value, at);
  }

  /** Writes a count that becomes known later. */
  setU32(at: number, value: number): void {
    this.buffer.writeUInt32LE(value, at);
  }

  f64(tag: number, value: number): void {
    const at = this.reserve(9);
    this.buffer[at] = tag;
    this.buffer.writeDoubleLE(value, at + 1);
  }

  string(text: string): void {
    const units = text.length;
    const oneByte = isOneByte(text);
    const at = this.reserve(5 + (oneByte ? units : units * 2));
    this.buffer[at] = oneByte ? WIRE.string1 : WIRE.string2;
    this.buffer.writeUInt32LE(units, at + 1);
    if (!oneByte) this.buffer.write(text, at + 5, 'utf16le');
    else if (units >= SHORT_STRING) this.buffer.write(text, at + 5, 'latin1');
    else for (let i = 0; i < units; i++) this.buffer[at + 5 + i] = text.charCodeAt(i);
  }

  bigint(value: bigint): void {
    const digits = (value < 0n ? -value : value).toString(16);
    const count = value === 0n ? 0 : Math.ceil(digits.length / 8);
    const at = this.reserve(6 + count * 4);
    this.buffer[at] = WIRE.bigint;
    this.buffer[at + 1] = value < 0n ? 1 : 0;
    this.buffer.writeUInt32LE(count, at + 2);
    for (let i = 0; i < count; i++) {
      const end = digits.length - i * 8;
      this.buffer.writeUInt32LE(Number.parseInt(digits.slice(Math.max(0, end - 8), end), 16), at + 6 + i * 4);
    }
  }

  private reserve(byteLength: number): number {
    const at = this.length;
    const end = at + byteLength;
    if (end > this.maxBytes) throw new PayloadLimitError(this.maxBytes, end);
    if (end > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.min(this.maxBytes, Math.max(end, this.buffer.length * 2)));
      this.buffer.copy(grown, 0, 0, at);
      this.buffer = grown;
    }
    this.length = end;
    return at;
  }
}

export class WireReader {
  private readonly buffer: Buffer;
  private at = 0;

  constructor(payload: Uint8Array) {
    this.buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  }

  /** The next byte, which stays the next. */
  peek(): number {
    return this.buffer[this.at] ?? 0;
  }

  u8(): number {
    return this.buffer[this.skip(1)] ?? 0;
  }

  u32(): number {
    return this.buffer.readUInt32LE(this.skip(4));
  }

  i32(): number {
    return this.buffer.readInt32LE(this.skip(4));
  }

  f64(): number {
    return this.buffer.readDoubleLE(this.skip(8));
  }

  /** Behind its tag. */
  bigint(): bigint {
    const negative = this.u8() === 1;
    let digits = '';
    for (let left = this.count(4); left > 0; left--) digits = this.u32().toString(16).padStart(8, '0') + digits;
    const size = BigInt(`0x0${digits}`);
    return negative ? -size : size;
  }

  /** A count of parts that take at least `leastBytes` each: what the payload cannot hold is refused before any is made. */
  count(leastBytes: number): number {
    const count = this.u32();
    if (count * leastBytes > this.buffer.length - this.at) throw malformed(`${count} parts in ${this.buffer.length - this.at} bytes`);
    return count;
  }

  /** The string behind a string tag. */
  string(tag: number): string {
    const units = this.u32();
    if (tag === WIRE.string2) {
      const at = this.skip(units * 2);
      return this.buffer.toString('utf16le', at, at + units * 2);
    }
    if (tag !== WIRE.string1) throw malformed(`tag ${tag} where a string stands`);
    const at = this.skip(units);
    if (units >= SHORT_STRING) return this.buffer.toString('latin1', at, at + units);
    let text = '';
    for (let i = 0; i < units; i++) text += String.fromCharCode(this.buffer[at + i] ?? 0);
    return text;
  }

  private skip(byteLength: number): number {
    const at = this.at;
    if (at + byteLength > this.buffer.length) throw malformed(`${byteLength} bytes at ${at} of ${this.buffer.length}`);
    this.at = at + byteLength;
    return at;
  }
}

export const malformed = (detail: string): InternalError => new InternalError(`malformed payload: ${detail}`);
