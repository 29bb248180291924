type Token = { kind: 'num'; value: number } | { kind: 'op'; value: '+' | '-' | '*' | '/' | '^' | '(' | ')' | ',' } | { kind: 'id'; value: string };
function* tokenize(source: string): Generator<Token> {
  const pattern = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([A-Za-z_]\w*)|(.))/gy;
  for (let m = pattern.exec(source); m !== null; m = pattern.exec(source)) {
    const [, num, id, op] = m;
    if (num !== undefined) yield { kind: 'num', value: Number(num) };
    else if (id !== undefined) yield { kind: 'id', value: id };
    else if ('+-*/^(),'.includes(op!)) yield { kind: 'op', value: op as '+' };
    else throw new SyntaxError(`unexpected '${op}' at ${m.index}`);
  }
}
type Node = number | { op: string; args: Node[] } | { name: string };
class Parser {
  private readonly tokens: Token[];
  private at = 0;
  private static readonly power: Readonly<Record<string, [left: number, right: number]>> = { '+': [1, 2], '-': [1, 2], '*': [3, 4], '/': [3, 4], '^': [6, 5] };
  constructor(source: string) { this.tokens = [...tokenize(source)]; }
  parse(): Node { const node = this.expression(0); if (this.at < this.tokens.length) throw new SyntaxError(`trailing ${this.tokens[this.at]!.value}`); return node; }
  private peek(value: string): boolean { return this.tokens[this.at]?.value === value; }
  private expression(min: number): Node {
    let left = this.primary();
    for (;;) {
      const token = this.tokens[this.at];
      if (token?.kind !== 'op') break;
      const binding = Parser.power[token.value];
      if (!binding || binding[0] < min) break;
      this.at++;
      left = { op: token.value, args: [left, this.expression(binding[1])] };
    }
    return left;
  }
  private primary(): Node {
    const token = this.tokens[this.at++];
    switch (token?.kind) {
      case 'num': return token.value;
      case 'id': {
        if (!this.peek('(')) return { name: token.value };
        this.at++;
        const args: Node[] = [];
        if (!this.peek(')')) do args.push(this.expression(0)); while (this.peek(',') && ++this.at);
        this.expect(')');
        return { op: token.value, args };
      }
      case 'op':
        if (token.value === '-') return { op: 'neg', args: [this.expression(5)] };
        if (token.value === '(') { const inner = this.expression(0); this.expect(')'); return inner; }
      // falls through
      default: throw new SyntaxError(`unexpected ${token ? token.value : 'end'}`);
    }
  }
  private expect(value: string): void { if (!this.peek(value)) throw new SyntaxError(`expected ${value}`); this.at++; }
}
const functions: Record<string, (...xs: number[]) => number> = { '+': (a, b) => a! + b!, '-': (a, b) => a! - b!, '*': (a, b) => a! * b!, '/': (a, b) => a! / b!, '^': Math.pow, neg: (a) => -a!, max: Math.max, sqrt: Math.sqrt };
function evaluate(node: Node, scope: Record<string, number>): number {
  if (typeof node === 'number') return node;
  if ('name' in node) { if (!(node.name in scope)) throw new ReferenceError(`${node.name} is not defined`); return scope[node.name]!; }
  const fn = functions[node.op];
  if (!fn) throw new TypeError(`${node.op} is not a function`);
  return fn(...node.args.map((a) => evaluate(a, scope)));
}
export async function main() {
  const run = (s: string) => { try { return evaluate(new Parser(s).parse(), { x: 3, pi: Math.PI }); } catch (e) { return `${e}`; } };
  return ['1 + 2 * 3', '2 ^ 3 ^ 2', '-(x - 1) / 4', 'max(1, x, sqrt(16)) * 1.5e1', '2 *', 'y + 1', 'foo(1)', '3 $ 4', '(1, 2', '1 2'].map(run);
}
