/** One of the threads of park.test.ts: parks and wakes its neighbour until it has got as many events as it must. */
import { parentPort, workerData } from 'node:worker_threads';
import { attachControl, SLOT, slotAt } from '../../../executor/layout.js';
import { Parker, unpark } from '../../../executor/park.js';
import { observe, replace } from '../../../executor/sync.js';

const { buffer, worker, count, seed } = workerData as { buffer: SharedArrayBuffer; worker: number; count: number; seed: number }; // from park.test.ts
const control = attachControl(buffer);
const { words } = control;
const own = slotAt(worker);
const neighbour = slotAt((worker + 1) % control.workers);
const parker = new Parker(words, own);
// A pending asynchronous wait alone does not hold a thread.
setInterval(() => undefined, 100_000);
let state = seed + worker;
const random = (): number => (state = (state * 1103515245 + 12345) >>> 0) / 2 ** 32;

/** Events for a worker are counted in a word of its slot that nothing else uses here. */
function add(slot: number): void {
  for (;;) {
    const old = observe(words, slot + SLOT.running);
    if (replace(words, slot + SLOT.running, old, old + 1)) return;
  }
}

let sent = 0;
function send(most: number): void {
  for (let i = 0; i < most && sent < count; i++, sent++) {
    add(neighbour);
    unpark(words, neighbour);
  }
}

let got = 0;
let interrupts = 0;
send(3);
while (got < count) {
  const have = observe(words, own + SLOT.running);
  if (have !== got) {
    send(have - got + (random() < 0.1 ? 2 : 0));
    got = have;
    continue;
  }
  const hasWork = (): boolean => observe(words, own + SLOT.running) !== got;
  if (random() < 0.7) parker.park(Infinity, hasWork);
  // An interrupt leaves a stale asynchronous waiter behind: the case that wakes of one waiter lose.
  else await parker.parkAsync(random() < 0.5 ? new Promise((resolve) => setImmediate(() => resolve(++interrupts))) : new Promise(() => undefined), hasWork);
}
send(count);
parentPort?.postMessage({ got, sent });
