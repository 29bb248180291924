/**
 * The state word of one task, driven by the very functions of task-state.ts through TaskTable: pollers that share a queue,
 * wakers that publish events, a canceller, and an owner who recycles the record and starts a second task in it.
 *
 * Conservation: every event published for the task is taken by a poll; one thread polls at a time; the task stands in the
 * queue at most once.
 */
import type { Control } from '../../executor/layout.js';
import { observe, publish, swap } from '../../executor/sync.js';
import { begin, cancel, end, recycle, spawn, wait, wake, yieldTurn, type Transition } from '../../executor/task-state.js';
import { TaskTable } from '../../executor/task-table.js';
import type { Model, ModelThread, Read } from './explore.js';
import { change, sharedWords, waitFor, type Section } from './memory.js';

export const fakeControl = (workers: number, tasks: number): Control => ({
  // The model's words stand for the buffer and all views of it.
  buffer: new SharedArrayBuffer(0),
  words: sharedWords('control'),
  doubles: sharedWords('doubles') as unknown as Float64Array,
  workers,
  tasks,
});

/** Words that only the model sees, none of them ordered. */
const ghost = sharedWords('ghost');
const G = { polling: 0, mostPolling: 1, published: 2, taken: 3, queued: 4, mostQueued: 5, ended: 6, recycled: 7 } as const;
/** Words of the model that its threads meet at. */
const shared = sharedWords('shared');
const S = { events: 0, queue: 1, started: 2 } as const;

const count = (word: number, by: number, most?: number): void => {
  const now = (ghost[word] ?? 0) + by;
  ghost[word] = now;
  if (most !== undefined && now > (ghost[most] ?? 0)) ghost[most] = now;
};

/** What stands in `queue` once the task is over. */
const OVER = -1;

function enqueue(): void {
  count(G.queued, 1, G.mostQueued);
  change('shared', S.queue, () => 1);
}

function publishEvent(): void {
  change('shared', S.events, (old) => old + 1);
  count(G.published, 1);
}

export interface TaskModelOptions {
  readonly wakes: number;
  readonly pollers: number;
  readonly cancels: boolean;
  /** Faulty transitions in the place of real ones. */
  readonly planted?: Partial<Record<'wait' | 'wake', Transition>>;
}

export function taskModel({ wakes, pollers, cancels, planted = {} }: TaskModelOptions): Model {
  const table = new TaskTable(fakeControl(1, 1));
  const doWake = planted.wake ?? wake;
  const doWait = planted.wait ?? wait;
  const events = wakes + (cancels ? 1 : 0);
  const apply = (transition: Transition): void => {
    if (table.apply(transition, 0, 0) === 'enqueue') enqueue();
  };

  /** One poll, as Scheduler.step makes it; gives whether the task has ended. */
  const poll = (): boolean => {
    if (table.apply(begin, 0, 0) !== 'run') return false;
    count(G.polling, 1, G.mostPolling);
    count(G.taken, swap(shared, S.events, 0));
    const over = ghost[G.taken] === events;
    const more = observe(shared, S.events) !== 0;
    count(G.polling, -1);
    if (over) {
      table.apply(end, 0, 0);
      count(G.ended, 1);
    } else apply(more ? yieldTurn : doWait);
    return over;
  };
  const poller = (): 'again' | void => {
    if (change('shared', S.queue, (old) => (old === OVER ? OVER : 0), true) === OVER) return;
    count(G.queued, -1);
    if (!poll()) return 'again';
    change('shared', S.queue, () => OVER);
  };
  const happens = (transition: Transition): Section[] => [
    () => waitFor('shared', S.started),
    publishEvent,
    () => apply(transition),
  ];
  const owner: Section[] = [
    () => apply(spawn),
    () => publish(shared, S.started, 1),
    () => waitFor('ghost', G.ended),
    () => {
      if (table.apply(recycle, 0, 0) !== 'stale') count(G.recycled, 1);
    },
    () => {
      if (table.apply(spawn, 0, 1) !== 'enqueue') throw new Error('S8: the record is not free');
    },
    ...[doWake, cancel, begin, wait, yieldTurn, end, recycle].map((transition) => () => {
      if (table.apply(transition, 0, 0) !== 'stale') throw new Error('T4: an old id moved a new task');
    }),
  ];
  const threads: ModelThread[] = [
    { name: 'owner', sections: owner },
    ...Array.from({ length: pollers }, (_, i) => ({ name: `poller ${i}`, sections: [poller] })),
    ...Array.from({ length: wakes }, (_, i) => ({ name: `waker ${i}`, sections: happens(doWake) })),
    ...(cancels ? [{ name: 'canceller', sections: happens(cancel) }] : []),
  ];
  return { threads, check, final: (read) => balance(read, events) };
}

function check(read: Read): string | undefined {
  if (read('ghost', G.mostPolling) > 1) return 'T2: two threads poll one task';
  if (read('ghost', G.mostQueued) > 1) return 'T1: a task stands in the queue twice';
  return read('ghost', G.ended) > 1 ? 'a task ended twice' : undefined;
}

function balance(read: Read, events: number): string | undefined {
  const [published, taken] = [read('ghost', G.published), read('ghost', G.taken)];
  if (published !== events || taken !== events) return `T3: ${events} events, ${published} published, ${taken} taken`;
  return read('ghost', G.recycled) === 1 ? undefined : 'S8: the record was not recycled';
}
