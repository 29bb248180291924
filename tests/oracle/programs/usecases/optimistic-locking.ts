// A typed in-memory repository with optimistic locking and an outbox.
type Id<T extends string> = string & { readonly __brand: T };
type OrderId = Id<'order'>;
const orderId = (n: number): OrderId => `ord_${n.toString().padStart(4, '0')}` as OrderId;
interface Entity<K> { readonly id: K; version: number }
interface Order extends Entity<OrderId> { lines: ReadonlyArray<{ sku: string; qty: number; unit: number }>; status: 'draft' | 'placed' | 'shipped'; placedAt?: Date }
class ConflictError extends Error {
  static is(e: unknown): e is ConflictError { return e instanceof ConflictError; }
  constructor(readonly id: string, readonly expected: number, readonly actual: number) {
    super(`version conflict on ${id}: expected ${expected}, found ${actual}`);
    this.name = new.target.name;
  }
}
class Repo<K extends string, E extends Entity<K>> {
  readonly #rows = new Map<K, Readonly<E>>();
  protected readonly changes: Array<{ at: number; id: K; before?: E; after: E }> = [];
  async get(id: K): Promise<E | undefined> { const row = this.#rows.get(id); return row && structuredClone(row) as E; }
  async save(entity: E): Promise<E> {
    const current = this.#rows.get(entity.id);
    if (current && current.version !== entity.version) throw new ConflictError(entity.id, entity.version, current.version);
    const next = Object.freeze({ ...entity, version: entity.version + 1 });
    this.#rows.set(entity.id, next);
    this.changes.push({ at: this.changes.length, id: entity.id, ...(current ? { before: current as E } : {}), after: next });
    return { ...next };
  }
  async update(id: K, fn: (e: E) => E | Promise<E>, attempts = 3): Promise<E> {
    for (let i = 1; ; i++) {
      const row = await this.get(id);
      if (!row) throw new Error(`no ${id}`);
      try { return await this.save(await fn(row)); }
      catch (e) { if (!ConflictError.is(e) || i >= attempts) throw e; console.log(`retry ${i}: ${e.message}`); }
    }
  }
  get size() { return this.#rows.size; }
  *[Symbol.iterator](): IterableIterator<E> { for (const row of this.#rows.values()) yield row as E; }
}
class Orders extends Repo<OrderId, Order> {
  total(o: Order): number { return o.lines.reduce((sum, { qty, unit }) => sum + qty * unit, 0); }
  override async save(o: Order): Promise<Order> { if (o.lines.length === 0) throw new TypeError('empty order'); return super.save(o); }
  history(id: OrderId) { return this.changes.filter((c) => c.id === id).map(({ at, before, after }) => `${at}:${before?.status ?? '-'}→${after.status}@${after.version}`); }
}
export async function main() {
  const repo = new Orders();
  const a = await repo.save({ id: orderId(1), version: 0, status: 'draft', lines: [{ sku: 'x', qty: 2, unit: 9.99 }] });
  await repo.save({ id: orderId(2), version: 0, status: 'draft', lines: [{ sku: 'y', qty: 1, unit: 5 }], placedAt: new Date(0) });
  const both = await Promise.all([
    repo.update(a.id, async (o) => { await null; return { ...o, status: 'placed', placedAt: new Date(86_400_000) }; }),
    repo.update(a.id, async (o) => ({ ...o, lines: [...o.lines, { sku: 'z', qty: 1, unit: 0.02 }] })),
  ]);
  const failures = await Promise.allSettled([repo.save({ ...a, version: 0 }), repo.save({ ...a, lines: [] }), repo.update(orderId(9), (o) => o)]);
  let frozen = ''; try { for (const o of repo) (o as { status: string }).status = 'shipped'; } catch (e) { frozen = `${(e as Error).name}`; }
  console.log(both[0], [...repo].map((o) => o.placedAt ?? null));
  return { versions: both.map((b) => b.version), totals: [...repo].map((o) => repo.total(o).toFixed(2)), history: repo.history(a.id), failures: failures.map((f) => f.status === 'rejected' ? `${f.reason}` : f.value.version), frozen, size: repo.size, json: JSON.stringify([...repo][1]) };
}
