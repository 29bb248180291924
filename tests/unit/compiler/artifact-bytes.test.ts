/** Artifacts as bytes: the round trip, and what is refused. */
import { describe, expect, test } from '@jest/globals';
import { createJit, deserializeArtifact, serializeArtifact } from '../../../index.js';
import { compile } from '../../../jit/compile.js';

const SOURCE = 'interface Item { n: number; next?: Item }\nexport async function main(item: Item): Promise<number> { await 0; return item.n + (item.next ? await main(item.next) : 0); }';

describe('artifacts as bytes', () => {
  const artifact = compile(SOURCE, { filename: 'p.ts', keepLowered: true });
  const bytes = serializeArtifact(artifact);

  test('come back as they were, lowered IR included', () => {
    expect(deserializeArtifact(bytes)).toEqual(artifact);
  });

  test('run on the interpreter too', async () => {
    const jit = await createJit({ executor: 'inline', engine: 'interpreter' });
    expect(await jit.load(deserializeArtifact(bytes)).call('main', [{ n: 1, next: { n: 2 } }])).toBe(3);
    await jit.close();
  });

  test.each([0, 7, 13, 20, 60, bytes.length >> 1, bytes.length - 1])('a changed byte at %d is found', (at) => {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 0x10;
    expect(() => deserializeArtifact(damaged)).toThrow(expect.objectContaining({ code: 'ARTIFACT_INTEGRITY' }));
  });

  test.each([0, 5, 47, 48, bytes.length - 1])('the first %d bytes alone are refused', (length) => {
    expect(() => deserializeArtifact(bytes.subarray(0, length))).toThrow(expect.objectContaining({ code: 'ARTIFACT_INTEGRITY' }));
  });

  test('those of another ABI are refused as such', () => {
    const foreign = Buffer.from(bytes);
    foreign.writeUInt32LE(artifact.abiVersion + 1, 8);
    expect(() => deserializeArtifact(foreign)).toThrow(expect.objectContaining({ code: 'ABI_MISMATCH' }));
  });
});
