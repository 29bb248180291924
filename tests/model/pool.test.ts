import { describe, expect, jest, test } from '@jest/globals';

jest.unstable_mockModule('../../executor/sync.js', () => import('./sync-model.js'));
const { explore, summary } = await import('./explore.js');
const { poolModel } = await import('./pool-model.js');

/** Explores further, for minutes. */
const DEEP = process.env['BROLGA_MODEL'] === 'deep';

describe('main and a worker', () => {
  test.each([
    [{ tasks: 1 }, DEEP ? Infinity : 3],
    [{ tasks: 3 }, 2],
    [{ tasks: 1, deaths: 1 }, 2],
    [{ tasks: 3, deaths: 1 }, 1],
    ...(DEEP ? [[{ tasks: 3 }, 4] as const, [{ tasks: 2, deaths: 1 }, 3] as const] : []),
  ])('every task is told of once and the worker stops: %j', (options, preemptions) => {
    const report = explore(poolModel(options), preemptions);
    console.info(summary(`pool ${JSON.stringify(options)}`, report, preemptions));
    expect(report.fault).toBeUndefined();
    expect(report.ends).toBeGreaterThan(0);
  }, 600_000);
});

describe('what is planted is found', () => {
  test('K1: a slot that is made new after its thread was started', () => {
    expect(explore(poolModel({ tasks: 1, lateReset: true }), 2).fault?.message).toMatch(/P1: .*main.* cannot go on/);
  });

  test('O2: a worker that parks without looking whether there is room for what waits', () => {
    const blind = poolModel({ tasks: 3, outlet: (real) => ({ canFlush: false, flush: () => real.flush(), knock: () => real.knock() }) });
    expect(explore(blind, 2).fault?.message).toMatch(/P1: .*main.* cannot go on/);
  });

  test('a worker that publishes and does not knock', () => {
    let flushes = 0;
    const silent = poolModel({ tasks: 1, outlet: (real) => ({ get canFlush() { return real.canFlush; }, flush: () => void flushes++, knock: () => real.knock() }) });
    expect(explore(silent, 1).fault?.message).toMatch(/P1: .*main.* cannot go on/);
    expect(flushes).toBeGreaterThan(0);
  });
});
