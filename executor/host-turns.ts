/** When host functions are called, when their outcomes are heard, and what belongs to one turn. */

/** Takes an outcome that is there, now or in its turn. */
export type Hear = (take: () => void) => void;

export interface HostTurns {
  /** Runs a call in a macrotask of its own, later; its outcomes go to `hear`. */
  begin(name: string, args: readonly unknown[], run: (hear: Hear) => void): void;
  /** Runs what ends the turn in which outcomes were heard. */
  close(run: () => void): void;
}

const atOnce: Hear = (take) => take();

/** The turns of this event loop: outcomes are heard as they come; a turn ends when its microtasks are through. */
export const loopTurns: HostTurns = {
  begin: (_name, _args, run) => void setImmediate(run, atOnce),
  close: (run) => process.nextTick(run),
};
