/**
 * The shared words of a model, and one step of one of its threads.
 *
 * The code under test is the executor's own, unchanged: it runs on `SharedWords`, an object that behaves as an Int32Array,
 * and on `sync-model.ts` in the place of executor/sync.ts. A thread is a function that is run again from its start for each
 * of its steps: what its earlier operations gave is read from a log, one further operation is carried out, and at the next
 * one the run is broken off. So a thread may stop between any two operations without the code knowing.
 *
 * E1: a thread's state is a function of its log, so all that it reads from outside itself comes from here. E2: nothing that
 * runs while a broken-off run unwinds (`finally`) has an effect. E3: accesses without an order of their own (plain reads and
 * writes) belong to the step of the ordered operation before them. E4: a thread is a list of sections that hand each other
 * no values: at the end of one its log is forgotten, so that what differs no more counts as one state.
 */

/** Thrown to break off a run; never seen by the code under test but on its way out. */
export const PAUSE = Symbol('pause');

/** What a thread waits for before its next operation. */
export type Blocked =
  | { readonly kind: 'word'; readonly address: number; readonly timed: boolean }
  | { readonly kind: 'until'; readonly address: number };

/** Part of a thread's life; `again`: it is to be run once more. */
export type Section = () => 'again' | void;

export interface ThreadState {
  readonly section: number;
  /** Results of its operations in this section so far, newest first. */
  readonly log: Log | undefined;
  readonly blocked: Blocked | undefined;
  readonly ended: boolean;
}

/** A log as a list that shares its tail with other logs; equal logs are one object. */
export interface Log {
  readonly id: number;
  readonly value: number;
  readonly before: Log | undefined;
  readonly next: Map<number, Log>;
}

export interface ModelState {
  readonly words: readonly number[];
  readonly threads: readonly ThreadState[];
  /** Asynchronous waiters by address, in the order they came: thread and token. */
  readonly waiters: readonly { readonly address: number; readonly thread: number; readonly token: number }[];
  readonly deaths: number;
}

/** The state that a step changes. */
interface Draft {
  words: number[];
  blocked: (Blocked | undefined)[];
  waiters: ModelState['waiters'];
}

interface Run {
  readonly thread: number;
  readonly draft: Draft;
  log: readonly number[];
  made: number[];
  at: number;
  stepped: boolean;
  paused: boolean;
  label: string;
}

let run: Run | undefined;
/** Addresses are dense: each shared word gets the next number when it is first met. */
const dense = new Map<string, number>();
const names: string[] = [];
const initial: number[] = [];
let setup: number[] | undefined;

export function addressOf(space: string, index: number): number {
  const name = `${space}[${index}]`;
  const known = dense.get(name);
  if (known !== undefined) return known;
  dense.set(name, names.length);
  return names.push(name) - 1;
}

export const nameOf = (address: number): string => names[address] ?? '?';

function current(): Run {
  if (!run) throw new Error('no thread of the model runs');
  if (run.paused) throw PAUSE;
  return run;
}

/** A plain access: part of the step under way. */
export function plain(action: (words: number[]) => number): number {
  if (setup) return action(setup);
  const { log, made, draft } = current();
  const one = current();
  if (one.at < log.length) return log[one.at++] ?? 0;
  const result = action(draft.words);
  made.push(result);
  one.at++;
  return result;
}

/** An ordered operation: a step of its own, which a thread makes only once the word at `guard`, if any, is not 0. */
export function step(label: string, action: (draft: Draft, thread: number) => number, guard?: number): number {
  if (setup) return action({ words: setup, blocked: [], waiters: [] }, 0);
  const one = current();
  if (one.at < one.log.length) return one.log[one.at++] ?? 0;
  if (one.stepped) {
    one.paused = true;
    if (guard !== undefined) one.draft.blocked[one.thread] = { kind: 'until', address: guard };
    throw PAUSE;
  }
  one.stepped = true;
  one.label = label;
  const result = action(one.draft, one.thread);
  one.made.push(result);
  one.at++;
  return result;
}

