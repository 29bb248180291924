/**
 * What the executor asks of an engine: to make a running instance of an artifact over an arena. jit/engines implements
 * it (V8, the interpreter); the embedder's facade injects it.
 */
import type { Artifact } from '../jit/artifact.js';

export interface GuestInstance {
  /**
   * Runs the ready strands of the task whose header stands at this address until its FIFO is empty or its slice is used
   * up. Returns a POLL code. Throws when the guest traps; HEADER.trapCode then says why, or is 0 after a native fault.
   */
  poll(header: number): number;
}

export interface Engine {
  readonly name: string;
  /** `dataAddress`: where the artifact's static data, already relocated, lies in the memory. */
  instantiate(artifact: Artifact, memory: WebAssembly.Memory, dataAddress: number): GuestInstance;
}
