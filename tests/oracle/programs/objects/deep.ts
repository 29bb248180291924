type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => equal(x, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b && equal(a[k], b[k]));
}
function merge<T extends Record<string, unknown>>(base: T, ...sources: Record<string, unknown>[]): T {
  return sources.reduce<Record<string, unknown>>((out, source) => {
    for (const [k, v] of Object.entries(source)) {
      const old = out[k];
      out = { ...out, [k]: isObject(old) && isObject(v) ? merge(old, v) : v };
    }
    return out;
  }, base) as T;
}
const get = (v: unknown, path: string): unknown => path.split('.').reduce<unknown>((o, k) => (isObject(o) || Array.isArray(o) ? (o as Record<string, unknown>)[k] : undefined), v);
function set(o: Record<string, any>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  keys.reduce((at, k) => (at[k] ??= {}), o)[last] = value;
}
function flatten(v: Json, prefix = ''): Record<string, Json> {
  if (typeof v !== 'object' || v === null) return { [prefix]: v };
  const entries: [string, Json][] = Array.isArray(v) ? v.map((x, i) => [String(i), x]) : Object.entries(v);
  return Object.assign({}, ...entries.map(([k, x]) => flatten(x, prefix ? `${prefix}.${k}` : k)));
}
function diff(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  const out: string[] = [];
  for (const k of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!(k in b)) out.push(`-${k}`);
    else if (!(k in a)) out.push(`+${k}`);
    else if (!equal(a[k], b[k])) out.push(`~${k}`);
  }
  return out;
}
export async function main() {
  const base = { server: { port: 80, hosts: ['a'], tls: { on: false } }, debug: false };
  const merged = merge(base, { server: { port: 8080, tls: { cert: 'x' } } }, { debug: true, extra: [1] });
  console.log(merged, base, equal(base, structuredClone(base)), equal(base, merged), equal([NaN, [1]], [NaN, [1]]));
  console.log(get(merged, 'server.tls.cert'), get(merged, 'server.hosts.0'), get(merged, 'no.such.path'));
  const built: Record<string, any> = {};
  set(built, 'a.b.c', 1); set(built, 'a.d', [2]); set(built, 'e', null);
  console.log(built, flatten({ a: { b: [1, { c: true }] }, d: null, e: 'x' }), diff(base, merged));
  return Object.entries(merged).map(([k, v]) => `${k}:${typeof v}`);
}
