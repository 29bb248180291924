/**
 * Random async programs for order tests. Each comes as two texts: TypeScript, for V8 and for the compiler, and the same as
 * JavaScript with generators and calls of a runtime `rt` in place of async functions and of everything that makes promises. Function i calls only
 * functions j > i, so every program ends. What a program logs tells the order of all it does.
 */
export interface OrderProgram {
  readonly typed: string;
  readonly guest: string;
}

interface Code {
  readonly t: string;
  readonly g: string;
}

/** xorshift32: numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const both = (text: string): Code => ({ t: text, g: text });
const either = (typed: string, guest: string): Code => ({ t: typed, g: guest });
const join = (...parts: readonly (Code | string)[]): Code => ({
  t: parts.map((part) => (typeof part === 'string' ? part : part.t)).join(''),
  g: parts.map((part) => (typeof part === 'string' ? part : part.g)).join(''),
});

/** Promises that any function may settle. */
export const DEFERRED_COUNT = 3;

export interface Deferred {
  p: unknown;
  res: (value: unknown) => void;
  rej: (error: unknown) => void;
}

/** Programs that log more are left out. */
export const MOST_LOGS = 3000;

export function orderLogger(logs: string[]): (text: string) => void {
  return (text) => {
    if (logs.length >= MOST_LOGS) throw new Error('too many logs');
    logs.push(text);
  };
}

