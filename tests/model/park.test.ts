import { afterEach, describe, expect, jest, test } from '@jest/globals';

jest.unstable_mockModule('../../executor/sync.js', () => import('./sync-model.js'));
const { explore, summary } = await import('./explore.js');
const { parkModel } = await import('./park-model.js');
const { bugs } = await import('./sync-model.js');

afterEach(() => {
  bugs.wakeOne = false;
});

describe('parking', () => {
  test.each([
    [1, Infinity],
    [2, Infinity],
    [3, 3],
  ])('K1: %d wakers reach a worker that leaves a stale waiter behind, preemptions %d', (wakers, preemptions) => {
    const report = explore(parkModel({ wakers }), preemptions);
    console.info(summary(`park with ${wakers} wakers`, report, preemptions));
    expect(report.fault).toBeUndefined();
    expect(report.ends).toBeGreaterThan(0);
  });
});

describe('what is planted is found', () => {
  test('K2: a wake of one waiter goes to the stale one', () => {
    bugs.wakeOne = true;
    expect(explore(parkModel({ wakers: 1 })).fault?.message).toMatch(/P1: worker cannot go on/);
  });

  test('K1: a worker that does not look again', () => {
    expect(explore(parkModel({ wakers: 1, looksOnce: true })).fault?.message).toMatch(/P1: worker cannot go on/);
  });
});
