/**
 * What a REACTION does when its turn comes: the low byte of REACTION.kind. `rejected` is set beside it when the promise
 * it waited for was rejected.
 *
 *   kind            derived            onFulfilled        onRejected          value
 *   then            promise            callback           callback            settled value
 *   finally         promise            callback                               settled value
 *   restore         promise            what to settle with                    (ignored unless rejected)
 *   adopt           promise                                                   settled value
 *   adoptStart      promise            promise to follow
 *   thenable        promise            thenable           its `then`
 *   microtask                          callback
 *   all … any       promise            SLOTS of ELEMENTS  index               settled value
 *   publish                            table index of top level               settled value
 *   entry           array of arguments table index of main                    settled value of the top level
 *   timeout, interval: no jobs but what a timer calls: array of arguments or 0, callback; milliseconds
 */
export const JOB = {
  then: 1,
  finally: 2,
  restore: 3,
  adopt: 4,
  adoptStart: 5,
  thenable: 6,
  microtask: 7,
  all: 8,
  allSettled: 9,
  any: 10,
  race: 11,
  publish: 12,
  entry: 13,
  timeout: 14,
  interval: 15,
  kindMask: 255,
  rejected: 256,
  /** On `restore`: the value kept is an error. */
  throws: 512,
  /** On `interval`: the executor has been asked to wake it. */
  armed: 1024,
  /** On `timeout`: it keeps no task alive. */
  background: 2048,
} as const;

/** Slots of the state that the elements of one combinator call share. */
export const ELEMENTS = { items: 0, left: 1, count: 2 } as const;
