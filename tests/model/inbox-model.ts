/**
 * The inbox of a task, by the very pushGroup and takeInbox: threads that push groups of records, and a poller that takes
 * all at once. Each record arrives once, groups whole and in their order.
 */
import type { Arena } from '../../executor/arena.js';
import { pushGroup, takeInbox } from '../../executor/inbox.js';
import { recordNext } from '../../executor/records.js';
import { TaskTable } from '../../executor/task-table.js';
import type { Model, Read } from './explore.js';
import { change, sharedWords } from './memory.js';
import { fakeControl } from './task-model.js';

const RECORD_BYTES = 64;
const seen = sharedWords('seen');
const COUNT = 1000;

/** `groups`: how many records each pusher's group has. */
export function inboxModel(groups: readonly number[]): Model {
  const table = new TaskTable(fakeControl(1, 1));
  // Records are linked through words alone.
  const arena = { words: sharedWords('arena') } as unknown as Arena;
  const total = groups.reduce((sum, size) => sum + size, 0);
  /** Group g has records g * 100 + 1, g * 100 + 2, …: an address tells both. */
  const record = (group: number, index: number): number => (group * 100 + index + 1) * RECORD_BYTES;
  const pusher = (group: number, size: number) => (): void => {
    pushGroup(arena, table, 0, Array.from({ length: size }, (_, index) => record(group, index)));
    change('shared', 0, (old) => old + 1);
  };
  const poller = (): 'again' | void => {
    change('shared', 0, (old) => old - 1, true);
    for (let at = takeInbox(arena, table, 0); at !== 0; at = recordNext(arena, at)) {
      const count = seen[COUNT] ?? 0;
      seen[count] = at;
      seen[COUNT] = count + 1;
    }
    return seen[COUNT] === total ? undefined : 'again';
  };
  const threads = groups.map((size, group) => ({ name: `pusher ${group}`, sections: [pusher(group, size)] }));
  return { threads: [...threads, { name: 'poller', sections: [poller] }], final: (read) => inOrder(read, groups, record) };
}

function inOrder(read: Read, groups: readonly number[], record: (group: number, index: number) => number): string | undefined {
  const taken = Array.from({ length: read('seen', COUNT) }, (_, index) => read('seen', index));
  for (const [group, size] of groups.entries()) {
    const first = taken.indexOf(record(group, 0));
    for (let index = 0; index < size; index++) if (taken[first + index] !== record(group, index)) return `group ${group} came as ${taken.join()}`;
  }
  return undefined;
}
