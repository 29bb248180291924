/**
 * The outlet of a reactor: entries into the ring to main, published in batches, with one message when main asked for it.
 * O1: entries leave in the order they were made; O2: a reactor never parks with entries it has not published, and when
 * the ring is full main unparks it as soon as there is room.
 */
import type { MessagePort } from 'node:worker_threads';
import type { BlockCache } from '../executor/block-cache.js';
import { ringOutAt, SLOT, slotAt, type Control } from '../executor/layout.js';
import type { Outlet } from '../executor/outlet.js';
import { makeTextRecord } from '../executor/records.js';
import { RingProducer } from '../executor/ring.js';
import { publish, swap } from '../executor/sync.js';
import { TO_MAIN } from './messages.js';

/** Main sees results of a long batch this early. */
const BATCH = 64;

export class RingOutlet implements Outlet {
  private readonly ring: RingProducer;
  private readonly slot: number;

  constructor(
    private readonly control: Control,
    worker: number,
    private readonly blocks: BlockCache,
    private readonly port: Pick<MessagePort, 'postMessage'>,
  ) {
    this.ring = new RingProducer(control.words, ringOutAt(control, worker));
    this.slot = slotAt(worker);
  }

  hostCall(task: number, generation: number, record: number): void {
    this.push(TO_MAIN.hostCall, task, generation, record);
  }

  log(task: number, generation: number, level: number, text: string): void {
    this.push(TO_MAIN.log, task, generation, makeTextRecord(this.blocks, level, text), level);
  }

  result(task: number, generation: number, record: number): void {
    this.push(TO_MAIN.result, task, generation, record);
  }

  unhandled(task: number, generation: number, record: number): void {
    this.push(TO_MAIN.unhandled, task, generation, record);
  }

  stuck(task: number, generation: number): void {
    this.push(TO_MAIN.stuck, task, generation, 0);
  }

  ended(task: number, generation: number, ending: number, place: number, text: string): void {
    this.push(TO_MAIN.ended, task, generation, ending, place, text === '' ? 0 : makeTextRecord(this.blocks, 0, text));
  }

  /** Publishes what was sent (O2). */
  flush(): void {
    let news = this.ring.flush();
    // Pairs with Mailbox.receive, which makes room and then looks at the word.
    if (this.ring.overflow > 0) {
      publish(this.control.words, this.slot + SLOT.starved, 1);
      // Main may have made room between the two steps.
      news = this.ring.flush() || news;
    }
    if (news || this.ring.overflow > 0) this.knock();
  }

  /** Whether main has made room for entries that wait: looked at between announcing a park and parking (O2). */
  get canFlush(): boolean {
    return this.ring.canFlush;
  }

  /** Asks main to look; one message however often, until main has looked. Pairs with Mailbox.arm. */
  knock(): void {
    if (swap(this.control.words, this.slot + SLOT.armed, 0) === 1) this.port.postMessage(0);
  }

  private push(kind: number, task: number, generation: number, a: number, b = 0, c = 0): void {
    this.ring.push(kind, task, generation, a, b, c);
    if (this.ring.unpublished >= BATCH) this.flush();
  }
}
