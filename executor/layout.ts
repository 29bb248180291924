/**
 * The control block: a plain SharedArrayBuffer that only JavaScript sees. Offsets are i32 words.
 *
 *   | realm words | worker slots        | rings in and out of each worker | task records …
 *   0             32                    + workers * SLOT.words            + workers * 2 * ring
 *
 * One cache line (16 words) per writer where two threads write next to each other.
 */

/** `freeBlocks`: heads of the lists of spare blocks, one per size class below a chunk (block-cache.ts). */
export const REALM = { workers: 0, tasks: 1, freeBlocks: 16, words: 32 } as const;

/**
 * What main and one worker share. `park`: a PARK code. `armed`: 1 when main wants a message for the next entry of the
 * worker's ring. `ticking`: 1 while main refreshes clocks. `starved`: the worker has entries that did not fit its ring;
 * `hungry`: main has. `running`: id of the task being polled, plus 1. Counters are doubles.
 */
export const SLOT = {
  park: 0,
  stop: 1,
  hungry: 2,
  armed: 16,
  ticking: 17,
  starved: 18,
  running: 32,
  counters: 48,
  words: 80,
} as const;
/** SLOT.stop: ask the reactor to end; `acknowledged` is its answer. */
export const SLOT_STOP = { run: 0, stop: 1, acknowledged: 2 } as const;

/** Counters of a worker, a double each: written by the worker alone. */
export const COUNTERS = ['polls', 'wakes', 'timers', 'tasksEnded', 'hostCalls', 'parks', 'logs', 'traps'] as const;
export type CounterName = (typeof COUNTERS)[number];

/** A ring: two positions in lines of their own, then entries. */
export const RING = { head: 0, tail: 16, entries: 32, entryWords: 8, capacity: 4096 } as const;
export const RING_WORDS = RING.entries + RING.entryWords * RING.capacity;

/**
 * A task record. `startedAt` is a double, milliseconds of the realm's monotonic clock; `polls` counts the polls begun,
 * modulo 2^32; `session`: 1 for a task that, idle, waits for the next evaluation.
 */
export const TASK = { state: 0, link: 1, affinity: 2, inbox: 3, header: 4, program: 5, startedAt: 6, polls: 8, session: 9, words: 10 } as const;

export interface Control {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly workers: number;
  readonly tasks: number;
}

const slotsAt = REALM.words;
const ringsAt = (workers: number): number => slotsAt + workers * SLOT.words;
const tasksAt = (workers: number): number => ringsAt(workers) + workers * 2 * RING_WORDS;

/** First word of a worker's slot, of its ring from main, of its ring to main, and of a task's record. */
export const slotAt = (worker: number): number => slotsAt + worker * SLOT.words;
export const ringInAt = (control: Control, worker: number): number => ringsAt(control.workers) + worker * 2 * RING_WORDS;
export const ringOutAt = (control: Control, worker: number): number => ringInAt(control, worker) + RING_WORDS;
export const taskAt = (control: Control, task: number): number => tasksAt(control.workers) + task * TASK.words;

export function createControl(workers: number, tasks: number): Control {
  const buffer = new SharedArrayBuffer((tasksAt(workers) + tasks * TASK.words) * 4);
  const words = new Int32Array(buffer);
  words[REALM.workers] = workers;
  words[REALM.tasks] = tasks;
  return attachControl(buffer);
}

export function attachControl(buffer: SharedArrayBuffer): Control {
  const words = new Int32Array(buffer);
  return { buffer, words, doubles: new Float64Array(buffer), workers: words[REALM.workers] ?? 0, tasks: words[REALM.tasks] ?? 0 };
}
