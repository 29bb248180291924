/** Cancellation by return: at a yield, while awaiting, in finally, twice, and through yield*. */
const wait = (ms: number, value?: string): Promise<string> => new Promise((resolve) => setTimeout(() => resolve(value ?? ''), ms));
const log: string[] = [];

async function* worker(name: string): AsyncGenerator<string, string, undefined> {
  try {
    log.push(`${name} opens`);
    yield `${name} 1`;
    log.push(await wait(10, `${name} waited`));
    yield `${name} 2`;
    return `${name} done`;
  } catch (error) {
    log.push(`${name} caught ${(error as Error).message}`);
    throw error;
  } finally {
    await wait(5);
    log.push(`${name} closes`);
  }
}

async function* wrapper(name: string): AsyncGenerator<string, string, undefined> {
  try {
    const result = yield* worker(name);
    log.push(`result ${result}`);
    return 'wrapped';
  } finally {
    log.push(`wrapper of ${name} closes`);
  }
}

async function* sync(): AsyncGenerator<unknown> {
  yield* [wait(3, 'p'), 'q'];
  yield* inner();
}

function* inner(): Generator<Promise<string>> {
  try {
    yield wait(1, 'i1');
    yield wait(1, 'i2');
  } finally {
    log.push('inner closes');
  }
}

export async function main(): Promise<unknown> {
  const out: unknown[] = [];
  const a = worker('a');
  out.push(await a.next(), await a.return('stop'), await a.return('again'), await a.next());
  const b = worker('b');
  await b.next();
  const racing = [b.next(), b.return('while waiting'), b.next()];
  out.push(await Promise.all(racing));
  const c = wrapper('c');
  out.push(await c.next(), await c.return('through'), await c.next());
  const d = wrapper('d');
  out.push(await d.next());
  out.push(await d.throw(new Error('thrown in')).catch((e: Error) => `out: ${e.message}`), await d.next());
  const e = wrapper('e');
  const all: string[] = [];
  for await (const item of e) all.push(item);
  out.push(all);
  for await (const item of sync()) {
    out.push(item);
    if (item === 'i1') break;
  }
  for await (const item of wrapper('f')) {
    out.push(item);
    break;
  }
  return { out, log };
}
