/**
 * Main and the worker of one slot, by the very classes of the pool: Mailbox, RingOutlet, Reactor, Parker, RingProducer and
 * RingConsumer on rings of two entries that start just below the wrap-around of their counters, and TaskTable. Main sends
 * tasks, hears their ends, and shuts the worker down; a worker may die between any two steps, and another takes its slot.
 *
 * Conservation: each task is told of once by the worker or lost once with it; nothing that was sent waits for ever.
 */
import type { Arena } from '../../executor/arena.js';
import type { BlockCache } from '../../executor/block-cache.js';
import { ringInAt, ringOutAt, RING, SLOT, SLOT_STOP, slotAt } from '../../executor/layout.js';
import type { Outlet } from '../../executor/outlet.js';
import { unpark } from '../../executor/park.js';
import { observe, publish } from '../../executor/sync.js';
import { begin, end, recycle, spawn } from '../../executor/task-state.js';
import { TaskTable } from '../../executor/task-table.js';
import { Mailbox, resetSlot } from '../../workers/mailbox.js';
import { Reactor } from '../../workers/reactor-loop.js';
import { RingOutlet } from '../../workers/ring-outlet.js';
import type { Model, ModelThread, Read } from './explore.js';
import { addressOf, change, sharedWords, step, waitFor } from './memory.js';
import { fakeControl } from './task-model.js';

/** Rings are full after this many entries here. */
const CAPACITY = 2;
const BEFORE_WRAP = 0x7fffffff;

const ghost = sharedWords('ghost');
const G = { told: 0, lost: 1, doubled: 2, acknowledged: 3 } as const;
const S = { events: 0, messages: 1, started: 2 } as const;
const nothing = (): void => undefined;

/** Main's event loop: microtasks, immediates and messages, in the order of the model. */
class EventLoop {
  private readonly microtasks: (() => void)[] = [];
  private readonly immediates: (() => void)[] = [];
  /** Runs `action` with the globals of this loop. */
  within(action: () => void): void {
    const { queueMicrotask: micro, setImmediate: immediate, clearImmediate: clear } = globalThis;
    const now = performance.now;
    Object.assign(globalThis, {
      queueMicrotask: (task: () => void) => void this.microtasks.push(task),
      setImmediate: (task: () => void) => this.immediates.push(task),
      clearImmediate: (id: number) => void (this.immediates[id - 1] = nothing),
    });
    performance.now = () => 0;
    try {
      action();
    } finally {
      Object.assign(globalThis, { queueMicrotask: micro, setImmediate: immediate, clearImmediate: clear });
      performance.now = now;
    }
  }

  settle(): void {
    for (let task = this.microtasks.shift(); task; task = this.microtasks.shift()) task();
  }

  /** One turn: an immediate, or what comes next from outside. */
  turn(message: () => void, death: () => void): void {
    this.settle();
    const immediate = this.immediates.shift();
    if (immediate) immediate();
    else {
      change('shared', S.events, (old) => old - 1, true);
      if (change('shared', S.messages, (old) => Math.max(0, old - 1)) > 0) message();
      else death();
    }
    this.settle();
  }
}

export interface PoolModelOptions {
  readonly tasks: number;
  readonly deaths?: number;
  /** The slot is made new only after its thread was started, as it once was. */
  readonly lateReset?: boolean;
  /** What a faulty worker leaves out. */
  readonly outlet?: (real: RingOutlet) => Pick<RingOutlet, 'flush' | 'knock' | 'canFlush'>;
}

