/**
 * Compiled artifacts in a folder, a file each, named by the digest of what it was compiled from. Several processes may use
 * one folder: a file appears by a rename, whole or not at all, and whoever comes second replaces it with its like.
 *
 * Promises that nothing that goes wrong here fails a compile: a full disk or a missing folder means no cache, a damaged
 * file is removed and compiled again. Files are for whoever may write the folder: an artifact is code.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../jit/artifact.js';
import { readArtifact, writeArtifact } from '../jit/artifact-bytes.js';

const fileOf = (directory: string, key: string): string => join(directory, `${key}.brolga`);

/** Owner only: a cache that others may write runs their code. */
const MODE = 0o600;
const FOLDER_MODE = 0o700;

export async function readFromDisk(directory: string, key: string): Promise<Artifact | undefined> {
  const file = fileOf(directory, key);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch {
    return undefined;
  }
  const read = readArtifact(bytes);
  if (read.kind === 'artifact') return read.artifact;
  await rm(file, { force: true }).catch(() => undefined);
  return undefined;
}

/** Gives whether the file is there now. */
export async function writeToDisk(directory: string, key: string, artifact: Artifact): Promise<boolean> {
  const unfinished = join(directory, `${key}.${randomUUID()}.tmp`);
  try {
    await mkdir(directory, { recursive: true, mode: FOLDER_MODE });
    await writeFile(unfinished, writeArtifact(artifact), { mode: MODE, flag: 'wx' });
    await rename(unfinished, fileOf(directory, key));
    return true;
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
    return false;
  }
}
