/**
 * A ring with one producer and one consumer thread: entries of 8 words. The producer writes entries, then publishes the
 * tail once per batch; the consumer takes entries, then publishes the head.
 *
 * Invariant Q1: `tail - head` is at most the capacity, both counted modulo 2^32; what does not fit waits with its
 * producer, in order, and is never dropped.
 */
import { RING } from './layout.js';
import { observe, publish } from './sync.js';

export type Entry = readonly [kind: number, task: number, generation: number, a: number, b: number, c: number];

export class RingProducer {
  private tail: number;
  private published: number;
  private readonly waiting: Entry[] = [];
  private waitingFrom = 0;
  constructor(
    private readonly words: Int32Array,
    private readonly at: number,
  ) {
    this.tail = observe(words, at + RING.tail);
    this.published = this.tail;
  }

  /** Entries that found no room; `flush` tries again. */
  get overflow(): number {
    return this.waiting.length - this.waitingFrom;
  }

  /** Whether `flush` would move waiting entries. */
  get canFlush(): boolean {
    return this.overflow > 0 && this.hasRoom;
  }

  push(kind: number, task: number, generation: number, a = 0, b = 0, c = 0): void {
    if (this.overflow > 0 || !this.hasRoom) this.waiting.push([kind, task, generation, a, b, c]);
    else this.write(kind, task, generation, a, b, c);
  }

  /** Publishes what was pushed; tells whether the consumer has something new to see. Pairs with RingConsumer.drain. */
  flush(): boolean {
    while (this.overflow > 0 && this.hasRoom) {
      const entry = this.waiting[this.waitingFrom++];
      if (entry) this.write(...entry);
    }
    if (this.overflow === 0 && this.waitingFrom > 0) {
      this.waiting.length = 0;
      this.waitingFrom = 0;
    }
    if (this.published === this.tail) return false;
    publish(this.words, this.at + RING.tail, this.tail);
    this.published = this.tail;
    return true;
  }

  /** Entries pushed since the last `flush` that are in the ring. */
  get unpublished(): number {
    return (this.tail - this.published) | 0;
  }

  /** Pairs with the publish of the head in RingConsumer.drain: entries that were taken may be written over. */
  get hasRoom(): boolean {
    return ((this.tail - observe(this.words, this.at + RING.head)) | 0) < RING.capacity;
  }

  private write(kind: number, task: number, generation: number, a: number, b: number, c: number): void {
    const at = this.at + RING.entries + (this.tail & (RING.capacity - 1)) * RING.entryWords;
    this.words[at] = kind;
    this.words[at + 1] = task;
    this.words[at + 2] = generation;
    this.words[at + 3] = a;
    this.words[at + 4] = b;
    this.words[at + 5] = c;
    this.tail = (this.tail + 1) | 0;
  }
}

export class RingConsumer {
  private head: number;
  constructor(
    private readonly words: Int32Array,
    private readonly at: number,
  ) {
    this.head = observe(words, at + RING.head);
  }

  /** Pairs with RingProducer.flush. */
  get isEmpty(): boolean {
    return observe(this.words, this.at + RING.tail) === this.head;
  }

  /** Hands over at most `limit` entries; gives how many. What `take` throws comes out, and the entry counts as taken. Pairs with RingProducer.flush. */
  drain(limit: number, take: (kind: number, task: number, generation: number, a: number, b: number, c: number) => void): number {
    const { words } = this;
    const tail = observe(words, this.at + RING.tail);
    let count = 0;
    try {
      while (this.head !== tail && count < limit) {
        const at = this.at + RING.entries + (this.head & (RING.capacity - 1)) * RING.entryWords;
        this.head = (this.head + 1) | 0;
        count++;
        const read = (offset: number): number => words[at + offset] ?? 0;
        take(read(0), read(1), read(2), read(3), read(4), read(5));
      }
    } finally {
      if (count > 0) publish(words, this.at + RING.head, this.head);
    }
    return count;
  }
}
