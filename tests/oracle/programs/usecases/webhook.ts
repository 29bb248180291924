interface Line { sku: string; qty: number; price: number; tax?: number }
interface Order { id: string; customer: { name: string; email?: string }; lines: Line[]; notes?: string[] | null }
declare function getUser(id: number): Promise<{ id: number; name: string }>;
const round = (x: number) => Math.round(x * 100) / 100;
export async function main(order: Order) {
  const agent = await getUser(order.lines.length);
  const lines = order.lines.map(({ sku, qty, price, tax = 0.2 }) => ({ sku: sku.toUpperCase(), total: round(qty * price * (1 + tax)) }));
  const total = round(lines.reduce((s, l) => s + l.total, 0));
  return {
    ref: `${order.id}-${agent.name}`, total, lines,
    contact: order.customer.email?.toLowerCase() ?? `no email for ${order.customer.name}`,
    notes: order.notes?.length ?? 0, flags: { big: total > 100, vip: order.customer.name.startsWith('A') },
  };
}
