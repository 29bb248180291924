/** Time as the executor sees it; injected, so that tests and a simulating executor can bring their own. */
export interface Clock {
  /** What Date.now() shows to guests. */
  wall(): number;
  /** Milliseconds that never go back, the same scale in every thread of the process. */
  monotonic(): number;
  /** Calls back after so many milliseconds, at most 2^31-1; gives what calls that off. */
  after(milliseconds: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.timeOrigin + performance.now(),
  after(milliseconds, run) {
    const timeout = setTimeout(run, milliseconds);
    return () => clearTimeout(timeout);
  },
};
