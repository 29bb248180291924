// Hand-written JSON5-ish parser with positions, and a pretty printer.
class ParseError extends SyntaxError { constructor(message: string, readonly line: number, readonly column: number) { super(`${message} (${line}:${column})`); } override get name() { return 'ParseError'; } }
type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
class P {
  private i = 0;
  constructor(private readonly s: string) {}
  static parse(s: string): Value { const p = new P(s); const v = p.value(); p.ws(); if (p.i < s.length) p.fail('trailing input'); return v; }
  private fail(message: string): never { const before = this.s.slice(0, this.i).split('\n'); throw new ParseError(message, before.length, before[before.length - 1]!.length + 1); }
  private ws() { while (this.i < this.s.length) { const c = this.s[this.i]!; if (' \t\r\n'.includes(c)) this.i++; else if (this.s.startsWith('//', this.i)) { const nl = this.s.indexOf('\n', this.i); this.i = nl < 0 ? this.s.length : nl + 1; } else break; } }
  private value(): Value {
    this.ws();
    const c = this.s.charAt(this.i);
    switch (true) {
      case c === '{': return this.object();
      case c === '[': return this.array();
      case c === '"' || c === "'": return this.string(c);
      case c === '-' || (c >= '0' && c <= '9'): return this.number();
      case c === '': return this.fail('unexpected end');
      default: { const w = this.word(); if (w === 'true') return true; if (w === 'false') return false; if (w === 'null') return null; return this.fail(`unexpected ${JSON.stringify(w || c)}`); }
    }
  }
  private word() { const start = this.i; let c: number; while ((c = this.s.charCodeAt(this.i)), (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (this.i > start && c >= 48 && c <= 57)) this.i++; return this.s.substring(start, this.i); }
  private object() { const o: { [key: string]: Value } = {}; this.i++; for (this.ws(); this.s[this.i] !== '}'; this.ws()) { const q = this.s[this.i]; const key = q === '"' || q === "'" ? this.string(q) : this.word(); if (!key) this.fail('expected a key'); this.ws(); if (this.s[this.i] !== ':') this.fail(`expected ':' after ${key}`); this.i++; o[key] = this.value(); this.ws(); if (this.s[this.i] === ',') this.i++; else if (this.s[this.i] !== '}') this.fail("expected ',' or '}'"); } this.i++; return o; }
  private array() { const a: Value[] = []; this.i++; for (this.ws(); this.s[this.i] !== ']'; this.ws()) { a.push(this.value()); this.ws(); if (this.s[this.i] === ',') { this.i++; continue; } if (this.s[this.i] !== ']') this.fail("expected ',' or ']'"); } this.i++; return a; }
  private string(q: string) { let out = ''; for (this.i++; this.s[this.i] !== q; this.i++) { const c = this.s[this.i]; if (c === undefined || c === '\n') this.fail('unterminated string'); if (c !== '\\') { out += c; continue; } const e = this.s[++this.i]!; if (e === 'u') { out += String.fromCharCode(parseInt(this.s.substr(this.i + 1, 4), 16)); this.i += 4; } else out += ({ n: '\n', t: '\t', b: '\b' } as Record<string, string>)[e] ?? e; } this.i++; return out; }
  private number() { const start = this.i; if (this.s[this.i] === '-') this.i++; while ('0123456789.eE+-'.includes(this.s[this.i] ?? 'x')) this.i++; const n = Number(this.s.slice(start, this.i)); if (Number.isNaN(n)) { this.i = start; this.fail('bad number'); } return n; }
}
const pretty = (v: Value, indent = ''): string => { if (Array.isArray(v)) return v.length ? `[\n${v.map((x) => `${indent}  ${pretty(x, indent + '  ')}`).join(',\n')}\n${indent}]` : '[]'; if (v && typeof v === 'object') { const es = Object.entries(v); return es.length ? `{\n${es.map(([k, x]) => `${indent}  ${JSON.stringify(k)}: ${pretty(x, indent + '  ')}`).join(',\n')}\n${indent}}` : '{}'; } return typeof v === 'string' ? JSON.stringify(v) : String(v); };
export async function main() {
  const text = `{ // config\n name: 'x\\ty\\u00e9', "n": [1, -2.5e3, [], {}], ok: true, none: null, nested: { deep: [ { a: 'b' } ] },\n}`;
  const v = P.parse(text);
  const same = JSON.stringify(JSON.parse(pretty(v))) === JSON.stringify(v) && pretty(v) === JSON.stringify(v, null, 2);
  const errors = ['{a 1}', '[1, 2', '"abc', '{"a": -}', 'nope', '[1] x', '', '{\n  a: 1,\n  : 2 }'].map((s) => { try { return P.parse(s); } catch (e) { return e instanceof ParseError ? [`${e}`, e.line, e.column, e instanceof SyntaxError] : `other ${e}`; } });
  console.log('%o', { v }); console.log('%s is %d and %i %f %j %%', 'x', '42', 3.9, '1.5', { a: 1 }, 'extra');
  return { v, same, errors };
}
