declare function flaky(key: string, failures: number): Promise<string>;
type State = 'closed' | 'open' | 'half-open';
function breaker<A extends unknown[], R>(f: (...args: A) => Promise<R>, { threshold = 2, cooldown = 10 } = {}) {
  let state: State = 'closed', failures = 0, openedAt = 0;
  return {
    get: () => state,
    async call(...args: A): Promise<R> {
      if (state === 'open') { if (Date.now() - openedAt < cooldown) throw new Error('circuit open'); state = 'half-open'; }
      try { const r = await f(...args); state = 'closed'; failures = 0; return r; }
      catch (e) { failures++; if (failures >= threshold || state === 'half-open') { state = 'open'; openedAt = Date.now(); } throw e; }
    },
  };
}
export async function main() {
  const b = breaker((key: string) => flaky(key, 2), { threshold: 2, cooldown: 20 });
  const seen: string[] = [];
  for (let i = 0; i < 4; i++) { try { seen.push(await b.call('breaker')); } catch (e) { seen.push((e as Error).message); } seen.push(b.get()); }
  await new Promise<void>((r) => setTimeout(r, 40));
  seen.push(await b.call('breaker'), b.get());
  return seen;
}
