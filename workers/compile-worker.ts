/** The compile thread: compiles what it is sent, one after the other. */
import { parentPort, type Transferable } from 'node:worker_threads';
import { compile } from '../jit/compile.js';
import type { Artifact } from '../jit/artifact.js';
import { CompileError } from '../jit/errors.js';
import type { CompileAnswer, CompileJob } from './compile-messages.js';

function answerTo({ id, source, options }: CompileJob): CompileAnswer {
  try {
    return { id, artifact: compile(source, options) };
  } catch (error) {
    if (!(error instanceof CompileError)) throw error; // ends the thread: the compiler promises nothing else
    return { id, diagnostics: error.diagnostics, cause: error.cause instanceof Error ? error.cause.stack : undefined };
  }
}

/** Bytes that the thread has no use for any more: moved, not copied. */
const bytesOf = ({ wasm, data }: Artifact): Transferable[] => [...new Set([wasm.buffer, data.bytes.buffer])].filter((each): each is ArrayBuffer => each instanceof ArrayBuffer);

parentPort?.on('message', (job: CompileJob) => {
  const answer = answerTo(job);
  parentPort?.postMessage(answer, 'artifact' in answer ? bytesOf(answer.artifact) : []);
});
