class Lock implements Disposable {
  static open = 0;
  constructor(readonly name: string, private readonly log: string[], private readonly fails = false) {
    Lock.open++;
    log.push(`+${name}`);
  }
  [Symbol.dispose](): void {
    Lock.open--;
    this.log.push(`-${this.name}`);
    if (this.fails) throw new Error(`dispose ${this.name}`);
  }
}
const connection = (name: string, log: string[], fails = false): AsyncDisposable & { query(sql: string): Promise<string> } => ({
  async query(sql) {
    await null;
    return `${name}:${sql}`;
  },
  async [Symbol.asyncDispose]() {
    log.push(`closing ${name}`);
    await null;
    log.push(`closed ${name}`);
    if (fails) throw new TypeError(`close ${name}`);
  },
});
function early(log: string[], n: number): string {
  using a = new Lock('a', log);
  if (n === 0) return `early ${a.name}`;
  using b = new Lock('b', log), c = new Lock('c', log);
  for (let i = 0; ; i++) {
    using d = new Lock(`d${i}`, log);
    if (i === n) break;
    if (d.name === 'd0') continue;
  }
  return `${b.name}${c.name}`;
}
async function transaction(log: string[], fail: boolean): Promise<string> {
  await using db = connection('db', log);
  await using tx = connection('tx', log, fail);
  using lock = new Lock('lock', log);
  const rows = await db.query('select');
  if (fail) throw new RangeError(`failed in ${lock.name}`);
  return rows + (await tx.query('commit'));
}
const describe = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const { error: own, suppressed } = error as Error & { error?: Error; suppressed?: Error };
  return suppressed ? [error.name, describe(own), describe(suppressed)] : `${error.name}: ${error.message}`;
};
export async function main() {
  const log: string[] = [];
  const results: unknown[] = [early(log, 0), early(log, 1)];
  results.push(await transaction(log, false));
  results.push(await transaction(log, true).catch(describe));
  try {
    using one = new Lock('one', log, true);
    using two = new Lock('two', log, true);
    log.push(one.name + two.name);
    throw new Error('body');
  } catch (error) {
    results.push(describe(error));
  }
  try {
    using bad = new Lock('bad', log, true);
    log.push(bad.name);
  } catch (error) {
    results.push(describe(error));
  }
  {
    using nothing = null;
    await using nobody = undefined;
    await using sync = new Lock('sync', log);
    log.push(String(nothing), String(nobody), sync.name);
  }
  function* generate() {
    using g = new Lock('g', log);
    yield g.name;
    yield 'never';
  }
  for (const value of generate()) {
    results.push(value);
    break;
  }
  return { results, log, open: Lock.open };
}
