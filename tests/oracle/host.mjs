/** Host functions that any oracle program may declare. Delays are far apart so that order does not hang on a machine's speed. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves to `value` after `ms`. */
export const delay = (ms, value) => sleep(ms, value);
export const echo = async (value) => value;
export const add = async (a, b) => a + b;
export const fail = async (message) => {
  throw new Error(message);
};
export const failAfter = async (ms, message) => {
  await sleep(ms);
  throw new TypeError(message);
};
export const getUser = async (id) => ({ id, name: `user${id}`, tags: id % 2 ? ['odd'] : ['even', 'pair'], manager: id > 1 ? id - 1 : null });
const attempts = new Map();
/** Fails the first `failures` times it is called with this key. */
export const flaky = async (key, failures) => {
  const seen = attempts.get(key) ?? 0;
  attempts.set(key, seen + 1);
  if (seen < failures) throw new Error(`${key} failed ${seen + 1}`);
  return `${key} ok after ${seen}`;
};
