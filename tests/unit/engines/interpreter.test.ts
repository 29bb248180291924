/**
 * What is the interpreter engine's own; conformance.test.ts has what it shares with others.
 */
import { expect, test } from '@jest/globals';
import type { IrModule } from '../../../ir/function.js';
import { parseModule } from '../../../ir/parse.js';
import { Trap } from '../../../ir/trap.js';
import { ABI_VERSION, HEADER, TRAP } from '../../../jit/abi.js';
import type { Artifact } from '../../../jit/artifact.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { createInterpreterEngine } from '../../../jit/engines/interpreter.js';

const TEXT = `global header: i32 mut = 0
global data: i32 mut = 0
data limits align 8 "\\05\\00\\00\\00\\00\\00\\00\\00" { 4: func triple }
export "init" = init
export "poll" = poll

func init(i32) {
block0(v0: i32):
  global.set data v0
  return
}

func poll(i32) -> i32 {
block0(v0: i32):
  global.set header v0
  v1 = i32.load v0+${HEADER.slice}
  v2 = data.addr limits
  v3 = i32.load v2
  v4 = i32.gt_s v1, v3
  brif v4, block1, block2
block1:
  trap ${TRAP.fuel}
block2:
  v5 = i32.load v2+4
  v6 = call_indirect v5(v1): (i32) -> i32
  i32.store v0+${HEADER.nextOpId}, v6
  v7 = i32.const 1
  return v7
}

func triple(i32) -> i32 {
block0(v0: i32):
  v1 = i32.const 3
  v2 = i32.mul v0, v1
  return v2
}
`;

function artifactOf(lowered: IrModule): Artifact {
  const { wasm, data } = emitModule(lowered);
  return {
    abiVersion: ABI_VERSION, wasm, data: { bytes: data.bytes, align: data.align, relocations: data.relocations }, topLevel: -1,
    exports: [], hostFunctions: [], plans: [], sites: [], sourceMap: [], frames: [], sources: [], lowered,
  };
}

const DATA_ADDRESS = 2048;

test('an artifact without lowered IR is refused', () => {
  const { lowered: _lowered, ...bare } = artifactOf(parseModule(TEXT).module);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  expect(() => createInterpreterEngine().instantiate(bare, memory, 0)).toThrow('keeps its lowered IR');
});

test('a fault of the code itself is a Trap, with nothing in the header', () => {
  const { module } = parseModule(TEXT);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const instance = createInterpreterEngine().instantiate(artifactOf(module), memory, DATA_ADDRESS);
  expect(() => instance.poll(-4)).toThrow(Trap);
});
