/**
 * What is the interpreter engine's own; conformance.test.ts has what it shares with others.
 */
import { expect, test } from '@jest/globals';
import type { IrModule } from '../../../ir/function.js';
import { parseModule } from '../../../ir/parse.js';
import { Trap } from '../../../ir/trap.js';
import { ABI_VERSION } from '../../../jit/abi.js';
import type { Artifact } from '../../../jit/artifact.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { createInterpreterEngine } from '../../../jit/engines/interpreter.js';
import { SMALL_MODULE } from './small-module.js';

function artifactOf(lowered: IrModule): Artifact {
  const { wasm, data } = emitModule(lowered);
  return {
    abiVersion: ABI_VERSION, wasm, data: { bytes: data.bytes, align: data.align, relocations: data.relocations }, topLevel: -1,
    exports: [], hostFunctions: [], plans: [], sites: [], sourceMap: [], frames: [], sources: [], lowered,
  };
}

const DATA_ADDRESS = 2048;

test('an artifact without lowered IR is refused', () => {
  const { lowered: _lowered, ...bare } = artifactOf(parseModule(SMALL_MODULE).module);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  expect(() => createInterpreterEngine().instantiate(bare, memory, 0)).toThrow('keeps its lowered IR');
});

test('a fault of the code itself is a Trap, with nothing in the header', () => {
  const { module } = parseModule(SMALL_MODULE);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const instance = createInterpreterEngine().instantiate(artifactOf(module), memory, DATA_ADDRESS);
  expect(() => instance.poll(-4)).toThrow(Trap);
});
