import { describe, expect, jest, test } from '@jest/globals';

jest.unstable_mockModule('../../executor/sync.js', () => import('./sync-model.js'));
const { explore, summary } = await import('./explore.js');
const { taskModel } = await import('./task-model.js');
const { PHASE, phaseOf, wait, wake } = await import('../../executor/task-state.js');

const queued = (word: number): number => (word & ~7) | PHASE.queued;

describe('the state of a task', () => {
  test.each([
    [{ wakes: 2, pollers: 1, cancels: false }, Infinity],
    [{ wakes: 2, pollers: 2, cancels: false }, Infinity],
    [{ wakes: 1, pollers: 2, cancels: true }, Infinity],
    [{ wakes: 2, pollers: 1, cancels: true }, 2],
    [{ wakes: 3, pollers: 2, cancels: true }, 1],
  ])('every event is taken by one poll: %j', (options, preemptions) => {
    const report = explore(taskModel(options), preemptions);
    console.info(summary(`task ${JSON.stringify(options)}`, report, preemptions));
    expect(report.fault).toBeUndefined();
    expect(report.ends).toBeGreaterThan(0);
  }, 600_000);
});

describe('what is planted is found', () => {
  test('T3: a wait that forgets a wake during the poll', () => {
    const forgets: typeof wait = (word, generation) => {
      const [next, action] = wait(word, generation);
      return phaseOf(word) === PHASE.notified ? [(next & ~7) | PHASE.idle, 'none'] : [next, action];
    };
    expect(explore(taskModel({ wakes: 2, pollers: 1, cancels: false, planted: { wait: forgets } })).fault?.message).toMatch(/P1: .*cannot go on/);
  });

  test('T2: a wake that queues a task which is being polled', () => {
    const eager: typeof wake = (word, generation) => (phaseOf(word) === PHASE.running ? [queued(word), 'enqueue'] : wake(word, generation));
    expect(explore(taskModel({ wakes: 2, pollers: 2, cancels: false, planted: { wake: eager } })).fault?.message).toMatch(/T2: two threads poll one task|a task ended twice/);
  });

  test('T1: a wake that queues a task again', () => {
    const twice: typeof wake = (word, generation) => (phaseOf(word) === PHASE.queued ? [word, 'enqueue'] : wake(word, generation));
    const { fault } = explore(taskModel({ wakes: 2, pollers: 1, cancels: false, planted: { wake: twice } }));
    expect(fault?.message).toMatch(/T1: a task stands in the queue twice/);
    expect(fault?.trace.length).toBeGreaterThan(2);
  });
});
