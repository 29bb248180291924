/**
 * Writes TypeScript programs from a tape of numbers: well typed, terminating, with host calls, and with as many features
 * of the language as fit. A shorter tape, or smaller numbers, makes a simpler program, so that failures shrink.
 *
 * Termination: loops count, functions call later ones only, and every loop turn and call takes from one budget. Literals are
 * annotated where the checker would otherwise see through them (`1 === 2` is a type error).
 */
import { ExpressionWriter, type Kind, type Scope, TYPE_OF, type Variable } from './typescript-expressions.js';

/** Functions of every program, in the order in which they may call each other: only later ones. */
const FUNCTIONS = [
  { name: 'work', async: true },
  { name: 'gather', async: true },
  { name: 'step', async: true },
  { name: 'plain', async: false },
  { name: 'leaf', async: false },
] as const;

export const MOST_STEPS = 400;

const PRELUDE = `declare function ask(n: number): Promise<number>;
declare function name(text: string): Promise<string>;
interface Point { x: number; s: string; next?: Point }
let budget = ${MOST_STEPS};
function tick(): void { if (--budget < 0) throw new Error('out of budget'); }
class Counter {
  #count = 0;
  static made = 0;
  constructor(public readonly label: string, protected by: number) { Counter.made += 1; }
  get count(): number { return this.#count; }
  set count(to: number) { this.#count = Math.trunc(to) || 0; }
  add(n: number): this { this.#count += n * this.by; return this; }
  describe(): string { return \`\${this.label}:\${this.#count}\`; }
}
class Loud extends Counter {
  constructor(label: string) { super(label + '!', 2); }
  override describe(): string { return super.describe().toUpperCase(); }
}
class Failure extends Error {
  constructor(message: string, readonly code: number) { super(message); this.name = 'Failure'; }
}
function told(error: unknown): string { return error instanceof Failure ? String(error.code) : error instanceof Error ? error.name + error.message : 'other'; }
function* count(to: number): Generator<number, string> {
  try { for (let i = 0; i < to; i++) { tick(); yield i; } return 'done'; } finally { budget -= 1; }
}
async function* stream(to: number): AsyncGenerator<number> { for (let i = 0; i < to; i++) { tick(); yield await ask(i); } }
`;

export class ProgramWriter {
  readonly #lines: string[] = [];
  readonly #expressions: ExpressionWriter;
  /** Each function has its share of the tape. */
  #at = 0;
  #end = 0;
  #names = 0;

  constructor(readonly tape: readonly number[]) {
    this.#expressions = new ExpressionWriter((limit) => this.#take(limit));
  }

  write(): string {
    const share = Math.floor(this.tape.length / (FUNCTIONS.length + 1));
    FUNCTIONS.forEach(({ name, async }, index) => {
      [this.#at, this.#end] = [index * share, (index + 1) * share];
      this.#function(name, async, index);
    });
    [this.#at, this.#end] = [FUNCTIONS.length * share, this.tape.length];
    this.#main();
    return `${PRELUDE}${this.#lines.join('\n')}\n`;
  }

  /** The next number of the tape, below a limit; 0 when it is used up. */
  #take(limit: number): number {
    return this.#over ? 0 : (this.tape[this.#at++] ?? 0) % limit;
  }

  get #over(): boolean {
    return this.#at >= this.#end;
  }

