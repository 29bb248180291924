class Wide {
  get size(): number {
    return 1;
  }
  set size(value: number) {
    console.log('wide takes', value);
  }
}

class Narrow extends Wide {
  override get size(): number {
    return 2;
  }
}

class Loud extends Error {
  override toString(): string {
    return `LOUD ${this.message}`;
  }
}

class Base {
  constructor() {
    this.prepare();
  }
  prepare(): void {}
}

class Late extends Base {
  first = 1;
  second?: number;
  override prepare(): void {
    this.second = 9;
    this.first = 7;
  }
}

class Sealed {
  #value = 1;
  bump(): number {
    return ++this.#value;
  }
}

export async function main() {
  const seen: unknown[] = [];
  const both: Wide[] = [new Wide()];
  both.push(new Narrow());
  for (const wide of both) {
    try {
      wide.size = 5;
      seen.push(wide.size);
    } catch (error) {
      seen.push(String(error));
    }
  }
  const error: Error = new Loud('m');
  const sealed = Object.freeze(new Sealed());
  const unknown: any = error;
  seen.push(unknown.toString(), error.toString(), `${error}`, new Error('plain').toString(), new TypeError('typed').toString());
  seen.push(Object.keys(new Late()), new Late().second, sealed.bump(), sealed.bump());
  for (const act of [() => sealed.bump.call({} as Sealed), () => (sealed as any).missing()]) {
    try {
      act();
    } catch (thrown) {
      seen.push(String(thrown));
    }
  }
  return seen;
}
