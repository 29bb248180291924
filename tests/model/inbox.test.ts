import { expect, jest, test } from '@jest/globals';

jest.unstable_mockModule('../../executor/sync.js', () => import('./sync-model.js'));
const { explore, summary } = await import('./explore.js');
const { inboxModel } = await import('./inbox-model.js');

test.each([[[2, 2]], [[1, 2, 1]]])('groups of %j records arrive once, whole, in order', (groups) => {
  const report = explore(inboxModel(groups));
  console.info(summary(`inbox ${JSON.stringify(groups)}`, report));
  expect(report.fault).toBeUndefined();
  expect(report.ends).toBeGreaterThan(0);
});
