/** Expressions of the programs that typescript-writer.ts writes, by the kind of value that is wanted. */

/** Kinds of values; each is a type of the program. */
export const TYPE_OF = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  numbers: 'number[]',
  point: 'Point',
  map: 'Map<string, number>',
  maybe: 'number | undefined',
} as const;
export type Kind = keyof typeof TYPE_OF;
const KINDS = Object.keys(TYPE_OF) as Kind[]; // Object.keys forgets them

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly mutable: boolean;
}

export interface Scope {
  readonly variables: Variable[];
  /** Functions that may be called here: `(n: number, t: string) => number`, or a promise of it. */
  readonly callable: readonly { readonly name: string; readonly async: boolean }[];
  readonly async: boolean;
}

const NUMBERS = ['0', '1', '2', '-1', '0.5', '10', '-0', '1e9', '2147483648', '-7.25', '(0 / 0)', '1e-7'];
const STRINGS = ["''", "'a'", "'héllo'", "'中文'", "'a,b'", "'12'", "'😀!'", '`x`'];
const DEPTH = 3;

type Write = () => string;

export class ExpressionWriter {
  #depth = 0;

  /** `take(limit)`: the next number of the tape, below the limit. */
  constructor(private readonly take: (limit: number) => number) {}

  kind(): Kind {
    return KINDS[this.take(KINDS.length)] ?? 'number';
  }

  /** Some variable of this kind. */
  variable(kind: Kind, scope: Scope): string | undefined {
    const fitting = scope.variables.filter((variable) => variable.kind === kind);
    return fitting[this.take(Math.max(1, fitting.length))]?.name;
  }

  of(kind: Kind, scope: Scope): string {
    this.#depth++;
    try {
      const choices = this.#depth > DEPTH ? [] : this.#choices(kind, scope);
      const choice = this.take(choices.length + 3);
      return choices[choice - 3]?.() ?? (choice < 2 ? this.variable(kind, scope) : undefined) ?? this.#literal(kind);
    } finally {
      this.#depth--;
    }
  }

  /** A promise of a number; never one that nobody waits for. */
  promise(outer: Scope): string {
    // Its arguments do not wait: a promise that was made before them could be rejected meanwhile.
    const scope = { ...outer, async: false };
    const awaitable = scope.callable.filter(({ async }) => async);
    const callee = awaitable[this.take(awaitable.length + 1)];
    const number = this.of('number', scope);
    if (callee) return `${callee.name}(${number}, ${this.of('string', scope)})`;
    switch (this.take(5)) {
      case 0:
        return `ask(${number})`;
      case 1:
        return `Promise.resolve(${number})`;
      case 2:
        return `name(${this.of('string', scope)}).then((each) => each.length)`;
      case 3:
        return `(async () => { tick(); return await ask(${number}); })()`;
      default:
        return `new Promise<number>((resolve) => { resolve(${number}); })`;
    }
  }