  #function(name: string, async: boolean, index: number): void {
    const scope: Scope = {
      variables: [{ name: 'n', kind: 'number', mutable: true }, { name: 't', kind: 'string', mutable: true }],
      callable: FUNCTIONS.slice(index + 1),
      async,
    };
    this.#line(0, `${async ? 'async ' : ''}function ${name}(n: number, t: string): ${async ? 'Promise<number>' : 'number'} {`);
    this.#line(1, 'tick();');
    this.#statements(scope, 1, 2, 0);
    this.#line(1, `return ${this.#expressions.of('number', scope)};`);
    this.#line(0, '}');
  }

  #main(): void {
    const scope: Scope = { variables: [{ name: 'n', kind: 'number', mutable: true }, { name: 't', kind: 'string', mutable: true }], callable: FUNCTIONS, async: true };
    this.#line(0, 'export async function main(n: number, t: string): Promise<unknown> {');
    // A function's variables are its own; main declares some of each kind first.
    for (const kind of ['number', 'numbers', 'point', 'map', 'maybe', 'boolean'] as const) this.#declare(scope, 1, kind);
    this.#statements(scope, 1, 3, 0);
    this.#line(1, `try { console.log(await work(n, t), await gather(n + 1, t)); } catch (error) { console.log(told(error)); }`);
    this.#line(1, `return { ${scope.variables.map(({ name }) => name).join(', ')}, made: Counter.made, budget };`);
    this.#line(0, '}');
  }

  #line(depth: number, text: string): void {
    this.#lines.push(`${'  '.repeat(depth)}${text}`);
  }

  #fresh(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  #statements(scope: Scope, depth: number, nesting: number, loops: number): void {
    for (let left = this.#take(5) + 1; left > 0 && !this.#over; left--) this.#statement(scope, depth, nesting, loops);
  }

  /** A block of its own: what it declares is gone behind it. */
  #block(scope: Scope, depth: number, nesting: number, loops: number, more: readonly Variable[] = []): void {
    this.#statements({ ...scope, variables: [...scope.variables, ...more] }, depth, nesting, loops);
  }

  #declare(scope: Scope, depth: number, kind: Kind): void {
    const name = this.#fresh('v');
    const mutable = this.#take(3) > 0;
    const value = this.#expressions.of(kind, scope);
    this.#line(depth, `${mutable ? 'let' : 'const'} ${name}: ${TYPE_OF[kind]} = ${value};`);
    scope.variables.push({ name, kind, mutable });
  }

  #statement(scope: Scope, depth: number, nesting: number, loops: number): void {
    const simple: (() => void)[] = [
      () => this.#assign(scope, depth),
      () => this.#declare(scope, depth, this.#expressions.kind()),
      () => this.#line(depth, `console.log(${this.#expressions.of(this.#expressions.kind(), scope)}, ${this.#expressions.of(this.#expressions.kind(), scope)});`),
      () => this.#mutate(scope, depth),
      () => this.#destructure(scope, depth),
      () => this.#closure(scope, depth),
      () => this.#counter(scope, depth),
      () => this.#fail(scope, depth),
      () => this.#leave(scope, depth, loops),
      ...(scope.async ? [() => this.#wait(scope, depth), () => this.#together(scope, depth), () => this.#later(scope, depth)] : []),
    ];
    const nested: (() => void)[] = [
      () => this.#branch(scope, depth, nesting, loops),
      () => this.#loop(scope, depth, nesting, loops),
      () => this.#attempt(scope, depth, nesting, loops),
      () => this.#choose(scope, depth, nesting),
    ];
    const all = nesting > 0 ? [...simple, ...nested, ...nested] : simple;
    all[this.#take(all.length)]?.();
  }

  #assign(scope: Scope, depth: number): void {
    const targets = scope.variables.filter(({ mutable }) => mutable);
    const to = targets[this.#take(targets.length)];
    if (!to) return this.#line(depth, ';');
    const operator = to.kind === 'number' ? ['=', '+=', '-=', '*=', '|='][this.#take(5)] : to.kind === 'string' ? ['=', '+='][this.#take(2)] : '=';
    this.#line(depth, `${to.name} ${operator} ${this.#expressions.of(to.kind, scope)};`);
    if (to.kind === 'string') this.#line(depth, `if (${to.name}.length > 60) ${to.name} = ${to.name}.slice(-20);`);
  }

  #mutate(scope: Scope, depth: number): void {
    const expressions = this.#expressions;
    const list = expressions.variable('numbers', scope);
    const map = expressions.variable('map', scope);
    const point = expressions.variable('point', scope);
    const number = expressions.of('number', scope);
    const text = expressions.of('string', scope);
    const options = [
      ...(list ? [`if (${list}.length < 20) ${list}.push(${number}, 1);`, `${list}.sort((a, b) => b - a);`, `${list}[0] = ${number};`, `${list}.splice(0, 1, ${number});`, `${list}.pop();`, `${list}.unshift(${number}); ${list}.shift();`] : []),
      ...(map ? [`${map}.set(${text}, ${number});`, `${map}.delete(${text});`, `for (const [k, v] of ${map}) { tick(); if (v > 3) ${map}.delete(k); }`] : []),
      ...(point ? [`${point}.x = ${number};`, `${point}.s += ${text}.slice(0, 3);`, `${point}.next = { x: ${number}, s: 'n' };`, `delete ${point}.next;`] : []),
      `budget -= 1;`,
    ];
    this.#line(depth, options[this.#take(options.length)] ?? ';');
  }

  #destructure(scope: Scope, depth: number): void {
    const [a, b] = [this.#fresh('d'), this.#fresh('d')];
    const number = this.#expressions.of('number', scope);
    if (this.#take(2) === 0) {
      this.#line(depth, `const { x: ${a}, s: ${b} = 'none' } = ${this.#expressions.of('point', scope)};`);
      scope.variables.push({ name: a, kind: 'number', mutable: false }, { name: b, kind: 'string', mutable: false });
    } else {
      this.#line(depth, `let [${a} = ${number}, ...${b}] = ${this.#expressions.of('numbers', scope)};`);
      scope.variables.push({ name: a, kind: 'number', mutable: true }, { name: b, kind: 'numbers', mutable: true });
    }
  }

  /** A function that captures, called a few times: what it changes is seen outside. */
  #closure(scope: Scope, depth: number): void {
    const [name, local] = [this.#fresh('f'), this.#fresh('c')];
    const inner: Scope = { ...scope, async: false, variables: [...scope.variables, { name: 'm', kind: 'number', mutable: true }] };
    this.#line(depth, `const ${name} = (m: number, ...rest: number[]): number => { tick(); m += rest.length; return ${this.#expressions.of('number', inner)}; };`);
    const list = `[${name}(1), ${name}(2, 3), ...[4, 5].map((each) => ${name}(each))]`;
    this.#line(depth, `const ${local}: number[] = ${list};`);
    scope.variables.push({ name: local, kind: 'numbers', mutable: false });
  }

  #counter(scope: Scope, depth: number): void {
    const [name, text] = [this.#fresh('o'), this.#fresh('d')];
    const made = this.#take(2) === 0 ? `new Loud(${this.#expressions.of('string', scope)}.slice(0, 5))` : `new Counter('c', ${this.#expressions.of('number', scope)})`;
    this.#line(depth, `const ${name}: Counter = ${made};`);
    this.#line(depth, `${name}.add(${this.#expressions.of('number', scope)}).add(1).count += 1;`);
    this.#line(depth, `const ${text}: string = ${name}.describe() + ${name}.count + (${name} instanceof Loud);`);
    scope.variables.push({ name: text, kind: 'string', mutable: false });
  }

  #fail(scope: Scope, depth: number): void {
    const [condition, text] = [this.#expressions.of('boolean', scope), this.#expressions.of('string', scope)];
    const error = [`new Failure(${text}, 7)`, `new RangeError(${text})`, `new TypeError(${text}, { cause: 1 })`][this.#take(3)];
    this.#line(depth, `if (${condition}) throw ${error};`);
  }

  #leave(scope: Scope, depth: number, loops: number): void {
    const end = scope.callable === FUNCTIONS ? 'return n' : 'return -1';
    const how = loops > 0 ? ['break', 'continue', `break l${this.#take(loops)}`, `continue l${this.#take(loops)}`, end][this.#take(5)] : end;
    this.#line(depth, `if (${this.#expressions.of('boolean', scope)}) ${how};`);
  }

  #branch(scope: Scope, depth: number, nesting: number, loops: number): void {
    this.#line(depth, `if (${this.#expressions.of('boolean', scope)}) {`);
    this.#block(scope, depth + 1, nesting - 1, loops);
    this.#line(depth, '} else {');
    this.#block(scope, depth + 1, nesting - 1, loops);
    this.#line(depth, '}');
  }

  #loop(scope: Scope, depth: number, nesting: number, loops: number): void {
    const name = this.#fresh('i');
    const own: Variable = { name, kind: 'number', mutable: false };
    const heads: readonly (() => readonly [string, readonly Variable[]])[] = [
      () => [`for (let ${name} = 0; ${name} < ${this.#take(4) + 1}; ${name}++) {`, [own]],
      () => [`for (const ${name} of ${this.#expressions.of('numbers', scope)}) {`, [own]],
      () => [`for (const [k${name}, ${name}] of ${this.#expressions.of('map', scope)}) {`, [own, { name: `k${name}`, kind: 'string', mutable: false }]],
      () => [`for (const ${name} of count(${this.#take(4)})) {`, [own]],
      () => [`for (const s${name} of ${this.#expressions.of('string', scope)}) {`, [{ name: `s${name}`, kind: 'string', mutable: false }]],
      ...(scope.async ? [() => [`for await (const ${name} of stream(${this.#take(3)})) {`, [own]] as const] : []),
    ];
    const [head, more] = heads[this.#take(heads.length)]?.() ?? ['{', []];
    this.#line(depth, `l${loops}: ${head}`);
    this.#line(depth + 1, 'tick();');
    this.#block(scope, depth + 1, nesting - 1, loops + 1, more);
    this.#line(depth, '}');
  }

  #attempt(scope: Scope, depth: number, nesting: number, loops: number): void {
    const name = this.#fresh('e');
    this.#line(depth, 'try {');
    this.#block(scope, depth + 1, nesting - 1, loops);
    const form = this.#take(3);
    if (form < 2) {
      this.#line(depth, `} catch (${name}) {`);
      this.#line(depth + 1, `console.log(told(${name}));`);
      this.#block(scope, depth + 1, nesting - 1, loops);
    }
    if (form > 0) {
      this.#line(depth, '} finally {');
      this.#line(depth + 1, `console.log('finally', ${this.#expressions.of('number', { ...scope })});`);
      this.#block(scope, depth + 1, 0, 0);
    }
    this.#line(depth, '}');
  }

  #choose(scope: Scope, depth: number, nesting: number): void {
    this.#line(depth, `switch (Math.abs(${this.#expressions.of('number', scope)}) % 3) {`);
    for (const label of ['case 0', 'case 1', 'default']) {
      this.#line(depth + 1, `${label}: {`);
      this.#block(scope, depth + 2, nesting - 1, 0);
      this.#line(depth + 1, '}');
      if (this.#take(2) === 0) this.#line(depth + 1, 'break;');
    }
    this.#line(depth, '}');
  }

  // Asynchronous ----------------------------------------------------------------------------------------------------------

  #wait(scope: Scope, depth: number): void {
    const name = this.#fresh('w');
    this.#line(depth, `const ${name}: number = await ${this.#expressions.promise(scope)};`);
    scope.variables.push({ name, kind: 'number', mutable: false });
  }

  #together(scope: Scope, depth: number): void {
    const [name, kind] = [this.#fresh('p'), this.#take(3)];
    const promises = Array.from({ length: this.#take(3) + 1 }, () => this.#expressions.promise(scope)).join(', ');
    if (kind === 0) this.#line(depth, `const ${name}: number[] = await Promise.all([${promises}]);`);
    else if (kind === 1) this.#line(depth, `const ${name}: number[] = (await Promise.allSettled([${promises}])).map((each) => (each.status === 'fulfilled' ? each.value : -1));`);
    else this.#line(depth, `const ${name}: number[] = [await Promise.race([${promises}])];`);
    scope.variables.push({ name, kind: 'numbers', mutable: false });
  }

  /** A strand that goes on beside, and is awaited later on. */
  #later(scope: Scope, depth: number): void {
    const [name, value] = [this.#fresh('q'), this.#fresh('w')];
    this.#line(depth, `const ${name}: Promise<number> = ${this.#expressions.promise(scope)}.then((each) => { console.log('then', each); return each + 1; }).finally(() => { budget -= 1; });`);
    this.#line(depth, `${name}.catch(() => 0);`);
    this.#assign(scope, depth);
    this.#line(depth, `const ${value}: number = await ${name};`);
    scope.variables.push({ name: value, kind: 'number', mutable: false });
  }
}
