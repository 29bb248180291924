/** Compiled artifacts in memory, by the digest of what they were compiled from: the least recently used go first. */
import type { Artifact } from '../jit/artifact.js';

/** Of what an artifact holds, what counts: bytes of code and data, texts, two objects a place. */
const PLACE_BYTES = 64;
const FIXED_BYTES = 4096;

function sizeOf({ wasm, data, sources, sourceMap, sites }: Artifact): number {
  const text = sources.reduce((sum, source) => sum + 2 * source.text.length, 0);
  return FIXED_BYTES + wasm.length + data.bytes.length + text + PLACE_BYTES * (sourceMap.length + sites.length);
}

/** Invariant: `bytes` is the sum of the sizes of the entries, and at most `maxBytes`. */
export class ArtifactCache {
  /** In order of use, the latest last. */
  private readonly entries = new Map<string, { readonly artifact: Artifact; readonly size: number }>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Artifact | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.artifact;
  }

  set(key: string, artifact: Artifact): void {
    const size = sizeOf(artifact);
    if (size > this.maxBytes || this.entries.has(key)) return;
    this.entries.set(key, { artifact, size });
    this.bytes += size;
    for (const [oldest, entry] of this.entries) {
      if (this.bytes <= this.maxBytes) return;
      this.entries.delete(oldest);
      this.bytes -= entry.size;
    }
  }
}
