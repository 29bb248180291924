/**
 * The hash of a string: 32-bit FNV-1a over UTF-16 units, 0 replaced by 1, kept in the string.
 * jit/string-hash.ts computes the same for static strings when compiling.
 */
import { STRING } from '../abi.js';
import { charge } from './fuel.js';
import { imul, load32, store32 } from './intrinsics.js';
import type { i32, ref, str } from './intrinsics.js';
import { flat_unit, string_base, string_is_rope, string_length, string_start } from './strings.js';

/** -2128831035 is 0x811c9dc5, 16777619 the FNV prime. */
const FNV_START = -2128831035;
const FNV_PRIME = 16777619;

function hash_units(flat: ref, start: i32, count: i32): i32 {
  let hash: i32 = FNV_START;
  for (let i: i32 = 0; i < count; i++) hash = imul(hash ^ flat_unit(flat, start + i), FNV_PRIME);
  return hash === 0 ? 1 : hash;
}

export function string_hash(s: str): i32 {
  if (!string_is_rope(s)) {
    const known: i32 = load32(s, STRING.hash);
    if (known !== 0) return known;
  }
  const length: i32 = string_length(s);
  charge(length >> 2);
  const base: ref = string_base(s);
  const hash: i32 = hash_units(base, string_start(s), length);
  store32(s, STRING.hash, hash);
  return hash;
}
