/**
 * Runs the typed texts of order programs, types stripped, in V8 and prints their logs: a JSON array with an array of lines, or null for a
 * program that logs too much, per seed. Arguments: the first seed, how many; a third one leaves timers out. A process of its own, since the programs
 * leave rejections and errors that a test runner would take for its own.
 */
import { argv } from 'node:process';
import ts = require('typescript');
import { DEFERRED_COUNT, MOST_LOGS, orderLogger, orderProgram, showOrderValue, type Deferred } from './order-programs.js';

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const stripTypes = (text: string): string => ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText;

/** What V8 logs, timers in virtual time. */
async function native(text: string, withTimers: boolean): Promise<string[]> {
  const logs: string[] = [];
  const log = orderLogger(logs);
  const timers: { at: number; order: number; run: () => void }[] = [];
  let now = 0;
  let order = 0;
  const setTimer = (run: () => void, ms: number): void => {
    if (withTimers) timers.push({ at: now + ms, order: order++, run });
  };
  const deferred = Array.from({ length: DEFERRED_COUNT }, () => {
    const made: Partial<Deferred> = {};
    const promise = new Promise((res, rej) => Object.assign(made, { res, rej }));
    promise.catch(() => {});
    return Object.assign(made, { p: promise });
  });
  const names = deferred.map((_, i) => `d${i}`);
  const main = new Function('log', 'S', 'setTimeout', ...names, `${stripTypes(text)}return f0;`)(log, showOrderValue, setTimer, ...deferred) as () => Promise<unknown>; // f0 is async
  main().then((value) => log(`RES:${showOrderValue(value)}`), (error) => log(`REJ:${showOrderValue(error)}`));
  await turn();
  for (let wakes = 0; wakes < 500; wakes++) {
    timers.sort((a, b) => a.at - b.at || a.order - b.order);
    const timer = timers.shift();
    if (timer === undefined) break;
    now = Math.max(now, timer.at);
    try {
      timer.run();
    } catch {
      // An error out of a timer concerns nobody else here.
    }
    await turn();
  }
  return logs;
}


process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});
const [first = 1, count = 1] = argv.slice(2, 4).map(Number);
const traces: (string[] | null)[] = [];
for (let seed = first; seed < first + count; seed++) {
  const logs = await native(orderProgram(seed).typed, argv[4] === undefined).catch(() => null);
  traces.push(logs === null || logs.length >= MOST_LOGS ? null : logs);
}
process.stdout.write(JSON.stringify(traces));
