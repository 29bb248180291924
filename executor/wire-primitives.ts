/** Wire nodes without parts, which every reader takes alike. */
import { WIRE } from '../jit/abi.js';
import type { WireReader } from './wire-bytes.js';

/** What `primitive` gives for the tag of a node that has parts. */
export const COMPOUND = Symbol('compound');

/** The value of a node whose tag has just been read. */
export function primitive(reader: WireReader, tag: number): unknown {
  switch (tag) {
    case WIRE.undefined: return undefined;
    case WIRE.null: return null;
    case WIRE.false: return false;
    case WIRE.true: return true;
    case WIRE.f64: return reader.f64();
    case WIRE.string1:
    case WIRE.string2: return reader.string(tag);
    case WIRE.date: return new Date(reader.f64());
    case WIRE.bigint: return reader.bigint();
    default: return COMPOUND;
  }
}
