/** The queue of an async generator against the turns of other promises. */
const log: string[] = [];
const note = (text: string): void => {
  log.push(text);
};

function ticks(name: string, count: number): Promise<void> {
  let p = Promise.resolve();
  for (let i = 1; i <= count; i++) p = p.then(() => note(`${name}${i}`));
  return p;
}

async function* letters(): AsyncGenerator<string, string, number | undefined> {
  note('start');
  try {
    const a = yield 'a';
    note(`a got ${a}`);
    const b = yield Promise.resolve('b');
    note(`b got ${b}`);
    await null;
    note('awaited');
    yield 'c';
    return Promise.resolve('end');
  } finally {
    note('finally');
    await 0;
    note('finally done');
  }
}

async function queueAll(): Promise<void> {
  const g = letters();
  const answers = [g.next(1), g.next(2), g.next(3), g.next(4), g.next(5), g.return('late'), g.next(6)].map((p, i) =>
    p.then((r) => note(`${i}: ${JSON.stringify(r)}`)),
  );
  const t = ticks('t', 25);
  await Promise.all(answers);
  await t;
}

async function returns(): Promise<void> {
  const g = letters();
  const t = ticks('r', 20);
  note(JSON.stringify(await g.next()));
  note(JSON.stringify(await g.return(Promise.resolve('gone') as unknown as string)));
  note(JSON.stringify(await g.next()));
  await t;
}

async function rejectedReturn(): Promise<void> {
  const g = letters();
  await g.next();
  const t = ticks('x', 14);
  try {
    await g.return(Promise.reject(new Error('sent')) as unknown as string);
  } catch (error) {
    note(`rejected ${(error as Error).message}`);
  }
  note(JSON.stringify(await g.next()));
  await t;
}

async function beforeStart(): Promise<void> {
  const g = letters();
  const t = ticks('s', 12);
  const first = g.return(Promise.resolve('x') as unknown as string).then((r) => note(`return ${JSON.stringify(r)}`));
  const second = g.next().then((r) => note(`next ${JSON.stringify(r)}`));
  const third = g.throw(new Error('y')).catch((e: Error) => note(`throw ${e.message}`));
  await Promise.all([first, second, third, t]);
  const h = letters();
  await h.throw(new Error('z')).catch((e: Error) => note(e.message));
  note(JSON.stringify(await h.next()));
}

async function throwing(): Promise<void> {
  const g = letters();
  const t = ticks('e', 16);
  const a = g.next().then((r) => note(JSON.stringify(r)));
  const b = g.throw(new Error('into')).catch((e: Error) => note(`out ${e.message}`));
  const c = g.next().then((r) => note(JSON.stringify(r)));
  await Promise.all([a, b, c, t]);
}

async function* failing(): AsyncGenerator<number> {
  yield 1;
  yield Promise.reject(new Error('yielded')) as unknown as number;
  yield 2;
}

async function forAwait(): Promise<void> {
  const t = ticks('f', 22);
  try {
    for await (const n of failing()) note(`n ${n}`);
  } catch (error) {
    note((error as Error).message);
  }
  for await (const l of letters()) {
    note(`loop ${l}`);
    if (l === 'b') break;
  }
  await t;
}

export async function main(): Promise<string[][]> {
  const out: string[][] = [];
  for (const run of [queueAll, returns, rejectedReturn, beforeStart, throwing, forAwait]) {
    await run();
    out.push(log.splice(0));
  }
  return out;
}
