/** The way from the thread that polls to the embedder: the desk itself on one thread, a ring to it from a worker. */

/** Where a thread sends what its tasks ask of the embedder. Records passed here belong to the receiver. */
export interface Outlet {
  hostCall(task: number, generation: number, record: number): void;
  log(task: number, generation: number, level: number, text: string): void;
  /** The outcome of `main`. */
  result(task: number, generation: number, record: number): void;
  /** A rejection that nobody handled; after the result it is only reported. */
  unhandled(task: number, generation: number, record: number): void;
  /** The evaluation of a session waits for what nothing can settle. */
  stuck(task: number, generation: number): void;
  /** `place`: the source offset that a trap happened at, or NO_PLACE. */
  ended(task: number, generation: number, ending: number, place: number, text: string): void;
  /** After each poll that leaves the task alive. */
  polled?(task: number): void;
}
