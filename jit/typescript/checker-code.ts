/**
 * Starts TypeScript's checker from compiled code: scanning its nine megabytes takes longer than all the rest of a first
 * compile. V8's code cache, made when brolga is built, holds what a compile runs.
 *
 * Needs to be imported before anything that requires `typescript`, whose place in Node's cache of modules it takes.
 * Promises that whatever does not fit (another TypeScript, another Node, a loader of its own) means the ordinary way.
 */
import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

const require = createRequire(import.meta.url);

/** V8 tells scripts apart by their length alone, so the name tells the version. */
const cacheFile = (): URL => new URL(`./typescript-${require('typescript/package.json').version}-${process.version}.code`, import.meta.url);

type Wrapper = (exports: unknown, require: NodeJS.Require, module: Module, filename: string, folder: string) => void;

/** Reads one byte a character, as V8 then keeps it; right only for ASCII, which the maker of the cache looks at. */
const readAscii = (path: string): string => readFileSync(path, 'latin1');

function scriptOf(path: string, cachedData: Buffer | undefined): Script {
  return new Script(Module.wrap(readAscii(path)), { filename: path, ...(cachedData && { cachedData }) });
}

/** Runs the script as the module that `require('typescript')` finds from now on; false where Node's cache is out of reach. */
function install(path: string, script: Script): boolean {
  const module = new Module(path);
  module.filename = path;
  module.loaded = true;
  require.cache[path] = module;
  if (require.cache[path] !== module) return false;
  const run: Wrapper = script.runInThisContext();
  run(module.exports, createRequire(path), module, path, dirname(path));
  return true;
}

function start(): void {
  const path = require.resolve('typescript');
  if (require.cache[path]) return;
  let cachedData: Buffer;
  try {
    cachedData = readFileSync(cacheFile());
  } catch {
    return;
  }
  const script = scriptOf(path, cachedData);
  if (!script.cachedDataRejected) install(path, script);
}

/** Writes the code cache; `exercise` is what should be in it. For the build, in a process that has not required TypeScript. */
export async function writeCodeCache(write: (file: URL, bytes: Uint8Array) => void, exercise: () => Promise<void>): Promise<void> {
  const path = require.resolve('typescript');
  const isAscii = readFileSync(path).every((byte) => byte < 0x80);
  const script = scriptOf(path, undefined);
  if (!isAscii || !install(path, script)) return;
  await exercise();
  write(cacheFile(), script.createCachedData());
}

start();
