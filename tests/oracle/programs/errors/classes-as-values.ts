// Error classes handed around: retry policies, mapping of codes to classes, checks by constructor, bases chosen at run time.
class HttpError extends Error {
  constructor(readonly status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    Object.setPrototypeOf(this, new.target.prototype);
    Error.captureStackTrace?.(this, this.constructor);
  }
}
class NotFound extends HttpError { constructor(what: string) { super(404, `${what} not found`); } }
class Conflict extends HttpError { constructor(message: string) { super(409, message); } }
class Batch extends AggregateError {
  constructor(errors: Error[], readonly label: string) { super(errors, `${errors.length} failed in ${label}`); this.name = 'Batch'; }
}
abstract class Shape {
  constructor() { if (new.target === Shape) throw new TypeError('abstract'); }
  kind(): string { return this.constructor.name; }
  copy(): Shape { return new (this.constructor as new () => Shape)(); }
}
class Circle extends Shape {}

type ErrorClass = new (message: string) => Error;
const BY_CODE: Record<string, ErrorClass> = { range: RangeError, type: TypeError, syntax: SyntaxError, plain: Error };
const TRANSIENT: readonly (abstract new (...args: never[]) => Error)[] = [RangeError, Conflict];
const isTransient = (error: unknown): boolean => TRANSIENT.some((kind) => error instanceof kind);

function custom(Base: ErrorClass) {
  return class Custom extends Base { readonly extra = 1; get label(): string { return `${this.name}/${this.message}`; } };
}
async function retry<T>(job: (n: number) => T, ...on: (abstract new (...args: never[]) => Error)[]): Promise<string> {
  for (let n = 1; n < 5; n++) {
    try { return `ok ${await job(n)}`; } catch (error) { if (!on.some((kind) => error instanceof kind)) return `gave up: ${String(error)}`; }
  }
  return 'exhausted';
}
function assert(condition: unknown, message: string, Class: ErrorConstructor = Error): asserts condition { if (!condition) throw new Class(message); }

export async function main() {
  const made = Object.entries(BY_CODE).map(([code, Class]) => new Class(code));
  console.log(made.map((e) => `${e.name} ${e.message} ${e.constructor.name} ${e instanceof RangeError} ${e.constructor === BY_CODE[e.message]}`));
  console.log([RangeError, TypeError], RangeError.name, Error === Error, (TypeError as unknown) === RangeError, typeof SyntaxError, TypeError.length);
  console.log(isTransient(new RangeError('r')), isTransient(new Conflict('c')), isTransient(new NotFound('n')), isTransient('x'));
  console.log(await retry((n) => { if (n < 3) throw new RangeError('again'); return n; }, RangeError), await retry(() => { throw new TypeError('no'); }, RangeError, SyntaxError));
  const found = new NotFound('page');
  console.log(found.name, found.status, found instanceof HttpError, found.constructor === NotFound, found.constructor.name, String(found), Object.keys(found));
  const batch = new Batch([new Error('a'), found], 'jobs');
  console.log(batch.message, batch.errors.length, batch instanceof AggregateError, batch instanceof Error, batch.label, String(batch));
  const Late = custom(TypeError);
  const late = new Late('late');
  console.log(late.label, late instanceof TypeError, late instanceof RangeError, late.extra, late.constructor === Late, Object.keys(late));
  for (const Class of [Error, RangeError]) try { assert(1 > 2, 'impossible', Class as ErrorConstructor); } catch (e) { console.log(String(e), e instanceof Class); }
  try { new (Shape as unknown as new () => Shape)(); } catch (e) { console.log(String(e)); }
  const circle = new Circle();
  console.log(circle.kind(), circle.copy() instanceof Circle, circle.copy() !== circle);
  const called = (RangeError as (m: string) => Error)('without new');
  console.log(called instanceof RangeError, called.message);
  console.log([{}, [], new Map(), new Set(), 'x', 1, true, () => 1, Promise.resolve(), new Date(0), circle].map((v) => (v as object).constructor.name).join());
  const isPlain = (v: object): boolean => v.constructor === Object;
  console.log(isPlain({ a: 1 }), isPlain([]), isPlain(circle), [].constructor === Array, new Map().constructor === Map, (found as Error).constructor === Error);
  const counts = new Map<unknown, number>();
  for (const e of [...made, found, late, new Error('z')]) counts.set(e.constructor, (counts.get(e.constructor) ?? 0) + 1);
  return [counts.get(Error), counts.get(NotFound), counts.get(RangeError), counts.size];
}
