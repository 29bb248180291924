/** executor/sync.ts over the words of a model: the same names, each a step. `bugs` plants what a check must find. */
import { addressOf, nameOf, spaceOf, step } from './memory.js';

/** Faults to plant. */
export const bugs = { wakeOne: false };

const at = (words: Int32Array, index: number): number => addressOf(spaceOf(words), index);

export const observe = (words: Int32Array, index: number): number => {
  const address = at(words, index);
  return step(`reads ${nameOf(address)}`, ({ words: all }) => all[address] ?? 0);
};

export const publish = (words: Int32Array, index: number, value: number): void => {
  const address = at(words, index);
  step(`writes ${nameOf(address)} = ${value}`, ({ words: all }) => (all[address] = value | 0));
};

export const swap = (words: Int32Array, index: number, value: number): number => {
  const address = at(words, index);
  return step(`swaps ${nameOf(address)} for ${value}`, ({ words: all }) => {
    const old = all[address] ?? 0;
    all[address] = value | 0;
    return old;
  });
};

export const replace = (words: Int32Array, index: number, expected: number, next: number): boolean => {
  const address = at(words, index);
  const done = step(`replaces ${nameOf(address)} ${expected} by ${next}`, ({ words: all }) => {
    if ((all[address] ?? 0) !== expected) return 0;
    all[address] = next | 0;
    return 1;
  });
  return done === 1;
};

export const sleep = (words: Int32Array, index: number, value: number, timeoutMs: number): void => {
  const address = at(words, index);
  const slept = step(`sleeps on ${nameOf(address)}`, ({ words: all, blocked }, thread) => {
    if ((all[address] ?? 0) !== value) return 0;
    blocked[thread] = { kind: 'word', address, timed: timeoutMs !== Infinity };
    return 1;
  });
  if (slept === 1) step('is awake', () => 0);
};

/** A promise of the model: a wake puts 1 into the word `token`; whoever turns its event loop then calls back. */
export interface ModelPromise {
  readonly token: number;
  then(callback: () => void): ModelPromise;
  callback: () => void;
}

export function sleepAsync(words: Int32Array, index: number, value: number): Promise<void> | undefined {
  const address = at(words, index);
  const token = step(`registers on ${nameOf(address)}`, (draft, thread) => {
    if ((draft.words[address] ?? 0) !== value) return 0;
    const token = addressOf('token', draft.waiters.length + 1);
    draft.words[token] = 0;
    draft.waiters = [...draft.waiters, { address, thread, token }];
    return token;
  });
  if (token === 0) return undefined;
  const promise: ModelPromise = {
    token,
    callback: () => undefined,
    then(callback) {
      promise.callback = callback;
      return promise;
    },
  };
  return promise as unknown as Promise<void>; // Parker calls `then` alone
}

export const wakeAll = (words: Int32Array, index: number): void => {
  const address = at(words, index);
  step(`wakes ${nameOf(address)}`, (draft) => {
    const stale = draft.waiters.filter((each) => each.address === address);
    const woken = bugs.wakeOne ? stale.slice(0, 1) : stale;
    for (const { token } of woken) draft.words[token] = 1;
    draft.waiters = draft.waiters.filter((each) => !woken.includes(each));
    if (bugs.wakeOne && woken.length > 0) return 0;
    draft.blocked.forEach((each, thread) => {
      if (each?.kind === 'word' && each.address === address) draft.blocked[thread] = undefined;
    });
    return 0;
  });
};

export function pushChain(words: Int32Array, head: number, first: number, setNextOfLast: (next: number) => void): void {
  for (;;) {
    const old = observe(words, head);
    setNextOfLast(old);
    if (replace(words, head, old, first)) return;
  }
}
