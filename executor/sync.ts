/**
 * The only file that says Atomics: shared words under names that tell what each step is for and what it pairs with.
 * All functions take an Int32Array over shared memory and a word index. Orders are sequentially consistent.
 */

/** Sees what another thread published by `publish`, `swap` or `replace` of the same word, and all it wrote before. */
export const observe = (words: Int32Array, index: number): number => Atomics.load(words, index);

/** Makes this value, and all this thread wrote before, visible to whoever `observe`s the word. */
export const publish = (words: Int32Array, index: number, value: number): void => void Atomics.store(words, index, value);

/** Puts a value and gives the old one: takes a whole push list, or an armed flag. Pairs with `replace` and `publish`. */
export const swap = (words: Int32Array, index: number, value: number): number => Atomics.exchange(words, index, value);

/** Replaces `expected` if it still stands there; the step by which exactly one of several threads wins. */
export const replace = (words: Int32Array, index: number, expected: number, next: number): boolean =>
  Atomics.compareExchange(words, index, expected, next) === expected;

/** Sleeps while the word is `value`; pairs with `wakeAll` after the word changed. The only call that blocks a thread. */
export const sleep = (words: Int32Array, index: number, value: number, timeoutMs: number): void =>
  void Atomics.wait(words, index, value, timeoutMs);

interface AsyncWait {
  readonly async: boolean;
  readonly value: Promise<string> | string;
}

/** Like `sleep`, but the event loop goes on. Gives undefined if the word was not `value` any more. */
export function sleepAsync(words: Int32Array, index: number, value: number): Promise<void> | undefined {
  // Node 20 has waitAsync, TypeScript's ES2023 library does not know it yet.
  const wait = (Atomics as unknown as { waitAsync(w: Int32Array, i: number, v: number): AsyncWait }).waitAsync;
  const result = wait.call(Atomics, words, index, value);
  return result.async ? Promise.resolve(result.value).then(() => undefined) : undefined;
}

/**
 * Wakes every waiter of a word; pairs with `sleep` and `sleepAsync`. Never a count of one: a stale asynchronous waiter
 * would take the only wake and the thread would sleep for ever.
 */
export const wakeAll = (words: Int32Array, index: number): void => void Atomics.notify(words, index, Infinity);

/**
 * Puts the chain `first … last` in front of a push list whose head is a word; `setNext` links `last` to the old head.
 * Pairs with `swap(words, head, 0)` of the one thread that takes the list.
 */
export function pushChain(words: Int32Array, head: number, first: number, setNextOfLast: (next: number) => void): void {
  for (;;) {
    const old = Atomics.load(words, head);
    setNextOfLast(old);
    if (Atomics.compareExchange(words, head, old, first) === old) return;
  }
}
