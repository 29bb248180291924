type Events = { login: { user: string }; order: { id: number; total: number }; error: Error };
type Handler<T> = (payload: T) => void | Promise<void>;
class EventBus<M extends Record<string, any>> {
  private handlers: { [K in keyof M]?: Set<Handler<M[K]>> } = {};
  on<K extends keyof M>(event: K, handler: Handler<M[K]>): () => void {
    (this.handlers[event] ??= new Set()).add(handler);
    return () => { this.handlers[event]?.delete(handler); };
  }
  once<K extends keyof M>(event: K): Promise<M[K]> {
    return new Promise((resolve) => { const off = this.on(event, (p) => { off(); resolve(p); }); });
  }
  async emit<K extends keyof M>(event: K, payload: M[K]): Promise<number> {
    const handlers = [...(this.handlers[event] ?? [])];
    const results = await Promise.allSettled(handlers.map(async (h) => h(payload)));
    const failed = results.filter((r): r is PromiseRejectedResult => r.status === 'rejected');
    if (failed.length > 0 && event !== 'error') await this.emit('error', failed[0]!.reason);
    return handlers.length;
  }
}
export async function main() {
  const bus = new EventBus<Events>();
  const log: string[] = [];
  bus.on('login', ({ user }) => { log.push(`hi ${user}`); });
  const off = bus.on('order', async ({ id, total }) => { await null; log.push(`order ${id} ${total.toLocaleString('en-US')}`); });
  bus.on('order', ({ id }) => { if (id === 2) throw new Error(`bad order ${id}`); });
  bus.on('error', (e) => void log.push(`error ${e.message}`));
  const first = bus.once('order');
  const counts = [await bus.emit('login', { user: 'ann' }), await bus.emit('order', { id: 1, total: 1234.5 }), await bus.emit('order', { id: 2, total: 2 })];
  off();
  counts.push(await bus.emit('order', { id: 3, total: 9e6 }), await bus.emit('error', new Error('direct')));
  return { log, counts, first: await first };
}
