/** The house: imports go left only, no cycles, `Atomics` in one file, no file too long. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const LAYERS = ['ir', 'jit', 'executor', 'workers', '.', 'cli'] as const;
const MAX_LINES = 400;
/** Tables, and the one list of an opcode's meaning: length is their nature. */
const LONG_FILES = new Set(['ir/opcodes.ts', 'jit/abi.ts', 'ir/interpret.ts']);

/** The guest's library is one flat namespace, linked function by function: JavaScript's own library is recursive. */
const isGuestLibrary = (file: string): boolean => file.startsWith('jit/stdlib/');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

const files = [...LAYERS.filter((layer) => layer !== '.').flatMap(sourceFiles), 'index.ts'];
const textOf = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const layerOf = (file: string): number => LAYERS.findIndex((layer) => layer === (file.includes('/') ? file.split('/')[0] : '.'));

/** Files that a file imports; those of `import type` only if asked for. */
function importsOf(file: string, withTypes = true): string[] {
  const text = textOf.get(file) ?? '';
  const statements = text.matchAll(/^(?:import|export)( type)?\b[^;]*?'(\.[^']+)\.js';|import\('(\.[^']+)\.js'\)/gm);
  return [...statements]
    .filter(([, type]) => withTypes || type === undefined)
    .map(([, , fixed, dynamic]) => `${relative(ROOT, normalize(join(ROOT, dirname(file), fixed ?? dynamic ?? '')))}.ts`);
}

describe('layers', () => {
  test('imports go left only', () => {
    const wrong = files.flatMap((file) => importsOf(file).filter((target) => layerOf(target) > layerOf(file)).map((target) => `${file} -> ${target}`));
    expect(wrong).toEqual([]);
  });

  test('executor takes from jit only its contract', () => {
    const allowed = new Set(['jit/abi.ts', 'jit/artifact.ts', 'jit/arena-image.ts']);
    const wrong = files
      .filter((file) => file.startsWith('executor/'))
      .flatMap((file) => importsOf(file).filter((target) => target.startsWith('jit/') && !allowed.has(target)).map((target) => `${file} -> ${target}`));
    expect(wrong).toEqual([]);
  });

  // Imports of types alone are gone when the code runs and may point back.
  test('no cycle of imports', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done' || !textOf.has(file)) return;
      if (state.get(file) === 'open') return void cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      state.set(file, 'open');
      for (const target of importsOf(file, false)) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) if (!isGuestLibrary(file)) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test('Atomics stands in executor/sync.ts alone', () => {
    expect(files.filter((file) => file !== 'executor/sync.ts' && /\bAtomics\.\w/.test(textOf.get(file) ?? ''))).toEqual([]);
  });

  test(`no file but tables has more than ${MAX_LINES} lines`, () => {
    const long = files.filter((file) => !LONG_FILES.has(file) && (textOf.get(file) ?? '').split('\n').length > MAX_LINES);
    expect(long).toEqual([]);
  });
});
