/**
 * The library once compiled: one program over many inputs, run here by V8 and there by brolga. What the unit tests show
 * of the reference machine must hold of the machine code.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { createJit, type Jit } from '../../../index.js';
import { DOUBLES } from './outcomes.js';

const NUMBERS = `
export async function main(xs: number[], ys: number[]): Promise<string[]> {
  const out: string[] = [];
  for (const x of xs) {
    out.push([x, Math.sin(x), Math.cos(x), Math.tan(x), Math.exp(x), Math.expm1(x), Math.log(x), Math.log1p(x), Math.log2(x), Math.log10(x)].join());
    out.push([Math.sinh(x), Math.cosh(x), Math.tanh(x), Math.asinh(x), Math.acosh(x), Math.atanh(x), Math.cbrt(x), Math.fround(x)].join());
    out.push([Math.asin(x), Math.acos(x), Math.atan(x), Math.sign(x), Math.round(x), Math.trunc(x), Math.clz32(x), Math.sqrt(x)].join());
    out.push([x.toFixed(3), x.toPrecision(5), x.toExponential(4), x.toString(7), x.toLocaleString(), x | 0, x >>> 0, x % 7, -x].join());
    out.push(String(Number(String(x)) === x), String(parseFloat(x.toFixed(5))), String(parseInt(String(x), 10)));
    for (const y of ys) out.push([x ** y, Math.atan2(x, y), x % y, Math.max(x, y), Math.min(x, y), Math.hypot(x, y)].join());
  }
  return out;
}`;

const TEXTS = `
export async function main(texts: string[], parts: string[]): Promise<string[]> {
  const out: string[] = [];
  for (const t of texts) {
    out.push(t.toUpperCase(), t.toLowerCase(), t.trim(), t.padStart(9, 'ab'), t.padEnd(9, 'é'), t.slice(1, -1), t.substring(5, 2), t.at(-1) ?? 'none');
    out.push([...t].join('|'), t.split('').join('|'), String(t.charCodeAt(1)), String(t.codePointAt(2)), t.repeat(2), JSON.stringify(t));
    let built = '';
    for (let i = 0; i < 50; i++) built += t;
    out.push(String(built.length), built.slice(40, 90), String(built.indexOf(t, 3)), String(built === t.repeat(50)), String(built < t));
    for (const p of parts) {
      out.push([t.indexOf(p), t.lastIndexOf(p), t.includes(p), t.startsWith(p), t.endsWith(p), t < p, t === p, t.split(p).length].join());
      out.push(t.replace(p, '[$&$$]'), t.replaceAll(p, (found, at) => found + String(at)));
    }
  }
  return out;
}`;

const DOCUMENTS = `
export async function main(texts: string[]): Promise<string[]> {
  const out: string[] = [];
  for (const t of texts) {
    try {
      const value = JSON.parse(t);
      out.push(JSON.stringify(value), JSON.stringify(value, null, 2), JSON.stringify(value, (k, v) => (k === 'a' ? undefined : v)));
      out.push(JSON.stringify(JSON.parse(t, (k, v) => (typeof v === 'number' ? v * 2 : v))));
    } catch (error) {
      out.push(error instanceof SyntaxError ? error.message : 'another error');
    }
    const date = new Date(t);
    out.push(String(date.getTime()), JSON.stringify(date));
  }
  return out;
}`;

/** What V8 makes of the program, its types stripped. */
async function native(source: string, args: readonly unknown[]): Promise<unknown> {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } });
  const exported: { main?: (...all: unknown[]) => Promise<unknown> } = {};
  new Function('exports', outputText)(exported);
  return exported.main?.(...args);
}

describe('compiled library', () => {
  let jit: Jit;
  beforeAll(async () => {
    jit = await createJit({ executor: 'inline' });
  });
  afterAll(() => jit.close());

  const texts = ['', 'a', 'hello world', ' Grüße ß ÿ µ ', 'aXbXc', '日本語 ΑΣ', 'x\ud83d\ude00y\ud83d', 'line\n"quoted"\\', 'abc'.repeat(20)];
  const documents = [
    '{"a":[1,2.5,-3e2,{"b":null}],"c":"x\\n\\u0041","10":true,"":[]}', '[[[]],{},"",0,-0,1e21]', '{bad', '[1,]', '"\\x"', '01', '2023-11-14',
    '2023-11-14T22:13:20.5Z', 'Tue, 14 Nov 2023 22:13:20 GMT', '[{"a":1,"b":2},{"a":3,"b":4},{"b":5,"a":6}]', `[${'[1],'.repeat(500)}[]]`,
  ];
  test.each([
    ['numbers', NUMBERS, [[...DOUBLES, 1e5, 1e10, 2 ** 70, 12345.678], [0.5, 3, -2, 0, 1e-3]]],
    ['strings', TEXTS, [texts, ['', 'a', 'X', 'hello', '日', ' ', 'zz']]],
    ['JSON and dates', DOCUMENTS, [documents]],
  ])('%s: the same as in V8', async (_, source, args) => {
    const program = await jit.compile(source, { filename: 'values.ts' });
    expect(await program.call('main', args)).toEqual(await native(source, args));
  });
});
