/** A thread that answers: messages by messages, or, once told a word, each wake of it by a message. */
import { parentPort, workerData } from 'node:worker_threads';

const port = parentPort;
const { words } = workerData as { readonly words?: Int32Array }; // given by startEcho and startWaker
if (!words) port?.on('message', (value: unknown) => port.postMessage(value));
else {
  port?.postMessage('ready');
  // Ends with the thread, which its owner terminates.
  for (let seen = 0; ; seen++) {
    Atomics.wait(words, 0, seen);
    port?.postMessage(seen);
  }
}
