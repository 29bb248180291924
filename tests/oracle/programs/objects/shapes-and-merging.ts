type Shape = { kind: 'circle'; r: number } | { kind: 'rect'; w: number; h: number } | { kind: 'poly'; points: [number, number][] };
const assertNever = (x: never): never => { throw new Error(`unexpected ${JSON.stringify(x)}`); };
function area(s: Shape): number {
  switch (s.kind) {
    case 'circle': return Math.PI * s.r ** 2;
    case 'rect': return s.w * s.h;
    case 'poly': { let a = 0; s.points.forEach(([x, y], i, all) => { const [nx, ny] = all[(i + 1) % all.length]!; a += x * ny - nx * y; }); return Math.abs(a) / 2; }
    default: return assertNever(s);
  }
}
type DeepPartial<T> = { [K in keyof T]?: T[K] extends object ? DeepPartial<T[K]> : T[K] };
interface Config { server: { host: string; port: number; tls?: { cert: string } }; features: Record<string, boolean>; list: string[] }
const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
function merge<T extends object>(base: T, patch: DeepPartial<T>): T {
  const out: Record<string, unknown> = { ...(base as Record<string, unknown>) };
  for (const [k, v] of Object.entries(patch)) { const b = out[k]; out[k] = isObject(b) && isObject(v) ? merge(b, v) : v === undefined ? b : v; }
  return out as T;
}
function pick<T, K extends keyof T>(o: T, ...keys: K[]): Pick<T, K> { return Object.fromEntries(keys.filter((k) => k in (o as object)).map((k) => [k, o[k]])) as Pick<T, K>; }
function groupBy<T, K extends string | number>(items: readonly T[], key: (t: T) => K): Record<K, T[]> { return items.reduce((acc, t) => { (acc[key(t)] ||= []).push(t); return acc; }, {} as Record<K, T[]>); }
enum Level { Low = 1, Mid = Low << 1, High = Mid << 1, All = Low | Mid | High }
type Json = null | boolean | number | string | Json[] | { [k: string]: Json };
const flatten = (j: Json, path = '$'): string[] => Array.isArray(j) ? j.flatMap((x, i) => flatten(x, `${path}[${i}]`)) : isObject(j) ? Object.entries(j).flatMap(([k, v]) => flatten(v as Json, `${path}.${k}`)) : [`${path}=${j}`];
const tuple = <T extends readonly unknown[]>(...t: T): T => t;
export async function main() {
  const shapes: Shape[] = [{ kind: 'circle', r: 2 }, { kind: 'rect', w: 2, h: 3.5 }, { kind: 'poly', points: [[0, 0], [4, 0], [4, 3]] }];
  let bad = ''; try { area({ kind: 'blob' } as unknown as Shape); } catch (e) { bad = (e as Error).message; }
  const config: Config = { server: { host: 'h', port: 1 }, features: { a: true }, list: ['x'] };
  const merged = merge(config, { server: { port: 2, tls: { cert: 'c' } }, features: { b: false }, list: ['y', 'z'] });
  const [a, , b = 'dflt', ...rest] = tuple(1, 'two', undefined, true, null);
  const { server: { port, tls: { cert = 'none' } = {} }, ...others } = merged as Config & { server: { tls?: { cert?: string } } };
  return { areas: shapes.map((s) => area(s).toFixed(3)), bad, merged, untouched: config.server.port, picked: pick(merged, 'list', 'features'), groups: groupBy([1, 2, 3, 4, 5], (n) => (n % 2 ? 'odd' : 'even')), levels: [Level.All, Level[4], Level[Level.Mid], Object.keys(Level).length], flat: flatten({ a: [1, { b: null }], c: 'x' }), a, b, rest, port, cert, others: Object.keys(others) };
}
