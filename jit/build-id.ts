/**
 * Which compiler this is: a digest of its code and of the compiled library, made when brolga is built. What one compiler
 * made of a text says nothing about another.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';

const FILE = new URL('./build-id', import.meta.url);
/** All that decides what a source compiles to. */
const FOLDERS = [new URL('../ir/', import.meta.url), new URL('./', import.meta.url)];
const PARTS = /\.(?:js|obj|bir|json|d\.ts)$/;

function digest(folder: URL, hash: ReturnType<typeof createHash>): void {
  for (const name of readdirSync(folder).sort()) {
    const url = new URL(name, folder);
    if (statSync(url).isDirectory()) digest(new URL(`${url.href}/`), hash);
    else if (PARTS.test(name)) hash.update(name).update(readFileSync(url));
  }
}

/** For the build, after everything else. */
export function computeBuildId(): { readonly file: URL; readonly id: string } {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) digest(folder, hash);
  return { file: FILE, id: hash.digest('hex') };
}

let known: string | undefined;

/** Of a build that was not finished, one that nobody else has. */
export function buildId(): string {
  if (known !== undefined) return known;
  try {
    known = readFileSync(FILE, 'utf8');
  } catch {
    known = `${process.pid}-${performance.timeOrigin}`;
  }
  return known;
}
