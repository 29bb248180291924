const log: string[] = [];
export async function main() {
  const rejected = Promise.reject(new Error('r'));
  queueMicrotask(() => rejected.catch(() => log.push('caught in the microtask')));
  const pending = new Promise<number>((resolve) => setTimeout(() => resolve(1), 1));
  const copies = [pending.then((v) => v + 1), pending.then((v) => v + 2), pending.finally(() => log.push('finally'))];
  pending.then(() => log.push('first'), () => log.push('no'));
  log.push(JSON.stringify(await Promise.all(copies)));
  pending.then(() => log.push('settled already'));
  log.push('sync after then');
  await pending;
  const loop = (n: number): Promise<string> => (n === 0 ? Promise.resolve('loop end') : Promise.resolve(n).then((m) => loop(m - 1)));
  log.push(await loop(5));
  const errors = await Promise.allSettled([
    new Promise((_, reject) => { reject('first'); throw new Error('second is ignored'); }),
    new Promise(() => { throw new RangeError('executor'); }),
    Promise.resolve().then(() => { throw { plain: true }; }),
    Promise.reject(Promise.resolve('a promise as reason')).catch(async (p) => `reason ${await p}`),
    (async () => { const self: Promise<unknown> = Promise.resolve().then(() => self); return self; })(),
  ]);
  for (const e of errors) log.push(e.status === 'rejected' ? `rejected ${e.reason instanceof Error ? e.reason.message : JSON.stringify(e.reason)}` : `fulfilled ${e.value}`);
  console.log(log.join('\n'));
}
