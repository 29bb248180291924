/**
 * Main's end of the two rings and the port of one worker. Main never blocks: it publishes entries and unparks, and it
 * takes what came when the worker's message says so, at most 512 entries or 1 ms per turn of the event loop.
 */
import type { MessagePort } from 'node:worker_threads';
import type { Arena } from '../executor/arena.js';
import type { BlockCache } from '../executor/block-cache.js';
import { ringInAt, ringOutAt, RING, SLOT, slotAt, type Control } from '../executor/layout.js';
import type { Outlet } from '../executor/outlet.js';
import { unpark } from '../executor/park.js';
import { freeRecord, readTextRecord } from '../executor/records.js';
import { RingConsumer, RingProducer } from '../executor/ring.js';
import { publish, swap } from '../executor/sync.js';
import { TO_MAIN, TO_WORKER, type ProgramMessage } from './messages.js';

const TURN_ENTRIES = 512;
const TURN_MS = 1;
/** Entries between two looks at the clock. */
const STEP = 32;
const PUBLISH_AT = 64;

/**
 * Makes the rings and words of a slot new, for the thread that is to have it. Only before that thread is started: one that
 * had already parked would lose its park word, and nothing would ever wake it (K1).
 */
export function resetSlot(control: Control, worker: number): void {
  const slot = slotAt(worker);
  for (const ring of [ringInAt(control, worker), ringOutAt(control, worker)]) {
    publish(control.words, ring + RING.head, 0);
    publish(control.words, ring + RING.tail, 0);
  }
  for (const word of [SLOT.park, SLOT.stop, SLOT.hungry, SLOT.starved, SLOT.running]) publish(control.words, slot + word, 0);
  publish(control.words, slot + SLOT.armed, 1);
}

/** Needs: the slot was reset (`resetSlot`) before its thread was started. */
export class Mailbox {
  private readonly out: RingProducer;
  private readonly inbox: RingConsumer;
  private readonly slot: number;
  private readonly sentPrograms = new Set<number>();
  private flushing = false;
  private continuing: NodeJS.Immediate | undefined;
  private closed = false;

  constructor(
    private readonly control: Control,
    private readonly arena: Arena,
    private readonly blocks: BlockCache,
    readonly worker: number,
    private readonly port: Pick<MessagePort, 'on' | 'ref' | 'unref' | 'postMessage' | 'close'>,
    private readonly outlet: Outlet,
    /** Something came from the worker: it runs. */
    private readonly awake: () => void,
  ) {
    this.slot = slotAt(worker);
    this.out = new RingProducer(control.words, ringInAt(control, worker));
    this.inbox = new RingConsumer(control.words, ringOutAt(control, worker));
    port.on('message', () => this.receive());
    port.unref();
  }

  /** Sends a queued task; published after 64 or when the current microtask ends, whichever comes first. */
  run(task: number): void {
    this.send(TO_WORKER.run, task);
  }

  private send(kind: number, subject: number): void {
    this.out.push(kind, subject, 0);
    if (this.out.unpublished >= PUBLISH_AT) return this.flush();
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      this.flush();
    });
  }

  /** Sends a program unless the worker has it; before the first task that needs it. */
  ensure(program: ProgramMessage): void {
    if (this.sentPrograms.has(program.id)) return;
    this.sentPrograms.add(program.id);
    const { id, artifact, dataAddress } = program;
    // What only listings read stays here.
    this.port.postMessage({ id, dataAddress, artifact: { ...artifact, frames: [] } } satisfies ProgramMessage);
  }

  /** The worker may drop the program; none of its tasks is left. */
  forget(program: number): void {
    if (this.sentPrograms.delete(program)) this.send(TO_WORKER.forget, program);
  }

  /** While there are tasks the port holds the process. */
  hold(tasks: boolean): void {
    if (this.closed) return;
    if (tasks) this.port.ref();
    else this.port.unref();
  }

  private flush(): void {
    if (this.closed) return;
    let news = this.out.flush();
    // Pairs with Reactor.take, which makes room and then looks at the word.
    if (this.out.overflow > 0) {
      publish(this.control.words, this.slot + SLOT.hungry, 1);
      // The worker may have made room between the two steps.
      news = this.out.flush() || news;
    }
    if (news) unpark(this.control.words, this.slot);
  }

  /** Takes a turn's worth of entries, then arms the next message, or goes on in the next turn. */
  receive(): void {
    // A message that was on its way when the thread died: its ring may be another thread's by now.
    if (this.closed) return;
    this.awake();
    try {
      this.takeTurn();
    } finally {
      // Also after a defect in an entry's handling: the entries of others are still to be heard.
      this.rearm();
    }
  }

  private takeTurn(): void {
    const end = performance.now() + TURN_MS;
    for (let taken = 0; taken < TURN_ENTRIES && performance.now() < end; ) {
      const step = this.drain(STEP);
      if (step === 0) break;
      taken += step;
    }
  }

  private rearm(): void {
    if (this.closed) return;
    // Pairs with RingOutlet.flush: there is room now.
    if (swap(this.control.words, this.slot + SLOT.starved, 0) === 1) unpark(this.control.words, this.slot);
    if (this.out.overflow > 0) this.flush();
    this.blocks.balance();
    if (this.inbox.isEmpty) this.arm();
    else this.goOn();
  }

  /** Asks for a message at the next entry, or room. Pairs with RingOutlet.knock: one of the two sees the other. */
  private arm(): void {
    publish(this.control.words, this.slot + SLOT.armed, 1);
    const more = !this.inbox.isEmpty || this.out.canFlush;
    if (more && swap(this.control.words, this.slot + SLOT.armed, 0) === 1) this.goOn();
  }

  private goOn(): void {
    this.continuing ??= setImmediate(() => {
      this.continuing = undefined;
      this.receive();
    });
  }

  /** What a worker that is gone had still published. */
  drainAll(): void {
    while (this.drain(TURN_ENTRIES) > 0);
  }

  private drain(limit: number): number {
    return this.inbox.drain(limit, (kind, task, generation, a, b, c) => {
      switch (kind) {
        case TO_MAIN.hostCall:
          return this.outlet.hostCall(task, generation, a);
        case TO_MAIN.result:
          return this.outlet.result(task, generation, a);
        case TO_MAIN.unhandled:
          return this.outlet.unhandled(task, generation, a);
        case TO_MAIN.log:
          return this.outlet.log(task, generation, b, this.takeText(a));
        case TO_MAIN.stuck:
          return this.outlet.stuck(task, generation);
        case TO_MAIN.ended:
          return this.outlet.ended(task, generation, a, b, c === 0 ? '' : this.takeText(c));
      }
    });
  }

  private takeText(record: number): string {
    const text = readTextRecord(this.arena, record);
    freeRecord(this.blocks, record);
    return text;
  }

  close(): void {
    this.closed = true;
    if (this.continuing) clearImmediate(this.continuing);
    this.port.close();
  }
}
