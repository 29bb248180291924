import { describe, expect, test } from '@jest/globals';
import { createControl, RING, ringInAt } from '../../../executor/layout.js';
import { RingConsumer, RingProducer } from '../../../executor/ring.js';
import { RunQueue } from '../../../executor/run-queue.js';
import { TaskTable } from '../../../executor/task-table.js';
import { nodeDelay, Timers } from '../../../executor/timers.js';

describe('a ring', () => {
  test('Q1: what does not fit waits in order and nothing is lost', () => {
    const control = createControl(1, 1);
    const producer = new RingProducer(control.words, ringInAt(control, 0));
    const consumer = new RingConsumer(control.words, ringInAt(control, 0));
    const seen: number[] = [];
    const total = RING.capacity * 3 + 7;
    for (let i = 0; i < total; i++) producer.push(1, i, 0);
    expect(producer.overflow).toBe(total - RING.capacity);
    while (seen.length < total) {
      producer.flush();
      consumer.drain(1000, (_kind, task) => void seen.push(task));
    }
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => i));
    expect([producer.overflow, consumer.isEmpty]).toEqual([0, true]);
  });

  test('entries are seen only after the flush', () => {
    const control = createControl(1, 1);
    const producer = new RingProducer(control.words, ringInAt(control, 0));
    const consumer = new RingConsumer(control.words, ringInAt(control, 0));
    producer.push(1, 2, 3, 4, 5, 6);
    expect([producer.unpublished, consumer.isEmpty]).toEqual([1, true]);
    expect(producer.flush()).toBe(true);
    const seen: number[][] = [];
    consumer.drain(9, (...entry) => void seen.push(entry));
    expect(seen).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect(producer.flush()).toBe(false);
  });
});

test('a run queue is first in, first out', () => {
  const queue = new RunQueue(new TaskTable(createControl(1, 10)));
  for (const task of [3, 0, 9]) queue.push(task);
  expect([queue.pop(), queue.pop()]).toEqual([3, 0]);
  queue.push(3);
  expect([queue.pop(), queue.pop(), queue.pop(), queue.length]).toEqual([9, 3, -1, 0]);
});

describe('timers', () => {
  const takeAll = (timers: Timers, now: number): number[] => {
    const taken: number[] = [];
    for (let timer = timers.takeDue(now); timer; timer = timers.takeDue(now)) taken.push(timer.opId);
    return taken;
  };

  test('fire by deadline, equal ones in the order they were set', () => {
    const timers = new Timers();
    [[20, 1], [10, 2], [20, 3], [10, 4], [30, 5]].forEach(([due = 0, opId = 0]) => timers.add(due, 0, 0, opId));
    expect(takeAll(timers, 25)).toEqual([2, 4, 1, 3]);
    expect(timers.nextDue).toBe(30);
  });

  test('a random history agrees with sorting', () => {
    const timers = new Timers();
    let model: { due: number; opId: number; task: number }[] = [];
    let seed = 42;
    const random = (n: number): number => (seed = (seed * 1103515245 + 12345) >>> 0) % n;
    for (let opId = 0; opId < 3000; opId++) {
      const timer = { due: random(500), opId, task: random(20) };
      timers.add(timer.due, timer.task, 0, opId);
      model.push(timer);
      const victim = random(opId + 1);
      if (random(3) === 0) {
        const found = model.find((each) => each.opId === victim);
        if (found) timers.stop(found.task, victim);
        model = model.filter((each) => each !== found);
      }
      if (random(200) === 0) {
        timers.stopAll(7);
        model = model.filter((each) => each.task !== 7);
      }
    }
    model.sort((a, b) => a.due - b.due || a.opId - b.opId);
    expect(takeAll(timers, 1000)).toEqual(model.map((each) => each.opId));
    expect(timers.size).toBe(0);
  });

  test.each([[0, 0], [-5, 1], [NaN, 1], [2 ** 31, 1], [1.9, 1], [7.5, 7], [2 ** 31 - 1, 2 ** 31 - 1]])('a delay of %d is %d ms, as in Node; 0 is an immediate', (given, delay) => {
    expect(nodeDelay(given)).toBe(delay);
  });
});
