/**
 * Writes programs of well-typed lies: values that are not what their types say, by every way on which TypeScript lets them
 * through, each used as what it is said to be. The checker accepts them all; DESIGN of the language: types choose the fast
 * path, tags decide. Each lie has a line of its own in the log, so that each can be judged by itself.
 */

const PRELUDE = `interface Point { x: number; s: string; f?: () => number; list?: number[] }
class Box<T> { constructor(public value: T) {} get(): T { return this.value; } set(value: T): void { this.value = value; } }
class Animal { name = 'animal'; speak(): string { return this.name; } }
class Dog extends Animal { tricks: number[] = [1]; override speak(): string { return super.speak() + this.tricks.length; } }
function claim<T>(value: unknown): T { return value as T; }
function isA<T>(value: unknown): value is T { return value !== 'never'; }
function assertIs<T>(value: unknown): asserts value is T { if (value === 'never') throw new Error('never'); }
function told(error: unknown): string {
  if (!(error instanceof Error)) return 'other';
  return error.name + (error.message.startsWith('BR2') ? ' ' + error.message.slice(0, 6) : '');
}
function shown(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'function' ? 'function' : typeof value === 'object' && value !== null ? 'object ' + JSON.stringify(value) : typeof value + ' ' + String(value);
}
`;

/** What values really are. */
const TRUTHS = [
  '1', "'text'", 'true', 'undefined', 'null', "({ x: 'no', s: 1 })", "[1, 'two', null]", "new Map<unknown, unknown>([[1, 'a'], ['k', {}]])", "(() => 'called')", 'new Dog()',
  '({ then: (resolve: (value: number) => void) => resolve(5) })', "({ toString: () => 'told', valueOf: () => 7 })", '({ toJSON: () => [1] })', 'new Array(3)',
  `JSON.parse('{"length":-1,"__proto__":2,"0":"zero"}')`, '(0 / 0)', '-0', '1e300', "''", 'new Set([1])', 'Promise.resolve(8)', "'😀'", 'new Box(3)', '[[1], [2]]', '{ x: 1 }', 'false', '-1.5',
] as const;

/** Ways on which a value V gets the type T, as expressions. */
const ROUTES: readonly ((value: string, type: string) => string)[] = [
  (v, t) => `(${v} as unknown as ${t})`,
  (v, t) => `claim<${t}>(${v})`,
  (v, t) => `(JSON.parse(JSON.stringify({ v: ${v} })) as { v: ${t} }).v`,
  (v, t) => `(() => { const a: (${t})[] = []; const u: unknown[] = a; u.push(${v}); return a[0] as ${t}; })()`,
  (v, t) => `(() => { const b: { v: ${t} } = { v: claim<${t}>(0) }; const u: { v: unknown } = b; u.v = ${v}; return b.v; })()`,
  (v, t) => `(() => { const m = new Map<string, ${t}>(); (m as Map<string, unknown>).set('k', ${v}); return m.get('k')!; })()`,
  (v, t) => `(() => { const b = new Box<${t}>(claim<${t}>(0)); (b as Box<unknown>).set(${v}); return b.get(); })()`,
  (_v, t) => `({} as Record<string, ${t}>)['miss']!`,
  (_v, t) => `(() => { let x!: ${t}; return x; })()`,
  (_v, t) => `([] as (${t})[])[5]!`,
  (v, t) => `[${v} as unknown].map(claim<(each: unknown) => ${t}>((each: ${t}) => each))[0]!`,
  (v, t) => `(() => { const v: unknown = ${v}; assertIs<${t}>(v); return v; })()`,
  (v, t) => `(() => { const v: unknown = ${v}; if (isA<${t}>(v)) return v; throw new Error('never'); })()`,
  (v, t) => `(await claim<Promise<{ v: ${t} }>>({ v: ${v} })).v`,
  (v, t) => `((p: ${t}): ${t} => p)(claim<${t}>(${v}))`,
  (v, t) => `(([a]: (${t})[]) => a!)(claim<(${t})[]>([${v}]))`,
  (v, t) => `(({ v }: { v: ${t} }) => v)(claim<{ v: ${t} }>({ v: ${v} }))`,
  (v, t) => `((...rest: (${t})[]) => rest[0]!)(...claim<(${t})[]>([${v}]))`,
  (v, t) => `(() => { let x = claim<${t}>(${v}); const f = () => x; x = f(); return f(); })()`,
  (v, t) => `[...claim<(${t})[]>([${v}])].at(-1)!`,
  (v, t) => `Object.assign({ v: claim<${t}>(0) }, { v: ${v} } as unknown as { v: ${t} }).v`,
  (v, t) => `(await Promise.all([claim<{ v: ${t} }>({ v: ${v} })]))[0]!.v`,
];

