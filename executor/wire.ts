/**
 * The wire codec: host values to wire nodes and back (jit/abi.ts, "Wire format"). Encoding checks values by plans made
 * from their declared types, decoding trusts nothing but the bounds of the payload.
 */
import { WireWriter } from './wire-bytes.js';
import type { Codec } from './codec.js';
import { encodeThrown, encodeValue } from './wire-encode.js';
import { decodeValue } from './wire-decode.js';
import { formatLog, standIn } from './wire-log.js';

export { formatLog } from './wire-log.js';

/** The codec that executors get. */
export const wireCodec: Codec = {
  encode: (value, plan, plans, limits, what) => {
    const writer = new WireWriter(limits.payloadBytes);
    encodeValue(writer, value, plan, { plans, maxDepth: limits.payloadDepth }, what);
    return writer.take();
  },
  encodeError: (error, limits) => encodeThrown(error, limits.payloadBytes, limits.payloadDepth),
  decode: (payload, makeError, what) => decodeValue(payload, makeError, what),
  standIn: (payload, stackLines) => standIn(payload, stackLines),
  formatLog: (payload, level, stackLines) => formatLog(payload, level, stackLines),
};
