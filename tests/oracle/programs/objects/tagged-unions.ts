type Shape = { kind: 'circle'; r: number } | { kind: 'rect'; w: number; h: number } | { kind: 'group'; children: readonly Shape[]; label?: string };
type Result<T, E = string> = { ok: true; value: T } | { ok: false; error: E };
const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
function assertNever(x: never): never { throw new Error(`unexpected ${JSON.stringify(x)}`); }
function area(s: Shape): number {
  switch (s.kind) {
    case 'circle': return Math.PI * s.r ** 2;
    case 'rect': return s.w * s.h;
    case 'group': return s.children.map(area).reduce((a, b) => a + b, 0);
    default: return assertNever(s);
  }
}
const describe = (s: Shape): string => s.kind === 'group' ? `${s.label ?? 'group'}(${s.children.map(describe).join(' + ')})` : 'r' in s ? `o${s.r}` : `${s.w}x${s.h}`;
const andThen = <A, B, E>(r: Result<A, E>, f: (a: A) => Result<B, E>): Result<B, E> => (r.ok ? f(r.value) : r);
const parse = (s: string): Result<number> => { const n = Number(s); return s.trim() && !Number.isNaN(n) ? ok(n) : err(`bad number ${s}`); };
const positive = (n: number): Result<number> => (n > 0 ? ok(n) : err(`${n} is not positive`));
const isString = (v: unknown): v is string => typeof v === 'string';
const isDefined = <T>(v: T | null | undefined): v is T => v != null;
function assertNumber(v: unknown, name = 'value'): asserts v is number { if (typeof v !== 'number') throw new TypeError(`${name} is ${typeof v}`); }
type Event = ['open'] | ['data', string, number?] | ['close', { code: number }];
function handle(...event: Event): string {
  switch (event[0]) {
    case 'open': return 'opened';
    case 'data': { const [, body, size = body.length] = event; return `${body}:${size}`; }
    case 'close': return `closed ${event[1].code}`;
  }
}
export async function main() {
  const scene: Shape = { kind: 'group', label: 'scene', children: [{ kind: 'circle', r: 1 }, { kind: 'rect', w: 2, h: 3 }, { kind: 'group', children: [] }] };
  console.log(area(scene).toFixed(4), describe(scene), handle('open'), handle('data', 'abc'), handle('data', 'abc', 9), handle('close', { code: 1000 }));
  console.log(['5', '-1', 'x', ''].map((s) => andThen(parse(s), positive)));
  const mixed = ['a', 1, null, 'b', undefined, true, 0];
  console.log(mixed.filter(isString), mixed.filter(isDefined), mixed.filter((x): x is number => typeof x === 'number'));
  try { area({ kind: 'hexagon' } as unknown as Shape); } catch (e) { console.log((e as Error).message); }
  const v: unknown = JSON.parse('"5"');
  try { assertNumber(v, 'v'); console.log(v + 1); } catch (e) { console.log(String(e)); }
  return scene;
}
