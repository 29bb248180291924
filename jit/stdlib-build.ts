/**
 * Builds the guest's standard library ahead of time: jit/stdlib/*.ts, through the front end's privileged mode and the
 * passes that every function gets, to `stdlib.obj` (object code), `stdlib.bir` (IR text), `stdlib.bodies.bir` (small functions for inlining) and `stdlib.json` (what guest code
 * may call), beside the compiled code. Run by the build; fails with every error's place.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { assertVerified } from '../ir/verify.js';
import { createModule, type IrFunction } from '../ir/function.js';
import { printModule } from '../ir/print.js';
import { functionObject } from './backend/function-object.js';
import { writeObjectFile } from './backend/object-file.js';
import { LIBRARY_BODIES, LIBRARY_INTERFACE, LIBRARY_OBJECTS, LIBRARY_TEXT } from './library.js';
import { lowerModule } from './pipeline.js';
import { compileLibrary } from './typescript/privileged/library.js';

const SOURCES = new URL('../../jit/stdlib/', import.meta.url);

const files = readdirSync(SOURCES)
  .filter((name) => name.endsWith('.ts') && name !== 'intrinsics.ts')
  .sort()
  .map((name) => ({ name: `stdlib/${name}`, text: readFileSync(new URL(name, SOURCES), 'utf8') }));
const abi = { name: 'abi.ts', text: readFileSync(new URL('../abi.ts', SOURCES), 'utf8') };

const { module, interface: library, errors } = compileLibrary([abi, ...files]);
if (errors.length > 0) {
  for (const { file, line, column, message } of errors) process.stderr.write(`${file}:${line}:${column}: ${message}\n`);
  process.exit(1);
}
assertVerified(module, 'after lowering the library');
const { facts, bodies } = lowerModule(module, { openWorld: true });
assertVerified(module, 'after the passes over the library');
forgetSources(module.functions.values());
forgetSources(bodies);
module.sources.length = 0;
writeFileSync(LIBRARY_BODIES, printModule({ ...createModule(), functions: new Map(bodies.map((func) => [func.name, func])) }));
writeFileSync(LIBRARY_TEXT, printModule(module));
writeFileSync(LIBRARY_OBJECTS, writeObjectFile([...module.functions.values()].map((func) => functionObject(func, true)), [...module.data.values()]));
writeFileSync(LIBRARY_INTERFACE, JSON.stringify({ ...library, facts }));

/** Places in the library mean nothing to a guest, and a linked module has the guest's sources. */
function forgetSources(functions: Iterable<IrFunction>): void {
  for (const func of functions) {
    func.location = undefined;
    for (const block of func.blocks) {
      for (const instruction of block?.instructions ?? []) instruction.location = undefined;
      if (block?.terminator) block.terminator.location = undefined;
    }
  }
}
