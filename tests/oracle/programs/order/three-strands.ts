declare function echo<T>(value: T): Promise<T>;
const log: string[] = [];
async function strand(name: string, steps: readonly ('settled' | 'host' | 'call' | 'timer' | 'reject')[]): Promise<string> {
  for (const [i, step] of steps.entries()) {
    log.push(`${name}${i} ${step}`);
    try {
      switch (step) {
        case 'settled': await Promise.resolve(i); break;
        case 'host': await echo(`${name}${i}`); break;
        case 'call': await (async () => { await null; log.push(`${name}${i} inside`); })(); break;
        case 'timer': await new Promise((r) => setTimeout(r, 3)); break;
        case 'reject': await Promise.reject(new Error(`${name}${i}`)); break;
      }
      log.push(`${name}${i} done`);
    } catch (e) {
      log.push(`${name}${i} failed ${(e as Error).message}`);
    } finally {
      if (i % 2) await undefined;
      log.push(`${name}${i} finally`);
    }
  }
  return name;
}
export async function main() {
  const names = await Promise.all([
    strand('a', ['settled', 'call', 'reject', 'settled']),
    strand('b', ['call', 'settled', 'settled', 'reject', 'call']),
    strand('c', ['reject', 'reject', 'call']),
  ]);
  log.push('--');
  await Promise.all([strand('h', ['host', 'settled', 'host']), strand('i', ['host', 'reject', 'settled', 'host'])]);
  log.push('--');
  await Promise.all([strand('x', ['timer', 'call']), strand('y', ['timer', 'settled', 'reject'])]);
  console.log(log.join('\n'));
  return names;
}
