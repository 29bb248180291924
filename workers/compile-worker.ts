/** The compile thread: compiles what it is sent, one after the other. */
import { parentPort, type Transferable } from 'node:worker_threads';
import { compileSource } from '../jit/compile-source.js';
import type { Artifact } from '../jit/artifact.js';
import { CompileError } from '../jit/errors.js';
import type { CompileAnswer, CompileJob } from './compile-messages.js';

async function answerTo({ id, source, options }: CompileJob): Promise<CompileAnswer> {
  try {
    return { id, artifact: await compileSource(source, options) };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error; // ends the thread: the compiler promises nothing else
    return { id, diagnostics: error.diagnostics, cause: error.cause instanceof Error ? error.cause.stack : undefined };
  }
}

/** Bytes that the thread has no use for any more: moved, not copied. */
const bytesOf = ({ wasm, data }: Artifact): Transferable[] => [...new Set([wasm.buffer, data.bytes.buffer])].filter((each): each is ArrayBuffer => each instanceof ArrayBuffer);

parentPort?.on('message', (job: CompileJob) => {
  // What is thrown is an unhandled rejection, which ends the thread.
  void answerTo(job).then((answer) => parentPort?.postMessage(answer, 'artifact' in answer ? bytesOf(answer.artifact) : []));
});
