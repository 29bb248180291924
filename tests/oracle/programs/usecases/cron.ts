type Field = { readonly values: ReadonlySet<number> };
function parseField(text: string, min: number, max: number): Field {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '*', stepText] = part.split('/');
    const step = stepText === undefined ? 1 : parseInt(stepText, 10);
    const [lo, hi] = range === '*' ? [min, max] : range.includes('-') ? (range.split('-').map(Number) as [number, number]) : [Number(range), stepText ? max : Number(range)];
    if ([lo, hi, step].some(Number.isNaN) || lo < min || hi > max) throw new RangeError(`bad field '${text}'`);
    for (let v = lo; v <= hi; v += step) values.add(v);
  }
  return { values };
}
class Cron {
  readonly #fields: readonly [minute: Field, hour: Field, day: Field, month: Field, weekday: Field];
  constructor(readonly expression: string) {
    const parts = expression.trim().split(/\s+/);
    if (parts.length !== 5) throw new SyntaxError(`expected 5 fields, got ${parts.length}`);
    const limits = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 6]] as const;
    this.#fields = parts.map((p, i) => parseField(p, limits[i]![0], limits[i]![1])) as unknown as readonly [Field, Field, Field, Field, Field];
  }
  next(after: Date): Date {
    const [minute, hour, day, month, weekday] = this.#fields;
    const t = new Date(Math.ceil((after.getTime() + 1) / 60_000) * 60_000);
    for (let guard = 0; guard < 600_000; guard++) {
      if (!month.values.has(t.getUTCMonth() + 1)) { t.setUTCMonth(t.getUTCMonth() + 1, 1); t.setUTCHours(0, 0, 0, 0); continue; }
      if (!day.values.has(t.getUTCDate()) || !weekday.values.has(t.getUTCDay())) { t.setUTCDate(t.getUTCDate() + 1); t.setUTCHours(0, 0, 0, 0); continue; }
      if (!hour.values.has(t.getUTCHours())) { t.setUTCHours(t.getUTCHours() + 1, 0, 0, 0); continue; }
      if (!minute.values.has(t.getUTCMinutes())) { t.setUTCMinutes(t.getUTCMinutes() + 1, 0, 0); continue; }
      return t;
    }
    throw new Error('no date');
  }
}
export async function main() {
  const from = new Date(Date.UTC(2024, 1, 28, 23, 59, 30));
  const show = (e: string) => { try { const c = new Cron(e); let d = from; return Array.from({ length: 3 }, () => (d = c.next(d)).toISOString().replace(':00.000Z', 'Z')); } catch (err) { return (err as Error).message; } };
  console.log(from, JSON.stringify({ from }));
  return Object.fromEntries(['*/15 * * * *', '0 9-17/4 * * 1-5', '30 6 29 2 *', '5,10 0 1 * *', '61 * * * *', '* *'].map((e) => [e, show(e)]));
}
