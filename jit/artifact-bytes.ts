/**
 * Artifacts as bytes, for disks and other processes.
 *
 *   "brolga" 0 FORMAT | ABI version u32 | length u32 | SHA-256 of the rest, 32 bytes | v8.serialize(artifact)
 *
 * Promises that bytes that were cut or changed are told from good ones, and those of another ABI from both. An artifact is
 * code: the checksum finds damage, not malice.
 */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { ABI_VERSION } from './abi.js';
import type { Artifact } from './artifact.js';

const FORMAT = 1;
const MAGIC = [...Buffer.from('brolga'), 0, FORMAT];
const OFFSET = { abi: 8, length: 12, checksum: 16, payload: 48 } as const;

export type ReadArtifact =
  | { readonly kind: 'artifact'; readonly artifact: Artifact }
  | { readonly kind: 'damaged'; readonly why: string }
  | { readonly kind: 'foreign'; readonly abiVersion: number };

const checksum = (payload: Uint8Array): Buffer => createHash('sha256').update(payload).digest();

export function writeArtifact(artifact: Artifact): Uint8Array {
  const payload = serialize(artifact);
  const bytes = Buffer.alloc(OFFSET.payload + payload.length);
  bytes.set(MAGIC);
  bytes.writeUInt32LE(artifact.abiVersion, OFFSET.abi);
  bytes.writeUInt32LE(payload.length, OFFSET.length);
  bytes.set(checksum(payload), OFFSET.checksum);
  bytes.set(payload, OFFSET.payload);
  // Not a Buffer, whose slices share its bytes.
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export function readArtifact(source: Uint8Array): ReadArtifact {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  if (bytes.length < OFFSET.payload || MAGIC.some((byte, at) => bytes[at] !== byte)) return { kind: 'damaged', why: 'it does not begin as one of this format' };
  const abiVersion = bytes.readUInt32LE(OFFSET.abi);
  if (abiVersion !== ABI_VERSION) return { kind: 'foreign', abiVersion };
  const payload = bytes.subarray(OFFSET.payload);
  if (payload.length !== bytes.readUInt32LE(OFFSET.length)) return { kind: 'damaged', why: `it has ${payload.length} bytes where it says ${bytes.readUInt32LE(OFFSET.length)}` };
  if (!checksum(payload).equals(bytes.subarray(OFFSET.checksum, OFFSET.payload))) return { kind: 'damaged', why: 'its checksum does not match' };
  try {
    const artifact: Artifact = deserialize(payload);
    return { kind: 'artifact', artifact };
  } catch (error) {
    return { kind: 'damaged', why: `this Node cannot read it: ${error instanceof Error ? error.message : String(error)}` };
  }
}
