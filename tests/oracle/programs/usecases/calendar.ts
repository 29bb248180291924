const pad = (n: number, w = 2) => String(n).padStart(w, '0');
const fmt = (d: Date, f: string) => { const parts: Record<string, () => string> = { YYYY: () => String(d.getUTCFullYear()), MM: () => pad(d.getUTCMonth() + 1), DD: () => pad(d.getUTCDate()), HH: () => pad(d.getUTCHours()), mm: () => pad(d.getUTCMinutes()), ss: () => pad(d.getUTCSeconds()), SSS: () => pad(d.getUTCMilliseconds(), 3) }; let out = f; for (const [k, g] of Object.entries(parts)) out = out.split(k).join(g()); return out; };
const DAY = 86_400_000;
const addMonths = (d: Date, n: number) => { const r = new Date(d); const day = r.getUTCDate(); r.setUTCDate(1); r.setUTCMonth(r.getUTCMonth() + n); r.setUTCDate(Math.min(day, new Date(Date.UTC(r.getUTCFullYear(), r.getUTCMonth() + 1, 0)).getUTCDate())); return r; };
const diffDays = (a: Date, b: Date) => Math.round((+b - +a) / DAY);
const isoWeek = (d: Date) => { const t = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate())); const dow = t.getUTCDay() || 7; t.setUTCDate(t.getUTCDate() + 4 - dow); const y0 = new Date(Date.UTC(t.getUTCFullYear(), 0, 1)); return [t.getUTCFullYear(), Math.ceil(((t.getTime() - y0.getTime()) / DAY + 1) / 7)] as const; };
const human = (ms: number): string => { const units: [string, number][] = [['d', DAY], ['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]]; const out: string[] = []; for (const [u, size] of units) { const n = Math.trunc(ms / size); if (n) { out.push(`${n}${u}`); ms %= size; } } return out.slice(0, 2).join(' ') || '0ms'; };
export async function main() {
  const d = new Date('2024-01-31T23:05:09.007Z');
  const bad = new Date('nonsense');
  let err = ''; try { bad.toISOString(); } catch (e) { err = `${e}`; }
  console.log(d, [d], { d }, bad, JSON.stringify({ d, bad }), `${d.getTime()}`);
  return { f: fmt(d, 'YYYY-MM-DD HH:mm:ss.SSS'), months: [1, 2, 13, -2].map((n) => addMonths(d, n).toISOString().slice(0, 10)), diff: diffDays(d, new Date(Date.UTC(2024, 2, 1))), weeks: ['2021-01-03', '2020-12-31', '2024-12-30'].map((s) => isoWeek(new Date(s)).join('-W')), human: [0, 999, 61_000, 90_061_001].map(human), err, nan: [bad.getTime(), Number.isNaN(+bad), bad.toJSON()], cmp: new Date(1) < new Date(2), eq: +new Date(5) === +new Date(5), parse: ['2024-02-29', '2024-02-30T00:00:00Z', '2024-01-01T00:00:00+05:30', '2024'].map((s) => Date.parse(s)), sort: [new Date(3), new Date(1)].sort((a, b) => a.valueOf() - b.valueOf()).map(Number), iso: new Date(8.64e15).toISOString(), set: new Date(new Date(0).setUTCHours(25, 61)).toISOString() };
}
