type Result<T> = { ok: true; value: T } | { ok: false; errors: string[] };
interface Schema<T> { parse(input: unknown, path?: string): Result<T>; optional(): Schema<T | undefined>; }
abstract class Base<T> implements Schema<T> {
  abstract parse(input: unknown, path?: string): Result<T>;
  optional(): Schema<T | undefined> { return new Optional(this); }
  protected fail(path: string, expected: string, input: unknown): Result<never> {
    return { ok: false, errors: [`${path || '$'}: expected ${expected}, got ${input === null ? 'null' : Array.isArray(input) ? 'array' : typeof input}`] };
  }
}
class Optional<T> extends Base<T | undefined> { constructor(private inner: Schema<T>) { super(); } parse(i: unknown, path = ''): Result<T | undefined> { return i === undefined ? { ok: true, value: undefined } : this.inner.parse(i, path); } }
class Str extends Base<string> {
  private checks: { test: (s: string) => boolean; message: string }[] = [];
  min(n: number): this { this.checks.push({ test: (s) => s.length >= n, message: `at least ${n} characters` }); return this; }
  email(): this { this.checks.push({ test: (s) => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(s), message: 'an email address' }); return this; }
  parse(i: unknown, path = ''): Result<string> {
    if (typeof i !== 'string') return this.fail(path, 'string', i);
    const errors = this.checks.filter((c) => !c.test(i)).map((c) => `${path}: must be ${c.message}`);
    return errors.length ? { ok: false, errors } : { ok: true, value: i };
  }
}
class Num extends Base<number> { parse(i: unknown, path = ''): Result<number> { return typeof i === 'number' && Number.isFinite(i) ? { ok: true, value: i } : this.fail(path, 'number', i); } }
class Arr<T> extends Base<T[]> {
  constructor(private item: Schema<T>) { super(); }
  parse(i: unknown, path = ''): Result<T[]> {
    if (!Array.isArray(i)) return this.fail(path, 'array', i);
    const results = i.map((x, n) => this.item.parse(x, `${path}[${n}]`));
    const errors = results.flatMap((r) => (r.ok ? [] : r.errors));
    return errors.length > 0 ? { ok: false, errors } : { ok: true, value: results.map((r) => (r as { value: T }).value) };
  }
}
type Shape = { [key: string]: Schema<any> };
type Infer<S> = S extends Schema<infer T> ? T : never;
class Obj<S extends Shape> extends Base<{ [K in keyof S]: Infer<S[K]> }> {
  constructor(private shape: S) { super(); }
  parse(i: unknown, path = ''): Result<{ [K in keyof S]: Infer<S[K]> }> {
    if (typeof i !== 'object' || i === null || Array.isArray(i)) return this.fail(path, 'object', i);
    const out: Record<string, unknown> = {};
    const errors: string[] = [];
    for (const [key, schema] of Object.entries(this.shape)) {
      const r = schema.parse((i as Record<string, unknown>)[key], path ? `${path}.${key}` : key);
      if (r.ok) { if (r.value !== undefined) out[key] = r.value; } else errors.push(...r.errors);
    }
    for (const extra of Object.keys(i)) if (!(extra in this.shape)) errors.push(`${path ? path + '.' : ''}${extra}: unknown key`);
    return errors.length ? { ok: false, errors } : { ok: true, value: out as { [K in keyof S]: Infer<S[K]> } };
  }
}
const z = { string: () => new Str(), number: () => new Num(), array: <T>(s: Schema<T>) => new Arr(s), object: <S extends Shape>(s: S) => new Obj(s) };
export async function main() {
  const schema = z.object({ name: z.string().min(2), email: z.string().email().optional(), tags: z.array(z.string()), age: z.number(), nested: z.object({ xs: z.array(z.number()) }).optional() });
  const good = schema.parse({ name: 'Ann', tags: ['a'], age: 3, email: 'a@b.io' });
  const bad = schema.parse({ name: 'A', email: 'nope', tags: ['a', 1, null], age: NaN, nested: { xs: [1, '2'] }, extra: true });
  console.log(good, schema.parse(null));
  return { good: good.ok && good.value.email, bad: bad.ok ? [] : bad.errors };
}
