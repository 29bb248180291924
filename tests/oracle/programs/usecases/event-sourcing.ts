declare function delay<T>(ms: number, value: T): Promise<T>;
type AccountEvent =
  | { readonly type: 'opened'; readonly at: number; readonly owner: string }
  | { readonly type: 'deposited' | 'withdrawn'; readonly at: number; readonly amount: number }
  | { readonly type: 'closed'; readonly at: number; readonly reason?: string };
interface Account { readonly owner: string; readonly balance: number; readonly open: boolean; readonly version: number; readonly history: readonly string[] }
const EMPTY: Account = { owner: '', balance: 0, open: false, version: 0, history: [] };
const apply = (account: Account, event: AccountEvent): Account => {
  const next = { ...account, version: account.version + 1, history: [...account.history, event.type] };
  switch (event.type) {
    case 'opened': return { ...next, owner: event.owner, open: true };
    case 'deposited': return { ...next, balance: account.balance + event.amount };
    case 'withdrawn': return { ...next, balance: account.balance - event.amount };
    case 'closed': return { ...next, open: false };
  }
};
function eventStore() {
  const streams: Record<string, AccountEvent[]> = {};
  const subscribers = new Set<(id: string, event: AccountEvent) => void>();
  return {
    async append(id: string, expected: number, ...events: AccountEvent[]): Promise<number> {
      await delay(1, null);
      const stream = (streams[id] ??= []);
      if (stream.length !== expected) throw Object.assign(new Error(`conflict on ${id}`), { expected, actual: stream.length });
      stream.push(...events);
      for (const event of events) for (const notify of subscribers) notify(id, event);
      return stream.length;
    },
    load: (id: string): Account => (streams[id] ?? []).reduce(apply, EMPTY),
    subscribe(f: (id: string, event: AccountEvent) => void) { subscribers.add(f); return () => subscribers.delete(f); },
  };
}
export async function main() {
  const store = eventStore();
  const totals: { [type in AccountEvent['type']]?: number } = {};
  const stop = store.subscribe((_, { type }) => { totals[type] = (totals[type] ?? 0) + 1; });
  await store.append('acc', 0, { type: 'opened', at: 1, owner: 'Ann' }, { type: 'deposited', at: 2, amount: 100 });
  const withdraw = async (amount: number, tries = 3): Promise<string> => {
    const { version, balance } = store.load('acc');
    if (balance < amount) return `refused ${amount}`;
    try { await store.append('acc', version, { type: 'withdrawn', at: 3, amount }); return `took ${amount}`; }
    catch (e) { console.log((e as Error).message, { ...(e as object) }); return tries > 1 ? withdraw(amount, tries - 1) : 'gave up'; }
  };
  console.log(await Promise.all([withdraw(60), withdraw(30), withdraw(20)]));
  stop();
  await store.append('acc', store.load('acc').version, { type: 'closed', at: 9 });
  console.log(totals, store.load('acc'), store.load('none') === EMPTY);
}
