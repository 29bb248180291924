/**
 * The hash of a string object (STRING.hash of abi.ts): 32-bit FNV-1a over UTF-16 units, low byte and high byte of a unit
 * taken as one step; 0 means "not computed", so it is mapped to 1. The standard library computes the same.
 */
export function stringHash(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash === 0 ? 1 : hash;
}
