/** Artifacts to bytes and back, as embedders use them. */
import { ABI_VERSION } from '../jit/abi.js';
import type { Artifact } from '../jit/artifact.js';
import { readArtifact, writeArtifact } from '../jit/artifact-bytes.js';
import { AbiMismatchError, ArtifactIntegrityError } from '../executor/errors.js';

/** The artifact of a program (`program.artifact`) as bytes, to be kept or sent; `jit.load(deserializeArtifact(bytes), { host })` takes it again. */
export const serializeArtifact = (artifact: Artifact): Uint8Array => writeArtifact(artifact);

/**
 * The artifact in these bytes. Throws ArtifactIntegrityError for damaged ones, AbiMismatchError for those of another version
 * of brolga. An artifact is code: whoever could write the bytes decides what the program does within its sandbox.
 */
export function deserializeArtifact(bytes: Uint8Array): Artifact {
  const read = readArtifact(bytes);
  if (read.kind === 'damaged') throw new ArtifactIntegrityError(read.why);
  if (read.kind === 'foreign') throw new AbiMismatchError(read.abiVersion, ABI_VERSION);
  return read.artifact;
}
