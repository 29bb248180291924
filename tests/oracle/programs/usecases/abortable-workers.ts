const sleep = (ms: number, signal?: AbortSignal): Promise<void> => new Promise((resolve, reject) => {
  if (signal?.aborted) { reject(signal.reason); return; }
  const onAbort = () => { clearTimeout(timer); reject(signal!.reason); };
  const timer = setTimeout(() => { signal?.removeEventListener('abort', onAbort); resolve(); }, ms);
  signal?.addEventListener('abort', onAbort, { once: true });
});
async function worker(id: number, signal: AbortSignal, log: string[]): Promise<string> {
  try {
    for (let i = 0; ; i++) {
      signal.throwIfAborted();
      log.push(`${id}.${i}`);
      await sleep(40, signal);
    }
  } finally {
    log.push(`${id} cleaned`);
  }
}
export async function main() {
  const controller = new AbortController();
  const log: string[] = [];
  const all = [1, 2].map((id) => worker(id, controller.signal, log));
  setTimeout(() => controller.abort(new Error('shutdown')), 60);
  const settled = await Promise.allSettled(all);
  const reasons = settled.map((s) => s.status === 'rejected' ? (s.reason as Error).message : s.value);
  const plain = new AbortController();
  plain.abort();
  const name = await sleep(5, plain.signal).catch((e: Error) => `${e.name}: ${e.message}`);
  return { log, reasons, name, aborted: controller.signal.aborted };
}
