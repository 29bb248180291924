interface Line { label: string; amount: number; share: number }
export async function main() {
  const lines: Line[] = [
    { label: 'rent', amount: 1234.5, share: 0.256 },
    { label: 'refund', amount: -1234567.891, share: -0.0004 },
    { label: 'nothing', amount: 0, share: 1 },
  ];
  const money = (n: number, currency = 'USD') => n.toLocaleString('en-US', { style: 'currency', currency });
  let missing = '';
  try { (5).toLocaleString('en-US', { style: 'currency' }); } catch (e) { missing = `${e}`; }
  let range = '';
  try { (5).toLocaleString('en-US', { minimumFractionDigits: 4, maximumFractionDigits: 2 }); } catch (e) { range = `${(e as Error).name}`; }
  return {
    lines: lines.map(({ label, amount, share }) => `${label.padEnd(8)}${money(amount).padStart(16)} ${share.toLocaleString('en-US', { style: 'percent', maximumFractionDigits: 1 })}`),
    currencies: ['EUR', 'GBP', 'JPY', 'CHF', 'INR', 'KRW', 'CAD'].map((c) => money(1234.56, c)),
    plain: [0, -0, 1e21, 123456.7891, 0.0005, 999.9995, 1.005, NaN, -Infinity].map((n) => n.toLocaleString('en-US')),
    fixed: [1, 1234.5, 0.125, 1.005].map((n) => n.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })),
    least: [1, 1.23456].map((n) => n.toLocaleString('en', { minimumFractionDigits: 1 })),
    most: [1234.5678, 0.5, 1.5, 2.5].map((n) => n.toLocaleString(undefined, { maximumFractionDigits: 0 })),
    ungrouped: (1234567.5).toLocaleString('en-US', { useGrouping: false }),
    percent: [0.5, 0.123456, 12].map((n) => n.toLocaleString('en-US', { style: 'percent' })),
    missing,
    range,
    date: new Date(Date.UTC(2024, 0, 5, 15, 4, 9)).toLocaleDateString('en-US', { timeZone: 'UTC' }),
  };
}
