/**
 * Single-precision floats as JavaScript numbers. All but NaNs are exact as they are. The bits of a NaN are kept as those of
 * the double that has the same sign and starts its payload with the same 23 bits: converting by the engine would make
 * signalling ones quiet.
 *
 * Needs an engine that moves doubles without changing their bits, as V8 does.
 */

const scratch = new DataView(new ArrayBuffer(8));

const SIGN = 0x80000000 | 0;
const EXPONENT = 0x7f800000;
const PAYLOAD = 0x007fffff;
const DOUBLE_EXPONENT = 0x7ff00000;
const DOUBLE_PAYLOAD_HIGH = 0x000fffff;
const DOUBLE_QUIET = 0x00080000;
/** Bits of the payload that stand in the double's high word. */
const HIGH_BITS = 20;
const LOW_BITS = 23 - HIGH_BITS;

/** The float with these bits. */
export function singleOfBits(bits: number): number {
  if ((bits & EXPONENT) !== EXPONENT || (bits & PAYLOAD) === 0) {
    scratch.setInt32(0, bits);
    return scratch.getFloat32(0);
  }
  const payload = bits & PAYLOAD;
  scratch.setInt32(0, (bits & SIGN) | DOUBLE_EXPONENT | (payload >> LOW_BITS));
  scratch.setInt32(4, payload << (32 - LOW_BITS));
  return scratch.getFloat64(0);
}

/** The bits of a float. A NaN whose payload is all in what a single cannot hold becomes a quiet one. */
export function bitsOfSingle(value: number): number {
  if (value === value) {
    scratch.setFloat32(0, value);
    return scratch.getInt32(0);
  }
  scratch.setFloat64(0, value);
  const high = scratch.getInt32(0);
  const payload = ((high & DOUBLE_PAYLOAD_HIGH) << LOW_BITS) | (scratch.getInt32(4) >>> (32 - LOW_BITS));
  return (high & SIGN) | EXPONENT | (payload === 0 ? (PAYLOAD + 1) >> 1 : payload);
}

/** What arithmetic makes of a NaN: the same one, quiet. Other values pass. */
export function quieted(value: number): number {
  if (value === value) return value;
  scratch.setFloat64(0, value);
  scratch.setInt32(0, scratch.getInt32(0) | DOUBLE_QUIET);
  return scratch.getFloat64(0);
}

/** The value with the other sign; `-x` says nothing about the sign of a NaN. */
export function negated(value: number): number {
  if (value === value) return -value;
  scratch.setFloat64(0, value);
  scratch.setInt32(0, scratch.getInt32(0) ^ SIGN);
  return scratch.getFloat64(0);
}
