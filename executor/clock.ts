/** Time as the executor sees it; injected, so that tests and a simulating executor can bring their own. */
export interface Clock {
  /** What Date.now() shows to guests. */
  wall(): number;
  /** Milliseconds that never go back, the same scale in every thread of the process. */
  monotonic(): number;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.timeOrigin + performance.now(),
};
