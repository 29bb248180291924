import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createControl, SLOT, slotAt } from '../../../executor/layout.js';
import { isParked, Parker, unpark } from '../../../executor/park.js';
import { publish } from '../../../executor/sync.js';

describe('parking', () => {
  test('K1: work that was published before the park is seen by the second look', () => {
    const { words } = createControl(1, 1);
    new Parker(words, slotAt(0)).park(Infinity, () => true);
    expect(isParked(words, slotAt(0))).toBe(false);
  });

  test('a wake before the park wakes nobody, and needs nobody', () => {
    const { words } = createControl(1, 1);
    expect(unpark(words, slotAt(0))).toBe(false);
  });

  test('K3: an asynchronous park ends by a wake or by its interrupt, and is running after both', async () => {
    const { words } = createControl(1, 1);
    const parker = new Parker(words, slotAt(0));
    await parker.parkAsync(Promise.resolve(), () => false);
    expect(isParked(words, slotAt(0))).toBe(false);
    const parked = parker.parkAsync(new Promise(() => undefined), () => false);
    expect(unpark(words, slotAt(0))).toBe(true);
    await parked;
    expect(isParked(words, slotAt(0))).toBe(false);
  });

  test('K2: three threads that park both ways and wake each other lose no event', async () => {
    const count = 20_000;
    const control = createControl(3, 1);
    const workers = [0, 1, 2].map(
      (worker) => new Worker(new URL('./park-worker.js', import.meta.url), { workerData: { buffer: control.buffer, worker, count, seed: 20_26 } }),
    );
    const reports = await Promise.all(workers.map((worker) => once(worker, 'message')));
    expect(reports.flat()).toEqual([0, 1, 2].map(() => ({ got: count, sent: count })));
    for (let worker = 0; worker < 3; worker++) publish(control.words, slotAt(worker) + SLOT.stop, 1);
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
});
