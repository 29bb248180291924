const log = (...xs: unknown[]) => console.log(...xs);
async function worker(name: string, steps: number) {
  for (let i = 0; i < steps; i++) { log(name, i); await (i % 2 ? null : Promise.resolve(i)); }
  return name;
}
async function caller(name: string) { log('call', name); const r = await worker(name, 3); log('back', r); return r + '!'; }
export async function main() {
  const all = [caller('x'), worker('y', 4), caller('z')];
  log('spawned');
  const direct = await caller('direct');
  log(direct);
  return await Promise.all(all);
}