export function poolModel({ tasks, deaths = 0, lateReset = false, outlet: wrap = (real) => real }: PoolModelOptions): Model {
  Object.assign(RING, { capacity: CAPACITY });
  const control = fakeControl(1, tasks);
  const table = new TaskTable(control);
  const blocks = { balance: nothing } as unknown as BlockCache; // nothing here carries blocks
  const arena = {} as unknown as Arena; // nor records

  const worker = (which: number) => (): void => {
    waitFor('shared', S.started + which);
    const knocks = { postMessage: (): void => postMessage() };
    const ring = new RingOutlet(control, 0, blocks, knocks);
    const queue: number[] = [];
    const scheduler = {
      enqueue: (task: number): void => void queue.push(task),
      fireTimers: (): number => 0,
      untilNextTimer: (): number => Infinity,
      run: (): number => {
        const polled = queue.length;
        for (const task of queue.splice(0)) {
          const generation = table.generation(task);
          if (table.apply(begin, task, generation) !== 'run') continue;
          table.apply(end, task, generation);
          ring.ended(task, generation, 0, -1, '');
        }
        return polled;
      },
    };
    new Reactor(control, 0, blocks, wrap(ring), scheduler, nothing).loop();
  };

  const main = (): void => {
    const loop = new EventLoop();
    const open = new Set<number>();
    const told = (task: number): void => {
      ghost[open.delete(task) ? G.told : G.doubled] = (ghost[G.told] ?? 0) + 1;
    };
    const outlet: Outlet = {
      hostCall: nothing, log: nothing, result: nothing, unhandled: nothing, stuck: nothing,
      ended: (task, generation) => {
        if (table.apply(recycle, task, generation) === 'none') told(task);
      },
    };
    const makeMailbox = (): Mailbox => {
      let receive = nothing;
      const port = { on: (_name: string, handler: () => void) => (receive = handler), ref: nothing, unref: nothing, postMessage: nothing, close: nothing };
      const made = new Mailbox(control, arena, blocks, 0, port as never, outlet, nothing); // the five names that Mailbox uses
      message = () => receive();
      return made;
    };
    let message = nothing;
    let started = 0;
    const start = (): Mailbox => {
      if (!lateReset) renew();
      change('shared', S.started + started++, () => 1);
      if (lateReset) renew();
      return makeMailbox();
    };
    const renew = (): void => {
      resetSlot(control, 0);
      for (const ring of [ringInAt(control, 0), ringOutAt(control, 0)]) for (const word of [RING.head, RING.tail]) control.words[ring + word] = BEFORE_WRAP;
    };
    let mailbox = nothing as unknown as Mailbox; // made at once, below
    const submit = (task: number): void => {
      if (table.apply(spawn, task, table.generation(task)) === 'enqueue') mailbox.run(task);
    };
    const death = (): void => {
      mailbox.drainAll();
      mailbox.close();
      const lost = [...open];
      for (const task of lost) {
        ghost[G.lost] = (ghost[G.lost] ?? 0) + 1;
        const generation = table.generation(task);
        table.apply(end, task, generation);
        table.apply(recycle, task, generation);
      }
      mailbox = start();
      for (const task of lost) submit(task);
    };
    loop.within(() => {
      mailbox = start();
      for (let task = 0; task < tasks; task++) {
        open.add(task);
        submit(task);
      }
      loop.settle();
      while (open.size > 0) loop.turn(message, death);
      publish(control.words, slotAt(0) + SLOT.stop, SLOT_STOP.stop);
      unpark(control.words, slotAt(0));
      const answered = (): boolean => observe(control.words, slotAt(0) + SLOT.stop) === SLOT_STOP.acknowledged;
      while (!answered()) loop.turn(message, () => publish(control.words, slotAt(0) + SLOT.stop, SLOT_STOP.acknowledged));
      ghost[G.acknowledged] = 1;
    });
  };

  const threads: ModelThread[] = [{ name: 'main', sections: [main] }];
  for (let which = 0; which <= deaths; which++) threads.push({ name: `worker ${which}`, sections: [worker(which)], mortal: which < deaths, daemon: which > 0 });
  return { threads, deaths, check, final: (read) => balance(read, tasks), deathCounts: ['shared', S.events] };
}

/** A worker's knock, as main's event loop sees it. */
function postMessage(): void {
  const [messages, events] = [addressOf('shared', S.messages), addressOf('shared', S.events)];
  step('posts a message', ({ words }) => {
    words[messages] = (words[messages] ?? 0) + 1;
    return (words[events] = (words[events] ?? 0) + 1);
  });
}

const check = (read: Read): string | undefined => (read('ghost', G.doubled) > 0 ? 'a task was told of twice' : undefined);

function balance(read: Read, tasks: number): string | undefined {
  if (read('ghost', G.acknowledged) !== 1) return 'the worker never answered';
  return read('ghost', G.told) === tasks ? undefined : `${read('ghost', G.told)} of ${tasks} tasks were told of`;
}
