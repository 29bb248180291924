/**
 * What the executor asks of an engine: to make a running instance of an artifact over an arena. jit/engines implements
 * it (V8, the interpreter, Wasmtime); the embedder's facade injects it.
 */
import type { Artifact } from '../jit/artifact.js';

export interface GuestInstance {
  /**
   * Runs the ready strands of the task whose header stands at this address until its FIFO is empty or its slice is used
   * up. Returns a POLL code. Throws when the guest traps; HEADER.trapCode then says why, or is 0 after a native fault.
   */
  poll(header: number): number;
  /** The task is over; for instances that keep something of it outside the arena. */
  end?(header: number): void;
}

/** Blocks of the arena, for engines that copy messages. */
export interface MessageBlocks {
  alloc(bytes: number): number;
  free(block: number): void;
}

export interface Engine {
  readonly name: string;
  /** `dataAddress`: where the artifact's static data, already relocated, lies in the memory. */
  instantiate(artifact: Artifact, memory: WebAssembly.Memory, dataAddress: number, blocks: MessageBlocks): GuestInstance;
}