/** What is done with a value L of a type; expressions. */
const USES: Readonly<Record<string, readonly string[]>> = {
  number: [
    'L + 1', 'L * 2', 'L - 1', '-L', 'L | 0', 'L >>> 1', 'L < 3', 'L === 1', 'L % 2', 'L ** 2', 'Math.max(L, 1)', 'Math.floor(L)', 'L.toFixed(2)', '[1, 2, 3][L]', "'abc'.charAt(L)", '`${L}`', '[1, 2, 3].slice(L)',
    'isNaN(L)', 'String(L)', 'JSON.stringify(L)', 'Number.isInteger(L)', 'typeof L', '(L ? 1 : 2)', 'new Map([[L, 1]]).get(L)', '[L, 2].sort()', '[3, L].indexOf(L)', '(() => { let n = L; n++; return n; })()', '(() => { let n = L; n += 2; return n; })()',
    "'ab'.padStart(L % 9)", '[L].includes(L)', '[1, 2].reduce((sum, each) => sum + each, L)', '(() => { const a = [1, 2]; a[L] = 3; return a.length; })()', '[5, 6].at(L)', 'L !== L', 'Math.imul(L, 3)', 'new Date(L).getTime()', '({ n: L }).n + 1',
    '(() => { switch (L) { case 1: return "one"; default: return "more"; } })()', '(() => { let sum = 0; for (let i = 0; i < L && i < 5; i++) sum += i; return sum; })()',
  ],
  string: [
    "L + 'x'", 'L.length', 'L.toUpperCase()', 'L.slice(1)', 'L[0]', "L === 'text'", "L < 'm'", '[...L]', "L.split('')", "'abc'.indexOf(L)", "'a-b'.split(L)", '`${L}!`', '({ text: 1 } as Record<string, number>)[L]', "(L in { text: 1 })", '[1, 2].join(L)',
    "new Map([[L, 1]]).get('text')", 'parseInt(L)', 'new Error(L).message', 'L.charCodeAt(0)', "L.replace('e', 'E')", 'L.trim()', "L.includes('t')", 'L.padEnd(6)', 'L.at(0)', 'L.concat(L)', "L.localeCompare('text')", "(() => { let t = ''; for (const unit of L) t = unit + t; return t; })()",
    '(() => { const o: Record<string, number> = {}; o[L] = 1; return Object.keys(o); })()', 'L.repeat(2)', '(L || "none")',
  ],
  boolean: ['!L', '(L && 1)', "(L ? 'yes' : 'no')", 'L === true', 'String(L)', '(() => { if (L) return 1; return 2; })()', '[L].filter((each) => each).length', '(() => { let n = 0; while (L && n < 3) n++; return n; })()', 'JSON.stringify({ L: L })', '+L'],
  'number[]': [
    'L.length', 'L[0]', 'L.map((each) => each + 1)', 'L.push(1)', 'L.join()', 'L.reduce((a, b) => a + b, 0)', '[...L]', 'L.indexOf(1)', 'L.sort()', '(([a, b]) => [b, a])(L)', 'L.concat([1])', 'Math.max(...L)', 'JSON.stringify(L)', 'L.at(-1)', 'L.includes(1)', 'L.flat()',
    '(() => { L[0] = 5; return L[0]; })()', 'L.fill(0)', '(() => { L.length = 0; return L.length; })()', 'L.splice(0, 1)', 'Array.isArray(L)', 'Object.keys(L)', '(() => { let sum = 0; for (const each of L) sum += each; return sum; })()', 'L.some((each) => each > 0)', 'L.slice().reverse()', 'L[0]! + L[1]!', 'L.find((each) => each > 0)',
    'L.filter(Boolean).length', 'L.pop()', 'L.unshift(0)', 'Object.entries(L).length', 'L[1.5]', 'L[-1]', 'new Set(L).size',
  ],
  Point: [
    'L.x', 'L.x + 1', 'L.s.length', '({ ...L })', '(() => { L.x = 3; return L.x; })()', 'Object.keys(L)', 'L.f?.()', 'L.list?.map((each) => each * 2)', 'JSON.stringify(L)', "('x' in L)", '(({ x, s }) => [x, s])(L)', 'structuredClone(L).x', 'Object.assign(L, { x: 1 }).x', 'L.list![0]', 'Object.values(L).length',
    '(() => { delete L.f; return L.f; })()', 'L.x.toFixed(1)', 'L.s + L.x', '(() => { L.x += 1; return L.x; })()', '(() => { Object.freeze(L); L.x = 9; return L.x; })()', 'Object.entries(L).flat()', 'L?.x', 'Object.hasOwn(L, "x")',
  ],
  'Map<string, number>': ["L.get('k')", "L.set('a', 1).size", "L.has('k')", 'L.size', '[...L]', '[...L.keys()]', "L.delete('k')", '(() => { let sum = 0; for (const [, v] of L) sum += v; return sum; })()', '(() => { let sum = 0; L.forEach((v) => { sum += v; }); return sum; })()', "(L.get('k') ?? 0) + 1", 'new Map(L).size'],
  '(() => number)': ['L()', 'L() + 1', '[1].map(L)', 'typeof L', 'L().toFixed(1)', 'L.call(null)', 'L.length', '[L].map((each) => each())', '(() => { const { f } = { f: L }; return f(); })()', '(claim<(a: number, b: string) => number>(L))(1, "b")'],
  Dog: ['L.speak()', 'L.tricks.length', 'L.name', 'L instanceof Dog', 'L.tricks.push(1)', '(() => { const { speak } = L; return claim<() => string>(speak)(); })()', 'L.tricks[0]! + 1', '(() => { const a: Animal = L; a.name = claim<string>(4); return L.speak(); })()'],
  'Promise<number>': ['await L', '(await L) + 1', 'await L.then((each) => each + 1)', 'await Promise.all([L, 1])', 'await Promise.race([L])', 'await L.finally(() => undefined)', '(await Promise.allSettled([L])).length', 'await (async () => L)()'],
};

/** A program of as many lies as the tape has room for: three numbers each. */
export function writeLies(tape: readonly number[]): string {
  const types = Object.keys(USES);
  const lines: string[] = [];
  for (let at = 0; at + 3 < tape.length; at += 4) {
    const pick = <T>(offset: number, list: readonly T[]): T | undefined => list[(tape[at + offset] ?? 0) % list.length];
    const type = pick(0, types) ?? 'number';
    const lie = pick(1, ROUTES)?.(pick(2, TRUTHS) ?? '1', type) ?? '1';
    const use = (pick(3, USES[type] ?? []) ?? 'L').replaceAll('L', `l${at}`);
    lines.push(`  try { const l${at}: ${type} = ${lie}; console.log(${at}, shown(${use})); } catch (error) { console.log(${at}, told(error)); }`);
  }
  return `${PRELUDE}export async function main(): Promise<void> {\n${lines.join('\n')}\n}\n`;
}
