/**
 * The threads of a pool: Piscina starts them and replaces those that die; a job per slot makes each a reactor. Here is
 * all that knows Piscina.
 *
 * Never used of it: abort (kills the worker and every task in it), close (waits for jobs, which are long done), its queue.
 */
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { PoolData, StartAnswer, StartJob } from './messages.js';

/** A thread's native stack beside what guests may use by the compiler's estimate, which real frames may exceed. */
const stackMebibytes = (stackKiB: number): number => Math.ceil((2 * stackKiB) / 1024) + 8;

export interface ThreadEvents {
  /** The thread of a slot is gone, and its port with it. */
  lost(slot: number, cause: string): void;
}

export class Threads {
  private readonly piscina: Piscina<StartJob, StartAnswer>;
  /** Threads that have been given a start. */
  private readonly started = new Set<number>();
  private readonly slots = new Map<number, number>();
  private readonly ready: boolean[] = [];
  private readonly watched = new WeakSet<Worker>();
  private readonly causes = new Map<number, string>();
  private ending = false;

  constructor(
    count: number,
    stackKiB: number,
    data: PoolData,
    private readonly events: ThreadEvents,
  ) {
    this.piscina = new Piscina({
      filename: fileURLToPath(new URL('./reactor.js', import.meta.url)),
      minThreads: count,
      maxThreads: count,
      idleTimeout: Infinity,
      atomics: 'disabled',
      recordTiming: false,
      workerData: data,
      resourceLimits: { stackSizeMb: stackMebibytes(stackKiB) },
      loadBalancer: (_task, workers) => {
        const free = workers.find((worker) => worker.id > 0 && !this.started.has(worker.id));
        if (free) this.started.add(free.id);
        return free ?? null;
      },
    });
    // Piscina reports here what it cannot tell a job; the exit that follows is what counts.
    this.piscina.on('error', () => undefined);
    this.watch();
  }

  /** Makes some thread without a reactor the reactor of a slot; gives main's end of its port, to be used at once. */
  start(slot: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    // Piscina replaces a thread at its error, which comes before its exit.
    this.watch();
    this.piscina.run({ slot, port: port2 }, { transferList: [port2] }).then(
      ({ threadId, failure }) => {
        if (failure === undefined) {
          this.slots.set(threadId, slot);
          this.ready[slot] = true;
        } else {
          // The thread is free for the next start.
          this.started.delete(threadId);
          this.lost(slot, failure);
        }
      },
      (error: unknown) => this.lost(slot, error instanceof Error ? error.message : String(error)),
    );
    return port1;
  }

  /** Whether a slot's reactor has started. */
  isReady(slot: number): boolean {
    return this.ready[slot] ?? false;
  }

  async destroy(): Promise<void> {
    this.ending = true;
    await this.piscina.destroy();
  }

  /** Listens to threads that are new since the last look. */
  private watch(): void {
    for (const worker of this.piscina.threads) {
      if (this.watched.has(worker)) continue;
      this.watched.add(worker);
      // -1 once it has ended.
      const { threadId } = worker;
      worker.on('error', (error: unknown) => this.causes.set(threadId, error instanceof Error ? error.message : String(error)));
      worker.on('exit', (code) => {
        const slot = this.slots.get(threadId);
        this.slots.delete(threadId);
        this.started.delete(threadId);
        const cause = this.causes.get(threadId) ?? `exit code ${code}`;
        this.causes.delete(threadId);
        // Piscina has put a new thread in its place by now.
        this.watch();
        if (slot !== undefined) this.lost(slot, cause);
      });
    }
  }

  private lost(slot: number, cause: string): void {
    this.ready[slot] = false;
    if (!this.ending) this.events.lost(slot, cause);
  }
}
