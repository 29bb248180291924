import { describe, expect, test } from '@jest/globals';
import { PHASE, TRANSITIONS, begin, cancel, end, isCancelled, phaseOf, recycle, spawn, wait, wake, yieldTurn } from '../../../executor/task-state.js';

const word = (generation: number, phase: number): number => (generation << 4) | phase;

describe('the state of a task', () => {
  test('a life: spawned, polled, waiting, woken, ended, recycled', () => {
    let state = word(3, PHASE.free);
    const walk = [[spawn, 'enqueue'], [begin, 'run'], [wait, 'none'], [wake, 'enqueue'], [begin, 'run'], [yieldTurn, 'enqueue'], [begin, 'run'], [end, 'ended'], [recycle, 'none']] as const;
    for (const [transition, action] of walk) {
      const [next, did] = transition(state, 3);
      expect(did).toBe(action);
      state = next;
    }
    expect(state).toBe(word(4, PHASE.free));
  });

  test('T3: a wake during a poll queues the task again', () => {
    const [notified, action] = wake(word(1, PHASE.running), 1);
    expect(action).toBe('none');
    expect(wait(notified, 1)).toEqual([word(1, PHASE.queued), 'enqueue']);
  });

  test('T1: many wakes queue once', () => {
    const [queued] = wake(word(1, PHASE.idle), 1);
    expect(wake(queued, 1)).toEqual([queued, 'none']);
  });

  test('cancelling wakes and marks', () => {
    const [next, action] = cancel(word(1, PHASE.idle), 1);
    expect(action).toBe('enqueue');
    expect([phaseOf(next), isCancelled(next)]).toEqual([PHASE.queued, true]);
  });

  test('T4: no transition changes anything for an old generation, in any phase', () => {
    for (const transition of Object.values(TRANSITIONS)) {
      for (const phase of Object.values(PHASE)) expect(transition(word(5, phase), 4)).toEqual([word(5, phase), 'stale']);
    }
  });

  test('generations wrap around', () => {
    expect(recycle(word(0x0fffffff, PHASE.done), 0x0fffffff)).toEqual([word(0, PHASE.free), 'none']);
  });
});
