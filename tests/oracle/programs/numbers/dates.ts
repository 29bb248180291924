const DAY = 86_400_000;
const pad = (n: number, width = 2) => String(n).padStart(width, '0');
const ymd = (d: Date) => `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
const addMonths = (d: Date, n: number): Date => { const out = new Date(d); const day = out.getUTCDate(); out.setUTCDate(1); out.setUTCMonth(out.getUTCMonth() + n); out.setUTCDate(Math.min(day, new Date(Date.UTC(out.getUTCFullYear(), out.getUTCMonth() + 1, 0)).getUTCDate())); return out; };
const isLeap = (y: number) => new Date(Date.UTC(y, 1, 29)).getUTCMonth() === 1;
function isoWeek(d: Date): string {
  const t = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()));
  t.setUTCDate(t.getUTCDate() + 4 - (t.getUTCDay() || 7));
  const start = Date.UTC(t.getUTCFullYear(), 0, 1);
  return `${t.getUTCFullYear()}-W${pad(Math.ceil(((+t - start) / DAY + 1) / 7))}`;
}
const ago = (from: Date, to: Date): string => {
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
  return minutes < 1 ? 'now' : minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
};
export async function main() {
  const d = new Date('2024-01-31T10:20:30.456Z');
  console.log(d, ymd(d), ymd(addMonths(d, 1)), ymd(addMonths(d, -2)), ymd(addMonths(d, 13)), [2000, 1900, 2024, 2023].map(isLeap));
  console.log(['2020-12-31', '2021-01-03', '2021-01-04', '2026-06-15'].map((s) => isoWeek(new Date(s))), d.toISOString(), d.toJSON(), JSON.stringify({ d }), +d, d.valueOf() === Number(d));
  console.log(new Date(0), new Date(NaN), String(new Date(NaN)), new Date('nope').getTime(), new Date(2020, 5).toISOString(), new Date(8.64e15 + 1).getTime(), Date.UTC(99, 0), new Date('2020-02-30').getTime());
  const sorted = ['2021-05-01', '2019-12-31T23:59:59Z', '2020-06'].map((s) => new Date(s)).sort((a, b) => +a - +b);
  console.log(sorted, sorted[0]! < sorted[1]!, (sorted[2]!.getTime() - sorted[0]!.getTime()) / DAY, new Date(2019, 0, 31, 25, 61, 61, 1001).toISOString());
  console.log(ago(new Date('2024-01-01T00:00:00Z'), new Date('2024-01-01T00:00:20Z')), ago(new Date(0), new Date(45 * 60_000)), ago(new Date(0), new Date(50 * 3_600_000)));
  try { new Date(NaN).toISOString(); } catch (e) { console.log(String(e)); }
  const map = new Map([[d.getTime(), d]]);
  console.log(map.get(Date.parse('2024-01-31T10:20:30.456Z')) === d, { when: d }, [new Date(1)], `${new Date(0).toUTCString()}`, new Date(0).getUTCDay(), d.getUTCMilliseconds(), typeof Date.now(), Date.now() > 1.6e12);
  return { d, copy: structuredClone(d), diff: new Date(d.getTime() + DAY) };
}