/** How programs show values (their function S). */
export function showOrderValue(value: unknown): string {
  if (value instanceof Error) return value.message;
  if (Array.isArray(value)) return `[${value.map(showOrderValue).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const { status, value: inner, reason } = value as { status?: string; value?: unknown; reason?: unknown }; // allSettled's
    return status === undefined ? 'object' : status.charAt(0) + showOrderValue(status === 'fulfilled' ? inner : reason);
  }
  return String(value);
}

export function orderProgram(seed: number): OrderProgram {
  const random = randomNumbers(seed * 2654435761 + 12345);
  return new Generator((n) => Math.floor(random() * n)).program();
}

class Generator {
  private lastId = 0;
  private readonly kinds: ('async' | 'sync')[];

  constructor(private readonly roll: (n: number) => number) {
    this.kinds = Array.from({ length: 4 + roll(5) }, (_, i) => (i === 0 || roll(4) > 0 ? 'async' : 'sync'));
  }

  program(): OrderProgram {
    const functions = this.kinds.map((kind, i) => (kind === 'async' ? this.asyncFunction(i) : this.syncFunction(i)));
    const all = join(...functions);
    return { typed: all.t, guest: all.g };
  }

  private asyncFunction(i: number): Code {
    return join(either(`async function f${i}(): Promise<any> {`, `function* f${i}(){`), `log('in${i}');`, this.body(i, 0, 4, true), `log('out${i}');return ${i};}\n`);
  }

  private syncFunction(i: number): Code {
    return join(either(`function f${i}(): Promise<any> {`, `function f${i}(){`), `log('s${i}');`, this.body(i, 1, 2, false), 'const p=', this.promise(i, 1), `;log('se${i}');return p;}\n`);
  }

  private callee(i: number, kinds: readonly string[]): number {
    const found = this.kinds.flatMap((kind, j) => (j > i && kinds.includes(kind) ? [j] : []));
    return found[this.roll(found.length || 1)] ?? -1;
  }

  private body(i: number, depth: number, length: number, isAsync: boolean): Code {
    const count = (depth === 0 ? 2 : 1) + this.roll(length + (depth === 0 ? 3 : 0));
    return join(...Array.from({ length: count }, () => this.statement(i, depth, isAsync)));
  }

  private arrow(i: number, depth: number): Code {
    return join(either('(async (): Promise<any> => {', 'rt.start(function*(){'), this.body(i, depth + 1, 2, true), either('})()', '})'));
  }

  /** An expression that gives a promise and is not awaited where it stands. */
  private promise(i: number, depth: number): Code {
    const choice = this.roll(14);
    if (choice < 4) {
      const j = this.callee(i, ['async', 'sync']);
      if (j >= 0) return this.kinds[j] === 'async' ? either(`f${j}()`, `rt.start(f${j})`) : both(`f${j}()`);
    }
    const id = ++this.lastId;
    if (choice === 4) return either(`Promise.resolve(${id})`, `rt.resolve(${id})`);
    if (choice === 5) return both(`d${this.roll(DEFERRED_COUNT)}.p`);
    if (choice === 10) {
      return join(either('Promise.resolve(', 'rt.resolve('), this.thenable(`log('th${id}');${this.roll(2) ? 'a' : 'b'}(${id});`), ')');
    }
    if (choice === 11) return either(`Promise.reject(${id})`, `rt.reject(${id})`);
    if (depth >= 2) return this.arrow(i, depth);
    if (choice === 6 || choice === 12) {
      const name = ['all', 'allSettled', 'race', 'any'][this.roll(4)];
      return join(either(`Promise.${name}`, `rt.${name}`), '([', this.promise(i, depth + 1), ',', this.promise(i, depth + 1), this.roll(2) ? `,${id}` : '', '])');
    }
    if (choice === 7) return join(this.promise(i, depth + 1), '.then(', this.callback(i, depth), this.roll(2) ? join(',', this.callback(i, depth)) : '', ')');
    if (choice === 8) return join(this.promise(i, depth + 1), '.finally(', this.callback(i, depth), ')');
    if (choice === 9) return join(this.promise(i, depth + 1), '.catch(', this.callback(i, depth), ')');
    if (choice === 13) {
      const settle = this.roll(3) ? 'a' : 'b';
      const start = either('new Promise<any>((a: any, b: any): any => {', 'rt.create((a,b)=>{');
      return join(start, `log('np${id}');${settle}(`, this.roll(2) ? `${id}` : this.promise(i, depth + 1), `);b(${id});})`);
    }
    return this.arrow(i, depth);
  }

  private thenable(body: string): Code {
    return join(either('{then(a: any, b: any): any {', '{then(a,b){'), body, '}}');
  }

  private callback(i: number, depth: number): Code {
    const choice = this.roll(4);
    const id = ++this.lastId;
    const start = either('(v?: any): any => {', 'v=>{');
    if (choice === 0) return join(start, `log('cb${id}:'+S(v));return ${id};}`);
    if (choice === 1 && depth < 2) return join(start, `log('cb${id}');return `, this.promise(i, depth + 1), ';}');
    if (choice === 2 && depth < 2) {
      const asyncStart = either(`async (v?: any): Promise<any> => {`, 'v=>rt.start(function*(){');
      return join(asyncStart, `log('cb${id}');`, this.body(i, depth + 1, 2, true), either('}', '})'));
    }
    if (choice === 3) return join(start, `log('cb${id}');return `, this.thenable(`log('ct${id}');a(${id});`), ';}');
    return join(start, `log('cb${id}');throw new Error('t${id}');}`);
  }

  private awaited(i: number, depth: number): Code {
    const choice = this.roll(9);
    const id = ++this.lastId;
    if (choice < 4) {
      const j = this.callee(i, ['async']);
      if (j >= 0) return either(`(await f${j}())`, `(yield rt.call(f${j}))`);
    }
    if (choice === 4) return either(`(await ${id})`, `(yield rt.wait(${id}))`);
    if (choice === 5) return join(either('(await (', '(yield rt.wait('), this.thenable(`log('tt${id}');a(${id});`), either(' as any))', '))'));
    if (choice === 6 && depth < 2) return join(either('(await (async (): Promise<any> => {', '(yield rt.call(function*(){'), this.body(i, depth + 1, 2, true), either('})())', '}))'));
    return join(either('(await ', '(yield rt.wait('), this.promise(i, depth), either(')', '))'));
  }

  private statement(i: number, depth: number, isAsync: boolean): Code {
    const choice = this.roll(20);
    const id = ++this.lastId;
    const asynchronous = isAsync ? this.asyncStatement(i, depth, choice, id) : undefined;
    if (asynchronous) return asynchronous;
    if (choice === 15) {
      const use = `p${id}.then(`;
      const tail = isAsync && this.roll(2) ? either(`log('pv${id}:'+S(await p${id}));`, `log('pv${id}:'+S(yield rt.wait(p${id})));`) : '';
      const onError = join(',', either('(e: any): any => ', 'e=>'), `log('h${id}:'+S(e)));`);
      return join(`let p${id}=`, this.promise(i, depth), `;${use}`, this.callback(i, 2), onError, tail);
    }
    if (choice === 16) return both(`d${this.roll(DEFERRED_COUNT)}.${this.roll(4) ? 'res' : 'rej'}(${id});`);
    if (choice === 17) return join(either('queueMicrotask', 'rt.queueMicrotask'), `(()=>{log('q${id}');`, this.roll(2) ? this.body(i, 2, 1, false) : '', '});');
    if (choice === 18) return join(either('setTimeout', 'rt.setTimeout'), `(()=>{log('t${id}');`, depth < 2 ? this.body(i, 2, 1, false) : '', `},${this.roll(3) * 4 + 1});`);
    if (choice === 19 && depth < 2) return join('[1,2].map(', this.callback(i, 1), ');');
    return both(`log('L${id}');`);
  }

  private asyncStatement(i: number, depth: number, choice: number, id: number): Code | undefined {
    if (choice >= 4 && choice < 9) return join(`log('v${id}:'+S(`, this.awaited(i, depth), '));');
    if (choice === 9 && depth < 3) {
      const last = this.roll(2) ? join(`finally{log('fin${id}');`, this.roll(2) ? join('S(', this.awaited(i, depth + 1), ');') : '', '}') : '';
      return join('try{', this.body(i, depth + 1, 3, true), `}catch(e){log('c${id}:'+S(e));`, this.body(i, depth + 1, 1, true), '}', last);
    }
    if ((choice === 10 || choice === 11) && depth < 3) {
      return join(`for(let i${id}=0;i${id}<2;i${id}++){`, either('', 'yield rt.slice();'), this.body(i, depth + 1, 2, true), '}');
    }
    if (choice === 13 && this.roll(3) === 0) return join('return ', this.roll(2) ? this.promise(i, depth) : this.awaited(i, depth), ';');
    if (choice === 14 && this.roll(3) === 0) return both(`throw new Error('e${id}');`);
    return undefined;
  }
}
