/**
 * `run --executor inline` or `sim` on a thread of its own: Node's main thread has a stack of under 1 MB, which holds some 4,000
 * nested calls; a thread is given what the pool's workers have. Output, exit code and Ctrl-C pass through, and standard
 * input where the program comes from there.
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { CommandLine } from './options.js';
import { STANDARD_INPUT } from './source.js';

/** Stack of the thread, and what guests may use of it. */
const STACK_MIB = 32;
export const INLINE_STACK_KIB = 24 * 1024;

export const needsOwnThread = ({ options }: CommandLine): boolean => (options.executor === 'inline' || options.executor === 'sim') && isMainThread;

/** Runs the same command line on a thread; gives its exit code. */
export async function runOnOwnThread(argv: readonly string[]): Promise<number> {
  const stdin = argv.includes(STANDARD_INPUT);
  const worker = new Worker(new URL('./main.js', import.meta.url), { argv: [...argv], stdin, resourceLimits: { stackSizeMb: STACK_MIB } });
  if (stdin && worker.stdin) process.stdin.pipe(worker.stdin);
  const interrupt = (): void => worker.postMessage('interrupt');
  process.on('SIGINT', interrupt);
  const [code]: number[] = await once(worker, 'exit');
  process.off('SIGINT', interrupt);
  return code ?? 1;
}

/** Calls back at Ctrl-C, on whichever thread this is; gives what stops listening. */
export function onInterrupt(listener: () => void): () => void {
  const port = parentPort;
  if (port) {
    port.on('message', listener);
    port.unref();
    return () => void port.off('message', listener);
  }
  process.once('SIGINT', listener);
  return () => void process.off('SIGINT', listener);
}
