/**
 * Parking: how a thread sleeps until there is work, without ever missing a wake. One park word per worker, waited on by
 * that worker alone.
 *
 *   worker: store PARKED -> look at every source again -> any: back to RUNNING : wait on the word
 *   waker:  publish the work -> word not RUNNING and replaced by RUNNING -> wake all waiters
 *
 * Either the worker's second look sees the work or the waker sees PARKED: both steps are sequentially consistent (K1).
 * K2 a wake notifies all waiters, never one: a stale asynchronous waiter must not swallow it. K3 a worker has at most one
 * asynchronous waiter, reused until it fires.
 */
import { SLOT } from './layout.js';
import { observe, publish, replace, sleep, sleepAsync, wakeAll } from './sync.js';

export const PARK = { running: 0, sync: 1, async: 2 } as const;

/** Wakes the worker if it is parked; call after the work was published. Pairs with `Parker` (K1). */
export function unpark(words: Int32Array, slot: number): boolean {
  const at = slot + SLOT.park;
  const state = observe(words, at);
  if (state === PARK.running || !replace(words, at, state, PARK.running)) return false;
  wakeAll(words, at);
  return true;
}

/** Pairs with `Parker`: what a parked thread published before stands. */
export const isParked = (words: Int32Array, slot: number): boolean => observe(words, slot + SLOT.park) !== PARK.running;

export class Parker {
  private armed: Promise<void> | undefined;
  private readonly at: number;
  constructor(
    private readonly words: Int32Array,
    slot: number,
  ) {
    this.at = slot + SLOT.park;
  }

  /** Blocks the thread until unparked or for `timeoutMs`, unless `hasWork` finds something on the second look. */
  park(timeoutMs: number, hasWork: () => boolean): void {
    if (!this.announce(PARK.sync, hasWork)) return;
    sleep(this.words, this.at, PARK.sync, timeoutMs);
    publish(this.words, this.at, PARK.running);
  }

  /** Like `park`, but the event loop goes on; ends at the latest when `interrupt` settles. */
  async parkAsync(interrupt: Promise<unknown>, hasWork: () => boolean): Promise<void> {
    const waiter = this.beginAsync(hasWork);
    if (!waiter) return;
    await Promise.race([waiter, interrupt]);
    this.endAsync();
  }

  /** Gives what to wait for, or undefined when there is no need to. */
  beginAsync(hasWork: () => boolean): Promise<void> | undefined {
    if (!this.announce(PARK.async, hasWork)) return undefined;
    // Without a waiter: already unparked, the word changed between the announcement and here.
    this.armed ??= sleepAsync(this.words, this.at, PARK.async)?.then(() => {
      this.armed = undefined;
    });
    return this.armed;
  }

  /** The thread goes on, woken or not. */
  endAsync(): void {
    publish(this.words, this.at, PARK.running);
  }

  private announce(state: number, hasWork: () => boolean): boolean {
    publish(this.words, this.at, state);
    if (!hasWork()) return true;
    // Whoever wins, the word is RUNNING now.
    replace(this.words, this.at, state, PARK.running);
    return false;
  }
}
