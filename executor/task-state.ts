/**
 * The state of a task is one word, changed only by the functions below: pure, from a snapshot to the next word and what
 * the caller must then do. task-table.ts runs them in a compare-and-exchange loop; a model checker can run them too.
 *
 *   word = generation << 4 | cancelled << 3 | phase
 *
 *              S1 spawn            S3 begin            S6 end           S8 recycle
 *      free -----------> queued <==========> running -----------> done -----------> free, next generation
 *                          ^   S5 yield     |   | S2 wake
 *                 S2 wake  |                v   v
 *                        idle <-- S4 wait --   notified -- S4 wait --> queued
 *
 * Invariants: T1 a task stands in at most one queue, exactly while its phase is queued. T2 one thread polls it, exactly
 * while running or notified. T3 a wake is never lost: after it the task is queued, or its poller sees notified. T4 an
 * id with an old generation changes nothing.
 */

export const PHASE = { free: 0, idle: 1, queued: 2, running: 3, notified: 4, done: 5 } as const;
export const CANCELLED = 8;
const GENERATION_SHIFT = 4;
const GENERATION_MASK = 0x0fffffff;

export const phaseOf = (word: number): number => word & 7;
export const generationOf = (word: number): number => word >>> GENERATION_SHIFT;
export const isCancelled = (word: number): boolean => (word & CANCELLED) !== 0;
const withPhase = (word: number, phase: number): number => (word & ~7) | phase;

/** What to do after the transition. `stale`: the id is of an earlier task; drop what came with it. */
export type Action = 'none' | 'enqueue' | 'run' | 'ended' | 'stale';
export type Transition = (word: number, generation: number) => readonly [next: number, action: Action];

const live = (word: number, generation: number): boolean => {
  const phase = phaseOf(word);
  return generationOf(word) === generation && phase !== PHASE.free && phase !== PHASE.done;
};

/** S1: a new task in a free record. The caller puts it in a queue. */
export const spawn: Transition = (word, generation) =>
  phaseOf(word) === PHASE.free && generationOf(word) === generation ? [withPhase(word, PHASE.queued), 'enqueue'] : [word, 'stale'];

/** S2: something to do has been published for the task. */
export const wake: Transition = (word, generation) => {
  if (!live(word, generation)) return [word, 'stale'];
  switch (phaseOf(word)) {
    case PHASE.idle:
      return [withPhase(word, PHASE.queued), 'enqueue'];
    case PHASE.running:
      return [withPhase(word, PHASE.notified), 'none'];
    default:
      return [word, 'none'];
  }
};

/** S3: a thread took the task from its queue and polls it. */
export const begin: Transition = (word, generation) =>
  generationOf(word) === generation && phaseOf(word) === PHASE.queued ? [withPhase(word, PHASE.running), 'run'] : [word, 'stale'];

/** S4: the poll found nothing more to do; a wake in between queues it again. */
export const wait: Transition = (word, generation) => {
  if (generationOf(word) !== generation) return [word, 'stale'];
  if (phaseOf(word) === PHASE.running) return [withPhase(word, PHASE.idle), 'none'];
  return phaseOf(word) === PHASE.notified ? [withPhase(word, PHASE.queued), 'enqueue'] : [word, 'stale'];
};

/** S5: the slice is used up, or the poller knows of more to do. */
export const yieldTurn: Transition = (word, generation) => {
  const polled = phaseOf(word) === PHASE.running || phaseOf(word) === PHASE.notified;
  return polled && generationOf(word) === generation ? [withPhase(word, PHASE.queued), 'enqueue'] : [word, 'stale'];
};

/** S6: the task is over; its poller frees the heap, then tells the owner of the record. */
export const end: Transition = (word, generation) => (live(word, generation) ? [withPhase(word, PHASE.done), 'ended'] : [word, 'stale']);

/** S7: as a wake, and the task is to unwind. */
export const cancel: Transition = (word, generation) => {
  const [next, action] = wake(word, generation);
  return action === 'stale' ? [word, action] : [next | CANCELLED, action];
};

/** S8: the record is free again; ids of the old task are stale from here on. */
export const recycle: Transition = (word, generation) =>
  phaseOf(word) === PHASE.done && generationOf(word) === generation
    ? [((generation + 1) & GENERATION_MASK) << GENERATION_SHIFT, 'none']
    : [word, 'stale'];

/** All of them by number, for tests and the model checker. */
export const TRANSITIONS = { S1: spawn, S2: wake, S3: begin, S4: wait, S5: yieldTurn, S6: end, S7: cancel, S8: recycle } as const;
