// Computed names of members: the order of their evaluation, closures, inheritance, fields whose names are kept.
const trace: string[] = [];
const named = <T>(what: T, text: string): T => { trace.push(text); return what; };
const kVisit = Symbol('visit');
const kCount = Symbol();
const ACTIONS = { start: 'onStart', stop: 'onStop' } as const;
enum Event2 { Open = 'open', Close = 'close' }

interface Visitor { [kVisit](depth: number): string }
abstract class Node2 implements Visitor {
  protected [kCount] = 0;
  abstract readonly kids: readonly Node2[];
  [kVisit](depth: number): string {
    this[kCount]++;
    return `${'-'.repeat(depth)}${this.constructor.name}${this[kCount]}\n${this.kids.map((kid) => kid[kVisit](depth + 1)).join('')}`;
  }
}
class Leaf extends Node2 { readonly kids: readonly Node2[] = []; }
class Branch extends Node2 {
  constructor(readonly kids: readonly Node2[]) { super(); }
  override [kVisit](depth: number): string { return `(${depth} ${this.kids.map((kid) => kid[kVisit](depth + 1)).join("")})`; }
}

function machine(prefix: string) {
  return class Machine {
    static [kCount] = named(2, 'static field');
    [named('first', 'first')](): string { return `${prefix}1`; }
    get [named('second', 'second')](): string { return `${prefix}2`; }
    [ACTIONS.start](): string { return `${prefix} started`; }
    async [ACTIONS.stop](): Promise<string> { return `${prefix} stopped`; }
    [Event2.Open] = prefix.length;
    *[Symbol.iterator](): Generator<string> { yield prefix; }
    [3 + 4]() { return 'seven'; }
  };
}

const handlers = {
  [Event2.Open]: (n: number) => `opened ${n}`,
  [Event2.Close](n: number) { return `closed ${n}`; },
  [`${Event2.Open}Twice`]: 2,
  get [Event2.Close + 'd']() { return true; },
};

export async function main() {
  const A = machine('a');
  const B = machine('bb');
  console.log(trace.join(', '));
  const a = new A();
  const b = new B();
  console.log(a, b, A, B);
  console.log((a as unknown as { first(): string }).first(), (b as unknown as { second: string }).second, a[ACTIONS.start](), await b[ACTIONS.stop](), [...a, ...b], a[Event2.Open] + b[Event2.Open]);
  console.log((a as unknown as Record<number, () => string>)[7]!(), A[kCount]);
  console.log(a[ACTIONS.start].name, (a as unknown as { first: { name: string } }).first.name);
  const leaf = new Leaf();
  leaf[kVisit](0);
  console.log(leaf[kVisit](1), leaf);
  const visitors: Visitor[] = [leaf, { [kVisit]: (depth) => `plain ${depth}` }];
  console.log(visitors.map((visitor) => visitor[kVisit](2)).join('|'));
  console.log(handlers, handlers[Event2.Open](1), handlers[Event2.Close](2), handlers[Event2.Close].name);
  const made: string[] = [];
  for (const key of ['x', 'y']) {
    class Local { static readonly key = key; [key]() { return `${key}!`; } }
    made.push((new Local() as unknown as Record<string, () => string>)[key]!(), Local.key);
  }
  return [made, Object.getOwnPropertyNames(leaf), Object.getOwnPropertySymbols(leaf).length];
}