  #literal(kind: Kind): string {
    switch (kind) {
      case 'number':
        return NUMBERS[this.take(NUMBERS.length)] ?? '0';
      case 'string':
        return STRINGS[this.take(STRINGS.length)] ?? "''";
      case 'boolean':
        return this.take(2) === 0 ? 'false' : 'true';
      case 'numbers':
        return ['([] as number[])', '[1, 2, 3]', '[3, -1, 0.5]'][this.take(3)] ?? '[1]';
      case 'point':
        return `({ x: ${this.take(5)}, s: 'p' } as Point)`;
      case 'map':
        return "new Map<string, number>([['a', 1], ['b', 2]])";
      case 'maybe':
        return '[1].at(1)';
    }
  }

  #choices(kind: Kind, scope: Scope): readonly Write[] {
    const number = (): string => this.of('number', scope);
    const string = (): string => this.of('string', scope);
    const boolean = (): string => this.of('boolean', scope);
    const numbers = (): string => this.of('numbers', scope);
    const point = (): string => this.of('point', scope);
    const map = (): string => this.of('map', scope);
    const maybe = (): string => this.of('maybe', scope);
    /** In a callback, which cannot wait. */
    const inside = (): string => this.of('number', { ...scope, async: false });
    const one = (...of: readonly string[]): string => of[this.take(of.length)] ?? '';
    switch (kind) {
      case 'number':
        return [
          () => `(${number()} ${one('+', '-', '*', '/', '%')} ${number()})`,
          () => `(${number()} ${one('&', '|', '^', '<<', '>>', '>>>')} ${number()})`,
          () => `Math.${one('floor', 'abs', 'sign', 'trunc', 'round', 'sqrt', 'fround')}(${number()})`,
          () => `Math.${one('max', 'min', 'imul')}(${number()}, ${number()})`,
          () => `${string()}.length`,
          () => `(${numbers()}[${this.take(4)}] ?? ${number()})`,
          () => `${numbers()}.reduce((sum, each) => sum + each, ${number()})`,
          () => `(${boolean()} ? ${number()} : ${number()})`,
          () => `${one('Number', 'parseInt', 'parseFloat')}(${string()})`,
          () => `${point()}.x`,
          () => `(${point()}.next?.x ?? ${number()})`,
          () => `(${map()}.get(${string()}) ?? ${map()}.size)`,
          () => `(${maybe()} ?? ${number()})`,
          () => `${numbers()}.indexOf(${number()})`,
          () => `${string()}.${one('indexOf', 'lastIndexOf')}(${string()})`,
          () => `-(${number()})`,
          () => this.#call(scope) ?? number(),
          ...(scope.async ? [() => `(await ${this.promise(scope)})`, () => `(await ${number()})`] : []),
        ];
      case 'string':
        return [
          () => `(${string()} + ${string()})`,
          () => `\`\${${this.of(this.take(2) === 0 ? 'number' : 'boolean', scope)}}-\${${string()}}\``,
          () => `String(${this.of(one('number', 'boolean', 'numbers', 'maybe') as Kind, scope)})`,
          () => `${string()}.${one('toUpperCase()', 'trim()', 'charAt(1)', 'toLowerCase()', "padStart(4, '*')")}`,
          () => `${string()}.slice(${this.take(3)}, ${this.take(5) - 2})`,
          () => `${numbers()}.join(${one("'-'", "''", "', '")})`,
          () => `JSON.stringify(${this.of(one('point', 'numbers', 'string', 'boolean') as Kind, scope)})`,
          () => `(typeof (${this.of(this.kind(), scope)}))`,
          () => `${string()}.repeat(${this.take(3)})`,
          () => `${string()}.split(${one("''", "','", "'a'")}).reverse().join('/')`,
          () => `${string()}.${one('replace', 'replaceAll')}('a', ${string()})`,
          () => `[...${string()}].sort().join('')`,
          () => `(${boolean()} ? ${string()} : ${string()})`,
          () => `${point()}.s`,
          () => `[...${map()}.keys()].join('|')`,
          () => `(${number()}).toFixed(${this.take(4)})`,
          () => `new Counter(${string()}, 1).add(${number()}).describe()`,
          ...(scope.async ? [() => `(await name(${string()}))`] : []),
        ];
      case 'boolean':
        return [
          () => `((${number()} as number) ${one('<', '<=', '>', '>=', '===', '!==')} (${number()} as number))`,
          () => `((${string()} as string) ${one('<', '===', '>', '!==')} (${string()} as string))`,
          () => `!(${boolean()})`,
          () => `(${boolean()} ${one('&&', '||')} ${boolean()})`,
          () => `${numbers()}.${one('some', 'every')}((each) => each > ${inside()})`,
          () => `${numbers()}.includes(${number()})`,
          () => `${string()}.${one('includes', 'startsWith', 'endsWith')}(${string()})`,
          () => `${map()}.has(${string()})`,
          () => `Number.${one('isInteger', 'isNaN', 'isFinite')}(${number()})`,
          () => `(${maybe()} === undefined)`,
          () => `Object.is(${number()}, -0)`,
          () => `('next' in ${point()})`,
        ];
      case 'numbers':
        return [
          () => `[...${numbers()}, ${number()}].slice(-8)`,
          () => `${numbers()}.map((each, i) => each + i)`,
          () => `${numbers()}.filter((each) => each !== ${inside()})`,
          () => `${numbers()}.slice(${this.take(2)}, ${this.take(3) + 1})`,
          () => `[...${numbers()}].sort((a, b) => a - b)`,
          () => `${numbers()}.toReversed()`,
          () => `Array.from({ length: ${this.take(4)} }, (_, i) => i * ${inside()})`,
          () => `[...count(${this.take(4)})]`,
          () => `[...${map()}.values()]`,
          () => `Object.values({ a: ${number()}, b: ${number()} })`,
          () => `${numbers()}.concat(${numbers()}).slice(0, 6)`,
          () => `[${number()}, ${number()}].flatMap((each) => [each, each])`,
          () => `[...new Set(${numbers()})]`,
        ];
      case 'point':
        return [
          () => `({ x: ${number()}, s: ${string()} } as Point)`,
          () => `({ ...${point()}, x: ${number()} } as Point)`,
          () => `({ s: ${string()}, x: 1, next: { x: ${number()}, s: '' } } as Point)`,
          () => `(JSON.parse(JSON.stringify({ x: Math.trunc(${number()}) || 0, s: ${string()} })) as Point)`,
          () => `structuredClone(${point()})`,
          () => `(${boolean()} ? ${point()} : ${point()})`,
        ];
      case 'map':
        return [
          () => `new Map<string, number>([[${string()}, ${number()}]])`,
          () => `new Map<string, number>([...${map()}, ['z', ${number()}]])`,
          () => `new Map(${numbers()}.map((each): [string, number] => [String(each), each]))`,
        ];
      case 'maybe':
        return [
          () => `${numbers()}.at(${this.take(5) - 2})`,
          () => `${numbers()}.find((each) => each > ${inside()})`,
          () => `${map()}.get(${string()})`,
          () => `${point()}.next?.x`,
        ];
    }
  }

  #call(scope: Scope): string | undefined {
    const callee = scope.callable.filter(({ async }) => !async || scope.async)[this.take(5)];
    if (!callee) return undefined;
    const call = `${callee.name}(${this.of('number', scope)}, ${this.of('string', scope)})`;
    return callee.async ? `(await ${call})` : call;
  }
}
