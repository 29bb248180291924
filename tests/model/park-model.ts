/**
 * One worker that parks, by the very Parker and unpark, and threads that wake it. The worker first parks asynchronously and
 * may be interrupted, which leaves a stale waiter behind; after that it parks synchronously. Every event must reach it.
 */
import { slotAt } from '../../executor/layout.js';
import { Parker, unpark } from '../../executor/park.js';
import { change, sharedWords, step } from './memory.js';
import type { Model, Read } from './explore.js';
import type { ModelPromise } from './sync-model.js';

const words = sharedWords('control');
const EVENTS = 0;
const TAKEN = 1;
const ended = sharedWords('ghost');

export interface ParkModelOptions {
  readonly wakers: number;
  /** The worker does not look again between announcing and parking. */
  readonly looksOnce?: boolean;
}

/** A turn of the worker's event loop, in which the promise may be found settled; an interrupt has ended the wait for it. */
function turn({ token, callback }: ModelPromise): void {
  if (step('a turn of its event loop', ({ words: all }) => all[token] ?? 0) === 1) callback();
}

export function parkModel({ wakers, looksOnce = false }: ParkModelOptions): Model {
  const slot = slotAt(0);
  const worker = (): void => {
    const parker = new Parker(words, slot);
    let taken = 0;
    const take = (): number => (taken = change('shared', EVENTS, (old) => old));
    const hasWork = (): boolean => !looksOnce && change('shared', EVENTS, (old) => old) !== taken;
    for (let parks = 0; take() < wakers; parks++) {
      if (parks > 0) {
        parker.park(Infinity, hasWork);
        continue;
      }
      const waiter = parker.beginAsync(hasWork) as unknown as ModelPromise | undefined; // what sync-model gives
      if (!waiter) continue;
      turn(waiter);
      parker.endAsync();
    }
    ended[TAKEN] = taken;
  };
  const waker = (): void => {
    change('shared', EVENTS, (old) => old + 1);
    unpark(words, slot);
  };
  return {
    threads: [{ name: 'worker', sections: [worker] }, ...Array.from({ length: wakers }, (_, i) => ({ name: `waker ${i}`, sections: [waker] }))],
    final: (read: Read) => (read('ghost', TAKEN) === wakers ? undefined : 'an event was not taken'),
  };
}
