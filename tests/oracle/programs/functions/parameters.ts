function greet(name: string, greeting = 'Hello', ...more: string[]): string {
  return `${greeting}, ${name}${more.length ? ' and ' + more.join(', ') : ''}`;
}
const sum = (...xs: number[]): number => xs.reduce((a, b) => a + b, 0);
function optional(a: number, b?: number): string { return b === undefined ? `${a}` : `${a}/${b}`; }
function defaults(a: number, b = a * 2, { c = a + b, d = 'd' }: { c?: number; d?: string } = {}) { return [a, b, c, d]; }
export async function main() {
  console.log(greet('Ann'), greet('Bob', 'Hi'), greet('C', undefined, 'D', 'E'));
  console.log(sum(), sum(1), sum(...[1, 2, 3], 4), optional(1), optional(1, 2));
  console.log(defaults(1), defaults(1, 5), defaults(1, undefined, { d: 'x' }));
  const apply = (f: (x: number, i: number) => number, xs: number[]) => xs.map(f);
  return apply((x) => x * 2, [1, 2, 3]).concat(apply((x, i) => x * i, [1, 2, 3]));
}
