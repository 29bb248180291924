import { describe, expect, test } from '@jest/globals';
import { MessageChannel } from 'node:worker_threads';
import { createArena, initThreads } from '../../../executor/arena.js';
import { BlockCache } from '../../../executor/block-cache.js';
import { createControl, ringInAt, ringOutAt, RING, SLOT, slotAt } from '../../../executor/layout.js';
import type { Outlet } from '../../../executor/outlet.js';
import { RingConsumer, RingProducer } from '../../../executor/ring.js';
import { observe } from '../../../executor/sync.js';
import { Mailbox, resetSlot } from '../../../workers/mailbox.js';
import { TO_MAIN } from '../../../workers/messages.js';

/** Main's end and, as rings of this thread, the worker's. */
function makeMailbox(stuck: (task: number) => void) {
  const control = createControl(1, 1);
  const arena = createArena(16, () => undefined);
  initThreads(arena, 2);
  resetSlot(control, 0);
  const { port1, port2 } = new MessageChannel();
  const ignore = (): void => undefined;
  const outlet: Outlet = { hostCall: ignore, log: ignore, result: ignore, unhandled: ignore, ended: ignore, stuck };
  const mailbox = new Mailbox(control, arena, new BlockCache(arena, control, 0), 0, port1, outlet, ignore);
  const word = (offset: number): number => observe(control.words, slotAt(0) + offset);
  return {
    mailbox,
    word,
    toMain: new RingProducer(control.words, ringOutAt(control, 0)),
    fromMain: new RingConsumer(control.words, ringInAt(control, 0)),
    close: () => {
      mailbox.close();
      port2.close();
    },
  };
}

describe('a mailbox', () => {
  test('hears all entries although the handling of one met a defect', async () => {
    const heard: number[] = [];
    const { mailbox, toMain, word, close } = makeMailbox((task) => {
      if (task === 1) throw new Error('defect');
      heard.push(task);
    });
    for (const task of [0, 1, 2]) toMain.push(TO_MAIN.stuck, task, 0);
    toMain.flush();
    expect(() => mailbox.receive()).toThrow('defect');
    await new Promise(setImmediate);
    expect([heard, word(SLOT.armed)]).toEqual([[0, 2], 1]);
    close();
  });

  test('asks for room when its ring is full, and fills it when there is', async () => {
    const { mailbox, fromMain, word, close } = makeMailbox(() => undefined);
    for (let task = 0; task <= RING.capacity; task++) mailbox.run(task);
    await Promise.resolve();
    expect(word(SLOT.hungry)).toBe(1);
    const seen: number[] = [];
    const take = (): number => fromMain.drain(RING.capacity, (_kind, task) => void seen.push(task));
    take();
    mailbox.receive();
    take();
    expect(seen).toEqual(Array.from({ length: RING.capacity + 1 }, (_, task) => task));
    close();
  });
});
