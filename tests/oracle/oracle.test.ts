/** Every program under programs/ means in brolga what it means in Node: value, errors, logs in order, host calls. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { oracleCases, type Outcome } from './case.js';
import { brolgaOutcomes, differences, nodeOutcomes, type Lane } from './lanes.js';

const LANES: readonly Lane[] = [
  { executor: 'pool', engine: 'v8' },
  { executor: 'inline', engine: 'v8' },
  { executor: 'inline', engine: 'interpreter' },
  // What is freed too early is found here: every allocation collects, and pays for it.
  { executor: 'inline', engine: 'v8', limits: { collectEvery: 1, fuel: 2 ** 50 } },
];

const cases = oracleCases();
let expected: Map<string, Outcome>;
beforeAll(async () => {
  expected = await nodeOutcomes(cases);
}, 300_000);

describe.each(LANES)('$executor on $engine $limits', (lane) => {
  let actual: Map<string, Outcome>;
  beforeAll(async () => {
    actual = await brolgaOutcomes(lane, cases);
  }, 300_000);

  test.each(cases.map(({ name }) => name))('%s', (name) => {
    const node = expected.get(name);
    if (!node) throw new Error(`no outcome of Node for ${name}`);
    expect(differences(node, actual.get(name))).toEqual([]);
  });

  test('a planted wrong answer turns the lane red', () => {
    for (const [name, outcome] of actual) {
      const planted: Outcome = { ...outcome, logs: [...outcome.logs, 'log planted'] };
      const node = expected.get(name);
      expect(node && differences(node, planted)).not.toEqual([]);
    }
  });
});
