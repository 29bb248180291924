/** P5, P6, P7: waking a worker, starting tasks and getting their results, calling host functions. */
import { createJit } from '../index.js';
import { compare, rounds, type Figure, type Row } from './figure.js';
import { echoThread, piscinaJobs, wakenThread } from './peers/threads.js';

const TASKS = 10_000;
const TRIPS = 200;
const CALLS = 20_000;
const IN_FLIGHT = 1000;

const SOURCE = `
declare function ask(n: number): Promise<number>;
export async function nothing(n: number) { return n; }
/** Keeps so many calls in flight. */
export async function asks(count: number, strands: number) {
  let sum = 0;
  const strand = async () => { for (let i = 0; i < count / strands; i++) sum += await ask(i); };
  await Promise.all(Array.from({ length: strands }, strand));
  return sum;
}
`;

export const pool: Figure = {
  id: 'pool',
  title: 'P5 P6 P7: wakes, tasks and host calls of a pool',
  async measure(progress): Promise<Row[]> {
    const workers = 2;
    const jit = await createJit({ workers, limits: { fuel: 1e15, timeoutMs: 600_000 } });
    const jobs = piscinaJobs(workers, 64);
    const echo = echoThread();
    const woken = await wakenThread();
    try {
      const program = await jit.compile(SOURCE, { filename: 'pool.ts', host: { ask: async (n: number) => n } });
      const times = await rounds(
        [
          { name: 'brolga round trip', operations: TRIPS, run: async () => { for (let i = 0; i < TRIPS; i++) await program.call('nothing', [i]); } },
          { name: 'raw Atomics and a message', operations: TRIPS, run: () => woken.roundTrips(TRIPS) },
          { name: 'brolga tasks', operations: TASKS, run: () => Promise.all(Array.from({ length: TASKS }, (_, i) => program.call('nothing', [i]))) },
          { name: 'Piscina, 64 a worker', operations: TASKS, run: () => Promise.all(Array.from({ length: TASKS }, (_, i) => jobs.run(i, { name: 'nothing' }))) },
          { name: 'brolga host calls', operations: CALLS, run: () => program.call('asks', [CALLS, IN_FLIGHT]) },
          { name: 'MessagePort burst echo', operations: CALLS, run: async () => { for (let i = 0; i < CALLS / IN_FLIGHT; i++) await echo.burst(IN_FLIGHT); } },
        ],
        progress,
      );
      return compare(times, [
        { figure: 'P5', what: 'a task to a parked worker and its result back', brolga: 'brolga round trip', peer: 'raw Atomics and a message', atMost: 1.1 },
        { figure: 'P6', what: '10,000 tasks at once', brolga: 'brolga tasks', peer: 'Piscina, 64 a worker', atMost: 0.1 },
        { figure: 'P7', what: 'host call, 1,000 in flight', brolga: 'brolga host calls', peer: 'MessagePort burst echo', atMost: 1 },
      ]);
    } finally {
      await Promise.all([jit.close(), jobs.destroy(), echo.end(), woken.end()]);
    }
  },
};
