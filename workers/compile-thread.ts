/**
 * The compile thread as the embedder's side sees it: one for all jits of a process, started by the first compile, so that
 * no event loop waits for a compiler. Compiles may be in flight at once; the thread takes them in turn.
 *
 * K1 Each compile is answered once: by the thread, or by COMPILER_LOST when the thread ends first. K2 The thread holds the
 * process only while a compile is in flight. K3 A thread that ended is replaced by the next compile.
 */
import { Worker } from 'node:worker_threads';
import type { Artifact } from '../jit/artifact.js';
import type { Source, SourceOptions } from '../jit/compile-source.js';
import { CompileError } from '../jit/errors.js';
import { CompilerLostError } from '../executor/errors.js';
import type { CompileAnswer, CompileJob } from './compile-messages.js';

interface Waiting {
  resolve(artifact: Artifact): void;
  reject(error: Error): void;
}

/** An unused thread is kept so long: it holds the TypeScript checker, which takes a while to load. */
const LINGER_MS = 10_000;

export class CompileThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private made = 0;
  private users = 0;
  private linger: NodeJS.Timeout | undefined;

  constructor(private readonly entry = new URL('./compile-worker.js', import.meta.url)) {}

  /** Rejects with CompileError or CompilerLostError. */
  compile(source: Source, options: SourceOptions): Promise<Artifact> {
    const worker = (this.worker ??= this.start());
    const id = ++this.made;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref();
      const job: CompileJob = { id, source, options };
      worker.postMessage(job);
    });
  }

  /** Someone will compile; pairs with `leave`. */
  enter(): void {
    this.users++;
    clearTimeout(this.linger);
  }

  leave(): void {
    if (--this.users > 0) return;
    this.linger = setTimeout(() => void this.end(), LINGER_MS);
    this.linger.unref();
  }

  /** Ends the thread; what is in flight fails. */
  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.entry, { execArgv: [] }); // flags such as --input-type are not for it
    let cause = '';
    worker.unref();
    worker.on('message', (answer: CompileAnswer) => this.settle(answer));
    worker.on('error', (error: unknown) => (cause = error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => {
      if (this.worker === worker) this.worker = undefined;
      const lost = [...this.waiting.values()];
      this.waiting.clear();
      for (const each of lost) each.reject(new CompilerLostError(cause || `exit code ${code}`));
    });
    return worker;
  }

  private settle(answer: CompileAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.worker?.unref();
    if ('artifact' in answer) waiting?.resolve(answer.artifact);
    else waiting?.reject(new CompileError(answer.diagnostics, answer.cause === undefined ? undefined : { cause: causeOf(answer.cause) }));
  }
}

function causeOf(stack: string): Error {
  const error = new Error(stack.split('\n')[0]);
  error.stack = stack;
  return error;
}

/** The one of this process. */
export const compileThread = new CompileThread();
