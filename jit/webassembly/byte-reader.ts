/**
 * Reads the elementary parts of the binary format: LEB128 integers, names, vectors. Offsets count from the module's start.
 */

/** What the reader cannot read: a damaged module, or one that uses what brolga does not take. */
export class WasmReadError extends Error {
  override readonly name = 'WasmReadError';
  constructor(message: string, readonly offset: number) {
    super(message);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class ByteReader {
  constructor(readonly bytes: Uint8Array, public offset = 0, readonly end = bytes.length) {}

  get done(): boolean {
    return this.offset >= this.end;
  }

  fail(message: string, offset = this.offset): never {
    throw new WasmReadError(message, offset);
  }

  u8(): number {
    const byte = this.bytes[this.offset];
    if (byte === undefined || this.done) this.fail('unexpected end');
    this.offset++;
    return byte;
  }

  u32(): number {
    return Number(this.#leb(32, false));
  }

  /** Signed, in 33 bits: a block type. */
  s33(): number {
    return Number(this.#leb(33, true));
  }

  s32(): bigint {
    return this.#leb(32, true);
  }

  s64(): bigint {
    return this.#leb(64, true);
  }

  /** Little-endian bits, unsigned. */
  bits(byteCount: 4 | 8): bigint {
    const bytes = this.take(byteCount);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return byteCount === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true);
  }

  take(count: number): Uint8Array {
    if (this.offset + count > this.end) this.fail('unexpected end');
    const start = this.offset;
    this.offset += count;
    return this.bytes.subarray(start, this.offset);
  }

  text(): string {
    const at = this.offset;
    try {
      return utf8.decode(this.take(this.u32()));
    } catch (error) {
      if (error instanceof WasmReadError) throw error;
      return this.fail('malformed UTF-8 encoding', at);
    }
  }

  list<Item>(read: () => Item): Item[] {
    const count = this.u32();
    const items: Item[] = [];
    for (let i = 0; i < count; i++) items.push(read());
    return items;
  }

  /** A reader of the next `count` bytes, which this one skips. */
  part(count: number): ByteReader {
    const start = this.offset;
    this.take(count);
    return new ByteReader(this.bytes, start, start + count);
  }

  #leb(width: number, signed: boolean): bigint {
    let result = 0n;
    for (let shift = 0; shift < width + 7; shift += 7) {
      const byte = this.u8();
      result |= BigInt(byte & 0x7f) << BigInt(shift);
      if ((byte & 0x80) === 0) return signed ? BigInt.asIntN(Math.min(width, shift + 7), result) : BigInt.asUintN(width, result);
    }
    return this.fail('integer representation too long');
  }
}
