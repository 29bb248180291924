const log = (s: string) => console.log(s);
const bad = async (n: string) => { await null; throw new Error(n); };
export async function main() {
  const settled = Promise.allSettled([bad('a'), bad('b'), Promise.resolve('c')]);
  bad('caught').catch((e) => log(`catch ${(e as Error).message}`)).finally(() => log('finally')).then(() => log('after finally'));
  try { await bad('direct'); } catch (e) { log((e as Error).message); }
  const r = Promise.reject(new Error('handled later'));
  r.catch(() => {});
  try { await r; } catch (e) { log((e as Error).message); }
  for (const s of await settled) log(s.status);
  return (await Promise.race([bad('race'), new Promise((r) => setTimeout(r, 50))]).catch((e) => (e as Error).message));
}
