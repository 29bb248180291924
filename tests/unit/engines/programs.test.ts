/**
 * Whole programs, one of each folder of the oracle's: their IR is well-formed before the passes and after linking, and
 * its text is a fixed point.
 */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatVerifyDiagnostic } from '../../../ir/diagnostics.js';
import { parseModule } from '../../../ir/parse.js';
import { printModule } from '../../../ir/print.js';
import { verifyFunction, verifyModule, verifySymbolsOf, type VerifySymbols } from '../../../ir/verify.js';
import type { IrModule } from '../../../ir/function.js';
import { GLOBALS } from '../../../jit/abi.js';
import { compileStages, loweredOf } from '../../../jit/compile.js';
import { loadLibrary } from '../../../jit/library.js';

const ROOT = join(process.cwd(), 'tests', 'oracle', 'programs');

const programs = readdirSync(ROOT).flatMap((folder) => {
  const [first] = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts')).sort();
  return first === undefined ? [] : [join(folder, first)];
});

/** Before linking, the library and the globals of the ABI answer for what a module does not hold. */
function unlinkedSymbols(module: IrModule): VerifySymbols {
  const { library } = loadLibrary();
  const known = verifySymbolsOf(module);
  return {
    func(name) {
      const signature = library.signature(name);
      return known.func(name) ?? (signature && { ...signature, convention: 'plain' });
    },
    global(name) {
      const global = GLOBALS.find((candidate) => candidate.name === name);
      return known.global(name) ?? (global && { name, type: global.type, mutable: true, initial: 0 });
    },
    hasData: (name) => known.hasData(name) || library.data(name) !== undefined,
  };
}

describe('compiled programs', () => {
  test.each(programs)('%s', (path) => {
    const found: string[] = [];
    const stages = compileStages(readFileSync(join(ROOT, path), 'utf8'), { filename: path }, ({ module }) => {
      const symbols = unlinkedSymbols(module);
      for (const func of module.functions.values()) found.push(...verifyFunction(func, symbols).map(formatVerifyDiagnostic));
    });
    const linked = loweredOf(stages);
    found.push(...verifyModule(linked).map(formatVerifyDiagnostic));
    expect(found).toEqual([]);
    const text = printModule(linked);
    expect(printModule(parseModule(text).module) === text).toBe(true);
  });
});
