import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Artifact } from '../../../jit/artifact.js';
import { placeOfTrap } from '../../../executor/code-places.js';
import { faultOf } from '../../../executor/traps.js';
import { watArtifact } from './wat-guest.js';

let artifact: Artifact;
let offsets: readonly number[];
beforeAll(async () => {
  const plain = await watArtifact(`(module (func $library unreachable) (func $user call $library) (func (export "main") call $user))`);
  const main = new WebAssembly.Instance(new WebAssembly.Module(plain.wasm)).exports['main'] as () => void; // the only export
  try {
    main();
  } catch (error) {
    ({ offsets } = faultOf(error, 0));
  }
  const [, user = 0, outer = 0] = offsets;
  const at = (offset: number, source: number) => ({ offset, location: { file: 0, offset: source } });
  artifact = { ...plain, sourceMap: [at(user, 20), at(outer, 30)] };
});

describe('the place of a trap', () => {
  test('is that of the innermost frame with a place in its own function', () => {
    expect(offsets).toHaveLength(3);
    expect(placeOfTrap(artifact, offsets)).toEqual({ file: 0, offset: 20 });
  });

  test('an entry of the function before does not count', () => {
    const [library = 0, user = 0] = offsets;
    const before = { offset: library - 1, location: { file: 0, offset: 10 } };
    expect(placeOfTrap({ ...artifact, sourceMap: [before] }, [user])).toBeUndefined();
  });

  test('without frames there is none', () => {
    expect(placeOfTrap(artifact, [])).toBeUndefined();
  });
});
