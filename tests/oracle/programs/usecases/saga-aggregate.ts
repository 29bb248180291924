type Step<C> = { readonly name: string; invoke(context: C): Promise<Partial<C> | void>; compensate?(context: C): Promise<void> };
interface Ctx { orderId: string; reserved?: string[]; paymentId?: string; shipped?: boolean }
class SagaError extends AggregateError {
  constructor(readonly step: string, cause: unknown, compensations: unknown[]) {
    super(compensations, `saga failed at ${step}`, { cause });
    this.name = 'SagaError';
  }
}
async function runSaga<C extends object>(steps: readonly Step<C>[], initial: C): Promise<C> {
  const done: Step<C>[] = [];
  let context = { ...initial };
  for (const step of steps) {
    try {
      console.log('→', step.name);
      context = { ...context, ...(await step.invoke(context)) };
      done.unshift(step);
    } catch (cause) {
      const errors: unknown[] = [];
      for (const { name, compensate } of done) {
        if (!compensate) continue;
        try { console.log('←', name); await compensate(context); } catch (e) { errors.push(e); }
      }
      throw new SagaError(step.name, cause, errors);
    }
  }
  return context;
}
const inventory = new Map<string, number>([['apple', 3], ['pear', 0]]);
const steps = (fail: boolean): Step<Ctx>[] => [
  { name: 'reserve', async invoke() { inventory.set('apple', inventory.get('apple')! - 1); return { reserved: ['apple'] }; }, async compensate({ reserved = [] }) { for (const r of reserved) inventory.set(r, (inventory.get(r) ?? 0) + 1); } },
  { name: 'pay', async invoke({ orderId }) { await null; return { paymentId: `pay_${orderId}` }; }, async compensate({ paymentId }) { throw new Error(`refund of ${paymentId} failed`); } },
  { name: 'ship', async invoke() { if (fail) throw new Error('no carrier'); return { shipped: true }; } },
];
export async function main() {
  const ok = await runSaga(steps(false), { orderId: '42' });
  const failed = await runSaga(steps(true), { orderId: '43' }).then(() => null, (e: SagaError) => e);
  return { ok, left: [...inventory], step: failed?.step, message: failed?.message, cause: (failed?.cause as Error).message, compensations: failed?.errors.map((e) => (e as Error).message) };
}
