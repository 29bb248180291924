const log: string[] = [];
function step(name: string, action: 'return' | 'throw' | 'fall', inFinally?: 'return' | 'throw'): string {
  try {
    log.push(`${name} try`);
    if (action === 'return') return 'from try';
    if (action === 'throw') throw new Error(`from ${name}`);
  } catch (e) {
    log.push(`${name} catch ${(e as Error).message}`);
    throw new Error('again', { cause: e });
  } finally {
    log.push(`${name} finally`);
    if (inFinally === 'return') return 'from finally';
    if (inFinally === 'throw') throw new RangeError('finally wins');
  }
  return 'end';
}
async function guarded(fail: boolean): Promise<string> {
  let state = 'start';
  try {
    state = await Promise.resolve('opened');
    if (fail) await Promise.reject(new Error('io'));
    return `result ${state}`;
  } catch (e) {
    state = await new Promise<string>((r) => setTimeout(() => r('handled'), 1));
    return `${state} ${(e as Error).message}`;
  } finally {
    await null;
    log.push(`closed while ${state}`);
    state = 'never seen';
  }
}
const nested = async () => {
  try {
    try { throw new Error('inner'); }
    finally { await Promise.resolve(); log.push('inner finally'); try { await Promise.reject(1); } catch { log.push('swallowed'); } }
  } catch (e) { log.push(`outer ${(e as Error).message}`); return 'caught'; }
  finally { log.push('outer finally'); }
  return 'unreachable';
};
export async function main() {
  for (const args of [['a', 'return'], ['b', 'fall'], ['c', 'throw'], ['d', 'return', 'throw'], ['e', 'throw', 'return'], ['f', 'return', 'return']] as const) {
    const [name, action, last] = args as readonly [string, 'return' | 'throw' | 'fall', ('return' | 'throw')?];
    try { log.push(step(name, action, last)); } catch (e) { const { message, cause } = e as Error; log.push(`! ${message} <- ${cause instanceof Error ? cause.message : cause}`); }
  }
  log.push(await guarded(false), await guarded(true), await nested());
  let x = 1;
  const evaluated = (() => { try { return x; } finally { x = 2; } })();
  const swapped = await (async () => { for (let i = 0; ; i++) { try { await null; if (i > 2) return i; continue; } finally { log.push(`loop ${i}`); } } })();
  console.log(log.join('\n'));
  return [evaluated, x, swapped];
}