/** Changes a word in one step, for what a model itself needs; gives its old value. Waits until it is not 0 if asked to. */
export function change(space: string, index: number, to: (old: number) => number, waits = false): number {
  const address = addressOf(space, index);
  const label = `changes ${nameOf(address)}`;
  return step(label, ({ words }) => {
    const old = words[address] ?? 0;
    words[address] = to(old);
    return old;
  }, waits ? address : undefined);
}

/** Waits until a word is not 0. */
export function waitFor(space: string, index: number): void {
  const address = addressOf(space, index);
  step(`saw ${nameOf(address)}`, () => 0, address);
}

const LOG_ROOT: Log = { id: 0, value: 0, before: undefined, next: new Map() };
let logs = 0;
const extend = (log: Log | undefined, value: number): Log => {
  const from = log ?? LOG_ROOT;
  const known = from.next.get(value);
  if (known) return known;
  const made: Log = { id: ++logs, value, before: from, next: new Map() };
  from.next.set(value, made);
  return made;
};

function valuesOf(log: Log | undefined): number[] {
  const values: number[] = [];
  for (let at = log; at && at !== LOG_ROOT; at = at.before) values.push(at.value);
  return values.reverse();
}

/** Runs `make` on the words that all runs begin with. */
export function withSetup(make: () => void): void {
  dense.clear();
  names.length = 0;
  initial.length = 0;
  setup = initial;
  try {
    make();
  } finally {
    setup = undefined;
  }
}

export const initialWords = (): number[] => [...initial];

/**
 * Carries out one step of a thread, and what follows up to its next; gives the state after it, and what it did. `first`:
 * only what comes before its first step.
 */
export function stepThread(state: ModelState, thread: number, sections: readonly Section[], first = false): { readonly state: ModelState; readonly label: string } {
  const before = state.threads[thread];
  if (!before || before.ended) throw new Error(`thread ${thread} cannot run`);
  const draft: Draft = { words: [...state.words], blocked: state.threads.map((each) => each.blocked), waiters: state.waiters };
  draft.blocked[thread] = undefined;
  const one: Run = { thread, log: valuesOf(before.log), draft, made: [], at: 0, stepped: first, paused: false, label: 'ends' };
  const { section, log } = runSections(one, sections, before);
  const threads = state.threads.map((each, index) => {
    const blocked = draft.blocked[index];
    if (index !== thread) return blocked === each.blocked ? each : { ...each, blocked };
    return one.paused ? { section, log: one.made.reduce<Log | undefined>(extend, log), blocked, ended: false } : { section: 0, log: undefined, blocked: undefined, ended: true };
  });
  return { state: { ...state, words: draft.words, threads, waiters: draft.waiters }, label: one.label };
}

/** Runs sections until the thread has to pause or is at its end (E4); gives where it then stands. */
function runSections(one: Run, sections: readonly Section[], from: ThreadState): { section: number; log: Log | undefined } {
  let { section, log } = from;
  run = one;
  try {
    for (let body = sections[section]; body; body = sections[section]) {
      const next = body();
      // A handler in the code may have swallowed the pause.
      if (one.paused) return { section, log };
      section += next === 'again' ? 0 : 1;
      log = undefined;
      one.log = [];
      one.made = [];
      one.at = 0;
    }
  } catch (error) {
    // Whatever comes out of a run that was broken off comes of that (E2).
    if (error !== PAUSE && !one.paused) throw error;
  } finally {
    run = undefined;
  }
  return { section, log };
}

/** Words of a name, to be handed to code that takes an Int32Array. */
export function sharedWords(space: string): Int32Array {
  const words = new Proxy(Object.create(null) as object, {
    get: (_target, key) => {
      if (key === SPACE) return space;
      const index = Number(String(key));
      return plain((all) => all[addressOf(space, index)] ?? 0);
    },
    set: (_target, key, value: number) => {
      const index = Number(String(key));
      plain((all) => (all[addressOf(space, index)] = value | 0));
      return true;
    },
  });
  return words as Int32Array; // the code under test reads, writes and passes on, nothing else
}

/** The key under which shared words tell their name. */
export const SPACE = Symbol('space');
export const spaceOf = (words: Int32Array): string => (words as unknown as { [SPACE]: string })[SPACE];
