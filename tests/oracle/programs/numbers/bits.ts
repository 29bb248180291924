const popcount = (n: number): number => { let c = 0; for (; n; n &= n - 1) c++; return c; };
const reverse = (n: number): number => { let r = 0; for (let i = 0; i < 32; i++) { r = (r << 1) | (n & 1); n >>>= 1; } return r >>> 0; };
function crc32(text: string): string {
  let crc = ~0;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (const c of text) hash = Math.imul(hash ^ c.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
enum Flag { None = 0, Read = 1 << 0, Write = 1 << 1, Exec = 1 << 2, All = Read | Write | Exec }
const names = (f: Flag): string[] => [Flag.Read, Flag.Write, Flag.Exec].filter((x) => (f & x) !== 0).map((x) => Flag[x]!);
function xorshift(seed: number): () => number {
  let x = seed | 0;
  return () => { x ^= x << 13; x ^= x >> 17; x ^= x << 5; return (x >>> 0) / 4294967296; };
}
export async function main() {
  console.log(popcount(0xff), popcount(-1), reverse(1), reverse(0xf0f0f0f0), crc32('hello'), fnv('hello'), fnv(''));
  console.log(1 << 31, 1 << 32, -1 >>> 0, -1 >> 31, 2 ** 32 | 0, 2 ** 53 | 0, 1e20 | 0, NaN | 0, 3.99 | 0, -3.99 | 0, ~~-7.5, ~5, 5 & -2, 5 ^ 3, 1 << -1, 8 >> 33);
  console.log(names(Flag.Read | Flag.Exec), names(Flag.All & ~Flag.Write), Flag[2], Flag.All, Flag);
  let flags: Flag = Flag.None;
  flags |= Flag.Write; flags ^= Flag.All; flags &= ~Flag.Read;
  const next = xorshift(42);
  console.log(flags, [next(), next(), next()].map((x) => x.toFixed(6)), Math.clz32(1), Math.fround(5.5), Math.fround(0.1));
  return [0xff, 0b11, 0o17, 1_000_000, .5, 5e-1];
}
