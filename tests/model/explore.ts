/**
 * Explores all interleavings of a model's threads, step by step, each state once. Depth first, with the number of
 * preemptions bounded if asked for: a preemption is a switch away from a thread that could have gone on.
 *
 * P1: a state in which no thread can go on, although one that must end has not ended, is a lost wake. P2: `check` holds
 * after every step. P3: `final` holds in every state where nothing can go on.
 */
import { addressOf, initialWords, stepThread, withSetup, type ModelState, type Section } from './memory.js';

export interface ModelThread {
  readonly name: string;
  readonly sections: readonly Section[];
  /** May be stopped between any two steps, once in all threads together. */
  readonly mortal?: boolean;
  /** Need not end: it waits for what never comes. */
  readonly daemon?: boolean;
}

/** A word by name, in a state. */
export type Read = (space: string, index?: number) => number;

export interface Model {
  readonly setup?: () => void;
  readonly threads: readonly ModelThread[];
  /** Gives what is wrong with a state. */
  readonly check?: (read: Read) => string | undefined;
  readonly final?: (read: Read) => string | undefined;
  readonly deaths?: number;
  /** The word that counts up when a thread dies: others may wait for it. */
  readonly deathCounts?: readonly [space: string, index: number];
}

export interface Report {
  readonly states: number;
  readonly steps: number;
  readonly ends: number;
  readonly longest: number;
  /** What is wrong, and the steps that lead there. */
  readonly fault?: { readonly message: string; readonly trace: readonly string[] };
}

interface Node {
  readonly state: ModelState;
  readonly last: number;
  readonly preemptions: number;
  readonly depth: number;
  readonly label: string;
  readonly from: Node | undefined;
}

const MOST_STATES = 2_000_000;

const canRun = ({ words, threads }: ModelState, thread: number): boolean => {
  const each = threads[thread];
  if (!each || each.ended) return false;
  const { blocked } = each;
  if (!blocked) return true;
  return blocked.kind === 'word' ? blocked.timed : (words[blocked.address] ?? 0) !== 0;
};

/** `preemptions`: most switches from a thread that could go on; Infinity for all interleavings. */
export function explore(model: Model, preemptions = Infinity): Report {
  withSetup(() => model.setup?.());
  const threads = model.threads.map(() => ({ section: 0, log: undefined, blocked: undefined, ended: false }));
  const unstarted: ModelState = { words: initialWords(), threads, waiters: [], deaths: model.deaths ?? 0 };
  const start = model.threads.reduce((state, { sections }, thread) => stepThread(state, thread, sections, true).state, unstarted);
  const seen = new Set<string>();
  const stack: Node[] = [{ state: start, last: -1, preemptions: 0, depth: 0, label: 'start', from: undefined }];
  const report = { states: 0, steps: 0, ends: 0, longest: 0 };
  const fault = (node: Node, message: string): Report => ({ ...report, fault: { message, trace: traceOf(node) } });
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node || isSeen(seen, node, preemptions)) continue;
    report.states++;
    report.longest = Math.max(report.longest, node.depth);
    if (report.states > MOST_STATES) throw new Error('the model is too large');
    const { state } = node;
    const read: Read = (space, index = 0) => state.words[addressOf(space, index)] ?? 0;
    const wrong = model.check?.(read);
    if (wrong !== undefined) return fault(node, wrong);
    const able = model.threads.flatMap((_, thread) => (canRun(state, thread) ? [thread] : []));
    if (able.length === 0) {
      report.ends++;
      const waiting = model.threads.filter(({ daemon }, thread) => !daemon && !state.threads[thread]?.ended);
      if (waiting.length > 0) return fault(node, `P1: ${waiting.map(({ name }) => name).join(', ')} cannot go on`);
      const lost = model.final?.(read);
      if (lost !== undefined) return fault(node, lost);
    }
    for (const thread of able) {
      const preempts = node.last >= 0 && node.last !== thread && able.includes(node.last);
      if (preempts && node.preemptions >= preemptions) continue;
      report.steps++;
      const each = model.threads[thread];
      if (!each) continue;
      const next = advance(node, thread, each);
      if (typeof next === 'string') return fault(node, `${each.name}: ${next}`);
      stack.push({ ...next, preemptions: node.preemptions + (preempts ? 1 : 0) });
    }
    for (const [thread, { mortal, name }] of model.threads.entries()) {
      if (!mortal || state.deaths === 0 || state.threads[thread]?.ended) continue;
      stack.push({ state: kill(state, thread, model), last: -1, preemptions: node.preemptions, depth: node.depth + 1, label: `${name} dies`, from: node });
    }
  }
  return report;
}

/** The state after a thread's next step, or what it threw. */
function advance(node: Node, thread: number, { name, sections }: ModelThread): Omit<Node, 'preemptions'> | string {
  try {
    const { state, label } = stepThread(node.state, thread, sections);
    return { state, last: thread, depth: node.depth + 1, label: `${name} ${label}`, from: node };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function kill(state: ModelState, thread: number, { deathCounts }: Model): ModelState {
  const words = [...state.words];
  if (deathCounts) {
    const address = addressOf(...deathCounts);
    words[address] = (words[address] ?? 0) + 1;
  }
  const threads = state.threads.map((each, index) => (index === thread ? { section: 0, log: undefined, blocked: undefined, ended: true } : each));
  return { words, threads, waiters: state.waiters.filter((each) => each.thread !== thread), deaths: state.deaths - 1 };
}

function isSeen(seen: Set<string>, { state, last, preemptions: used }: Node, bound: number): boolean {
  const threads = state.threads.map(({ section, log, blocked, ended }) => `${section}.${log?.id ?? 0}${blocked ? `b${blocked.kind}${blocked.address}` : ''}${ended ? 'e' : ''}`);
  const waiters = state.waiters.map((each) => `${each.address}:${each.thread}:${each.token}`);
  const key = `${state.words.map((word) => word | 0).join()};${threads.join()};${waiters.join()};${state.deaths}${bound === Infinity ? '' : `;${last}:${used}`}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

function traceOf(node: Node): string[] {
  const trace: string[] = [];
  for (let at: Node | undefined = node; at?.from; at = at.from) trace.push(at.label);
  return trace.reverse();
}

/** One line for the test's output. */
export function summary(name: string, report: Report, preemptions = Infinity): string {
  const bound = preemptions === Infinity ? 'all interleavings' : `at most ${preemptions} preemptions`;
  return `${name}: ${report.states} states, ${report.steps} steps, ${report.ends} ends, longest ${report.longest}, ${bound}`;
}
