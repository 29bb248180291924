declare function getUser(id: number): Promise<{ id: number; name: string; tags: string[]; manager: number | null }>;
declare function echo<T>(value: T): Promise<T>;
declare function fail(message: string): Promise<never>;
type Order = { readonly id: string; readonly userId: number; readonly lines: readonly { sku: string; qty: number; cents: number }[]; coupon?: string };
type Issue = { readonly path: string; readonly reason: string };
type Outcome = { status: 'accepted'; id: string; total: number; buyer: string } | { status: 'rejected'; id: string; issues: readonly Issue[] } | { status: 'failed'; id: string; error: string };
const coupons = { TEN: (n: number) => n * 0.9, FIVER: (n: number) => Math.max(0, n - 500) } as const;
const isCoupon = (code: string): code is keyof typeof coupons => code in coupons;
function validate(order: Order): Issue[] {
  const issues: Issue[] = [];
  if (order.lines.length === 0) issues.push({ path: 'lines', reason: 'empty' });
  order.lines.forEach(({ sku, qty, cents }, i) => {
    if (!sku.trim()) issues.push({ path: `lines[${i}].sku`, reason: 'blank' });
    if (!Number.isInteger(qty) || qty <= 0) issues.push({ path: `lines[${i}].qty`, reason: `${qty} is no quantity` });
    if (cents < 0) issues.push({ path: `lines[${i}].cents`, reason: 'negative' });
  });
  if (order.coupon !== undefined && !isCoupon(order.coupon)) issues.push({ path: 'coupon', reason: `unknown ${order.coupon}` });
  return issues;
}
async function handle(order: Order): Promise<Outcome> {
  const { id, userId, lines, coupon } = order;
  const issues = validate(order);
  if (issues.length) return { status: 'rejected', id, issues };
  try {
    const [{ name, tags }, rate] = await Promise.all([getUser(userId), userId === 13 ? fail('tax service down') : echo(0.25)]);
    const net = lines.reduce((sum, { qty, cents }) => sum + qty * cents, 0);
    const reduced = coupon && isCoupon(coupon) ? coupons[coupon](net) : net;
    return { status: 'accepted', id, total: Math.round(reduced * (1 + rate)), buyer: `${name}${tags.includes('odd') ? '*' : ''}` };
  } catch (error) {
    return { status: 'failed', id, error: error instanceof Error ? error.message : String(error) };
  }
}
export async function main() {
  const orders: Order[] = [
    { id: 'o1', userId: 1, lines: [{ sku: 'a', qty: 2, cents: 1999 }], coupon: 'TEN' },
    { id: 'o2', userId: 2, lines: [{ sku: ' ', qty: 0, cents: 5 }, { sku: 'b', qty: 1.5, cents: -1 }], coupon: 'NOPE' },
    { id: 'o3', userId: 13, lines: [{ sku: 'c', qty: 1, cents: 100 }] },
    { id: 'o4', userId: 4, lines: [{ sku: 'd', qty: 3, cents: 150 }], coupon: 'FIVER' },
    { id: 'o5', userId: 5, lines: [] },
  ];
  const outcomes = await Promise.all(orders.map(handle));
  for (const o of outcomes) {
    switch (o.status) {
      case 'accepted': console.log(`${o.id} ok ${(o.total / 100).toFixed(2)} ${o.buyer}`); break;
      case 'rejected': console.warn(`${o.id} rejected`, o.issues); break;
      case 'failed': console.error('%s failed: %s', o.id, o.error); break;
    }
  }
  return outcomes.reduce<Partial<Record<Outcome['status'], number>>>((n, { status }) => ({ ...n, [status]: (n[status] ?? 0) + 1 }), {});
}
