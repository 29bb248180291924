/** Every completion of finally in generators: nested, labelled, overriding, yielding, and loops over them. */
const log: string[] = [];

function* nested(): Generator<number, string, undefined> {
  outer: for (let i = 0; i < 3; i++) {
    try {
      try {
        yield i;
        if (i === 1) continue outer;
        if (i === 2) break outer;
      } finally {
        log.push(`inner ${i}`);
        yield 10 + i;
      }
    } finally {
      log.push(`outer ${i}`);
    }
  }
  return 'end';
}

function* rethrowing(): Generator<number, number, undefined> {
  try {
    yield 1;
    throw new Error('own');
  } catch (error) {
    log.push((error as Error).message);
    yield 2;
    throw new TypeError('from catch', { cause: error });
  } finally {
    log.push('finally');
  }
}

function use(stop: number): string {
  for (const n of nested()) {
    log.push(`use ${n}`);
    if (n === stop) return `stopped at ${n}`;
  }
  return 'ran out';
}

export function main(): unknown {
  const results = [use(0), use(10), use(1), use(99)];
  const r = rethrowing();
  results.push(String(r.next().value), String(r.next().value));
  try {
    r.next();
  } catch (error) {
    results.push(String(error), String((error as Error).cause));
  }
  const kept = nested();
  kept.next();
  const late = [kept.return('a'), kept.return('b'), kept.next()];
  return { results, late, log };
}
