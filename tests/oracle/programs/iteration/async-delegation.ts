/** Ticks of yield* in async generators over async and sync iterables, beside other promises. */
const log: string[] = [];

function ticks(name: string, count: number): Promise<void> {
  let p = Promise.resolve();
  for (let i = 1; i <= count; i++) p = p.then(() => void log.push(`${name}${i}`));
  return p;
}

async function* inner(): AsyncGenerator<number, string, string | undefined> {
  try {
    log.push(`in ${yield 1}`);
    log.push(`in ${yield 2}`);
    return 'inner';
  } finally {
    log.push('inner finally');
  }
}

async function* outer(): AsyncGenerator<unknown, string, string | undefined> {
  const result = yield* inner();
  log.push(result);
  yield* [Promise.resolve('p'), 'q'];
  yield* guest();
  return 'outer';
}

const guest = (): AsyncIterable<string> => ({
  [Symbol.asyncIterator]() {
    let at = 0;
    return {
      next: (...args) => {
        log.push(`guest next ${args.length}`);
        return Promise.resolve(at++ < 2 ? { value: `g${at}`, done: false } : { value: undefined, done: true });
      },
      return: async (value) => {
        log.push(`guest return ${String(await value)}`);
        return { value, done: true };
      },
    };
  },
});

export async function main(): Promise<string[]> {
  const g = outer();
  const t = ticks('t', 40);
  for (let step = await g.next('a'); !step.done; step = await g.next('b')) log.push(String(step.value));
  await t;
  const h = outer();
  const u = ticks('u', 40);
  await Promise.all([h.next(), h.next('x'), h.next('y'), h.next(), h.next(), h.return('r'), h.next()].map(async (p, i) => log.push(`${i} ${JSON.stringify(await p)}`)));
  await u;
  const v = ticks('v', 20);
  for await (const x of guest()) {
    log.push(x);
    break;
  }
  for await (const x of [1, Promise.resolve(2)]) log.push(String(x));
  await v;
  return log;
}
