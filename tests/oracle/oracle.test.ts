/** Every program under programs/ means in brolga what it means in Node: value, errors, logs in order, host calls. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { oracleCases, type Outcome } from './case.js';
import { brolgaOutcomes, differences, nodeOutcomes, type Lane } from './lanes.js';

const LANES: readonly Lane[] = [
  { executor: 'pool', engine: 'v8' },
  { executor: 'inline', engine: 'v8' },
  { executor: 'inline', engine: 'interpreter' },
  // What code means before anything is done for speed.
  { executor: 'inline', engine: 'v8', level: 'none', every: 2 },
  // Wasmtime takes some 0.2 s to compile a program: every third will do.
  { executor: 'inline', engine: 'wasmtime', every: 3 },
  // Virtual time: delays are as long as they say, in no time.
  { executor: 'sim', engine: 'v8', seed: 20_261_120 },
  // What is freed too early is found here: every allocation collects, and pays for it.
  { executor: 'inline', engine: 'v8', limits: { collectEvery: 1, fuel: 2 ** 50 } },
];

const cases = oracleCases();
let expected: Map<string, Outcome>;
beforeAll(async () => {
  expected = await nodeOutcomes(cases);
}, 300_000);

describe.each(LANES)('$executor on $engine $level $limits', ({ every = 1, ...lane }) => {
  const own = cases.filter((_, index) => index % every === 0);
  let actual: Map<string, Outcome>;
  beforeAll(async () => {
    actual = await brolgaOutcomes(lane, own);
  }, 300_000);

  test.each(own.map(({ name }) => name))('%s', (name) => {
    const node = expected.get(name);
    if (!node) throw new Error(`no outcome of Node for ${name}`);
    expect(differences(node, actual.get(name))).toEqual([]);
  });

  test('a planted wrong answer turns the lane red', () => {
    expect(actual.size).toBe(own.length);
    for (const [name, outcome] of actual) {
      const planted: Outcome = { ...outcome, logs: [...outcome.logs, 'log planted'] };
      const node = expected.get(name);
      expect(node && differences(node, planted)).not.toEqual([]);
    }
  });
});
