declare function getUser(id: number): Promise<{ id: number; name: string; tags: string[]; manager: number | null }>;
const chunk = <T>(xs: readonly T[], size: number): T[][] => { const out: T[][] = []; for (let i = 0; i < xs.length; i += size) out.push(xs.slice(i, i + size)); return out; };
async function pool<T, R>(items: readonly T[], width: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => { while (next < items.length) { const index = next++; results[index] = await work(items[index]!, index); } };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
async function chainOfManagers(id: number): Promise<string[]> {
  const { name, manager } = await getUser(id);
  return manager === null ? [name] : [name, ...(await chainOfManagers(manager))];
}
export async function main() {
  const ids = Array.from({ length: 7 }, (_, i) => i + 1);
  const names: string[] = [];
  for (const batch of chunk(ids, 3)) {
    const users = await Promise.all(batch.map(getUser));
    names.push(users.map(({ name }) => name).join('+'));
  }
  const tagged = await pool(ids, 2, async (id, i) => { const { tags: [first = 'none', ...more] } = await getUser(id); return `${i}:${first}${more.length ? `(+${more.length})` : ''}`; });
  const cache = new Map<number, ReturnType<typeof getUser>>();
  const cached = (id: number) => cache.get(id) ?? cache.set(id, getUser(id)).get(id)!;
  const shared = await Promise.all([1, 2, 1, 2, 1].map(cached));
  console.log(names, tagged, shared[0] === shared[2], cache.size, chunk([], 2), chunk([1], 5));
  const byId = new Map((await Promise.all([5, 6].map(getUser))).map((u) => [u.id, u] as const));
  const totals = await ids.reduce(async (sum, id) => (await sum) + (await getUser(id)).name.length, Promise.resolve(0));
  return { chain: await chainOfManagers(4), found: byId.get(6)?.manager, missing: byId.get(9)?.manager ?? null, totals };
}
