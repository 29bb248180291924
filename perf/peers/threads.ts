/** Threads as peers: an echo over MessagePort, and one that is woken by raw Atomics. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';

const ECHO = new URL('./echo-thread.js', import.meta.url);

/** Posts `count` messages at once; resolves when all came back. */
export function echoThread(): { burst(count: number): Promise<void>; end(): Promise<unknown> } {
  const worker = new Worker(ECHO, { workerData: {} });
  let left = 0;
  let done: () => void = () => undefined;
  worker.on('message', () => {
    if (--left === 0) done();
  });
  return {
    burst(count) {
      left = count;
      const all = new Promise<void>((resolve) => (done = resolve));
      for (let i = 0; i < count; i++) worker.postMessage(i);
      return all;
    },
    end: () => worker.terminate(),
  };
}

/** Wakes a thread that sleeps on a word, `count` times in turn; each time it answers with a message. */
export async function wakenThread(): Promise<{ roundTrips(count: number): Promise<void>; end(): Promise<unknown> }> {
  const words = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(ECHO, { workerData: { words } });
  await once(worker, 'message');
  const wake = (): void => {
    Atomics.add(words, 0, 1);
    Atomics.notify(words, 0);
  };
  return {
    roundTrips(count) {
      let left = count;
      return new Promise((resolve) => {
        const next = (): void => {
          if (left-- > 0) return wake();
          worker.off('message', next);
          resolve();
        };
        worker.on('message', next);
        next();
      });
    },
    end: () => worker.terminate(),
  };
}

/** Piscina as its readers use it; 64 jobs a thread is its best setting for small ones. */
export const piscinaJobs = (threads: number, concurrentTasksPerWorker: number): Piscina =>
  new Piscina({
    filename: fileURLToPath(new URL('./piscina-jobs.js', import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Infinity,
    concurrentTasksPerWorker,
  });
