// Tagged templates: SQL with parameters, HTML escaping, dedent, caches by the identity of the strings, methods as tags.
interface Query { readonly text: string; readonly values: readonly unknown[] }
const sql = (strings: TemplateStringsArray, ...values: unknown[]): Query => {
  let text = strings[0] ?? '';
  const all: unknown[] = [];
  values.forEach((value, i) => {
    if (typeof value === 'object' && value !== null && 'text' in value) { const inner = value as Query; text += inner.text; all.push(...inner.values); }
    else { all.push(value); text += `$${all.length}`; }
    text += strings[i + 1];
  });
  return { text, values: all };
};
const escapes: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
function html(strings: TemplateStringsArray, ...values: (string | number | string[])[]): string {
  const clean = (value: string | number): string => [...String(value)].map((c) => escapes[c] ?? c).join('');
  return strings.reduce((out, part, i) => { const v = values[i - 1]; return out + (Array.isArray(v) ? v.join('') : clean(v ?? '')) + part; });
}
const dedent = (strings: TemplateStringsArray, ...values: unknown[]): string =>
  String.raw({ raw: strings }, ...values).split('\n').map((line) => line.trim()).filter((line) => line !== '').join('\n');
const seen = new Map<TemplateStringsArray, number>();
const once = (strings: TemplateStringsArray, ...values: number[]): string => {
  const n = (seen.get(strings) ?? 0) + 1;
  seen.set(strings, n);
  return `${strings.join('_')} ${values.join()} call ${n}`;
};
class Logger {
  readonly lines: string[] = [];
  constructor(readonly prefix: string) {}
  log(strings: TemplateStringsArray, ...values: unknown[]): this { this.lines.push(this.prefix + strings.map((s, i) => s + (i < values.length ? JSON.stringify(values[i]) : '')).join('')); return this; }
  with<T>(strings: TemplateStringsArray, value: T): (suffix: string) => string { return (suffix) => `${strings[0]}${String(value)}${suffix}`; }
}
async function fetchText(strings: TemplateStringsArray, ...values: Promise<string>[]): Promise<string> {
  const parts = await Promise.all(values);
  return strings.map((s, i) => s + (parts[i] ?? '')).join('');
}

export async function main() {
  const where = sql`age > ${18} and name = ${'ann'}`;
  console.log(sql`select * from users where ${where} limit ${10}`, sql``);
  console.log(html`<ul>${['a', 'b'].map((x) => html`<li>${x}</li>`)}</ul> ${'<b> & co'} ${3}`);
  console.log(dedent`
    first ${1}
      second ${'two'}\n still raw
  `);
  for (let i = 0; i < 3; i++) console.log(once`a${i}b`, once`a${i}b`);
  console.log(seen.size, [...seen.values()]);
  const logger = new Logger('> ');
  logger.log`user ${{ id: 1 }} did ${['x']}`.log`plain`;
  console.log(logger.lines, logger.with`v=${5}`('!'), logger['with']`w=${true}`('?'));
  const show = (strings: TemplateStringsArray): string => `${strings.length} ${strings.raw.length} ${JSON.stringify(strings)} ${JSON.stringify(strings.raw)} ${Object.isFrozen(strings)} ${Object.isFrozen(strings.raw)} ${Array.isArray(strings)}`;
  console.log(show`tab\tnew\nline \u0041 \\ end`, String.raw`C:\temp\${'x'}\n${1 + 1}`, String.raw`\\`);
  try { (show as unknown as (s: unknown) => string[])([]); } catch (e) { console.log((e as Error).message); }
  try { ((s: TemplateStringsArray) => (s as unknown as string[]).push('x'))`frozen`; } catch (e) { console.log((e as Error).name); }
  const order: number[] = [];
  const note = (n: number): number => { order.push(n); return n; };
  const tagOf = (n: number) => { note(n); return (_s: TemplateStringsArray, ...v: number[]) => v.length; };
  console.log(tagOf(0)`${note(1)}${note(2)}`, order);
  return await fetchText`one ${Promise.resolve('1')} two ${new Promise<string>((r) => setTimeout(() => r('2'), 1))}.`;
}
