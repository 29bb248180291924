/** P10: what servers do: two dependent host calls of 1 ms and some 50 us of work, 256 jobs in flight. */
import { setTimeout as sleep } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createJit } from '../index.js';
import { compare, rounds, type Figure, type Row } from './figure.js';
import { compute } from './peers/piscina-jobs.js';
import { piscinaJobs } from './peers/threads.js';

const JOBS = 2_000;
const IN_FLIGHT = 256;
const DELAY = 1;
/** Rounds of `compute` that take some 50 us in V8. */
const WORK = 12_000;

const SOURCE = `
declare function wait(ms: number): Promise<number>;
export async function job(work: number, ms: number) {
  await wait(ms);
  let sum = 0;
  for (let i = 0; i < work; i++) sum = (sum * 31 + i) % 1_000_003;
  await wait(ms);
  return sum;
}
`;

/** Runs all jobs, so many at a time. */
async function inFlight(job: () => Promise<unknown>): Promise<void> {
  let left = JOBS;
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => { while (left-- > 0) await job(); }));
}

export const serverMix: Figure = {
  id: 'server-mix',
  title: 'P10: a mix of waiting and work',
  async measure(progress): Promise<Row[]> {
    const workers = 2;
    const jit = await createJit({ workers, limits: { fuel: 1e12, timeoutMs: 600_000 } });
    const jobs = piscinaJobs(workers, 128);
    const delays = monitorEventLoopDelay({ resolution: 1 });
    try {
      const program = await jit.compile(SOURCE, { filename: 'mix.ts', host: { wait: (ms: number) => sleep(ms, ms) } });
      const onMain = async (): Promise<number> => {
        await sleep(DELAY);
        const sum = compute(WORK);
        await sleep(DELAY);
        return sum;
      };
      const watched = async (): Promise<void> => {
        delays.enable();
        await inFlight(() => program.call('job', [WORK, DELAY]));
        delays.disable();
      };
      const times = await rounds(
        [
          { name: 'brolga', operations: JOBS, run: watched },
          { name: 'main thread', operations: JOBS, run: () => inFlight(onMain) },
          { name: 'Piscina', operations: JOBS, run: () => inFlight(() => jobs.run({ rounds: WORK, delay: DELAY }, { name: 'mixed' })) },
        ],
        progress,
      );
      const what = `a job; p99 of the main loop's delay ${(delays.percentile(99) / 1e6).toFixed(1)} ms`;
      return compare(times, [
        { figure: 'P10', what, brolga: 'brolga', peer: 'main thread', atMost: 0.77 },
        { figure: 'P10', what: 'a job', brolga: 'brolga', peer: 'Piscina', atMost: 0.77 },
      ]);
    } finally {
      await Promise.all([jit.close(), jobs.destroy()]);
    }
  },
};
