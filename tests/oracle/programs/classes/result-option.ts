abstract class Option<T> {
  static of<T>(value: T | null | undefined): Option<T> {
    return value === null || value === undefined ? None.instance : new Some(value);
  }
  abstract map<U>(f: (value: T) => U): Option<U>;
  abstract flatMap<U>(f: (value: T) => Option<U>): Option<U>;
  abstract getOrElse(fallback: T): T;
  abstract get isSome(): boolean;
  toJSON(): unknown {
    return this.isSome ? { some: this.getOrElse(undefined as T) } : 'none';
  }
}

class Some<T> extends Option<T> {
  constructor(readonly value: T) {
    super();
  }
  map<U>(f: (value: T) => U): Option<U> {
    return new Some(f(this.value));
  }
  flatMap<U>(f: (value: T) => Option<U>): Option<U> {
    return f(this.value);
  }
  getOrElse(): T {
    return this.value;
  }
  get isSome(): boolean {
    return true;
  }
}

class None extends Option<never> {
  static readonly instance = new None();
  private constructor() {
    super();
  }
  map(): Option<never> {
    return this;
  }
  flatMap(): Option<never> {
    return this;
  }
  getOrElse<T>(fallback: T): T {
    return fallback;
  }
  get isSome(): boolean {
    return false;
  }
}

class Result<T, E extends Error = Error> {
  private constructor(private readonly value: T | undefined, private readonly error: E | undefined) {}
  static ok<T>(value: T): Result<T, never> {
    return new Result<T, never>(value, undefined);
  }
  static fail<E extends Error>(error: E): Result<never, E> {
    return new Result<never, E>(undefined, error);
  }
  static attempt<T>(f: () => T): Result<T> {
    try {
      return Result.ok(f());
    } catch (error) {
      return Result.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }
  unwrap(): T {
    if (this.error) throw this.error;
    return this.value as T;
  }
  match<R>(cases: { ok: (value: T) => R; fail: (error: E) => R }): R {
    return this.error ? cases.fail(this.error) : cases.ok(this.value as T);
  }
}

export function main() {
  const half = (n: number): Option<number> => Option.of(n % 2 === 0 ? n / 2 : null);
  const chain = [8, 6, 5].map((n) => half(n).flatMap(half).map((m) => m + 0.5));
  const results = ['{"a":1}', '{'].map((text) => Result.attempt(() => JSON.parse(text) as { a: number }));
  const matched = results.map((result) => result.match({ ok: ({ a }) => `a=${a}`, fail: ({ name }) => name }));
  let thrown = '';
  try {
    Result.fail(new RangeError('r')).unwrap();
  } catch (error) {
    thrown = `${error}`;
  }
  console.log(chain, Result.ok([1]));
  return [chain.map((each) => each.getOrElse(-1)), JSON.stringify(chain), chain[2] === None.instance, matched, thrown];
}
