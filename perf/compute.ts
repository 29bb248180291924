/** P9: programs that compute, beside the same text as JavaScript in V8. */
import ts = require('typescript');
import { createJit } from '../index.js';
import { compare, rounds, type Comparison, type Figure, type Row, type Variant } from './figure.js';

/** The goal of the numeric ones is 1.05 of AssemblyScript's time, which takes 0.54 to 0.87 of V8's. */
const NUMERIC = 0.9;
const OTHER = 1.3;

interface Kernel {
  readonly name: string;
  readonly argument: number;
  readonly atMost: number;
  /** Of `run(n: number): number`. */
  readonly text: string;
}

const KERNELS: readonly Kernel[] = [
  {
    name: 'fib',
    argument: 27,
    atMost: NUMERIC,
    text: `
function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
function run(n: number): number { return fib(n); }`,
  },
  {
    name: 'loop of sums',
    argument: 1_000_000,
    atMost: NUMERIC,
    text: `
function run(n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (i % 3 === 0) sum += i * 2;
    else sum -= i & 7;
  }
  return sum;
}`,
  },
  {
    name: 'sieve',
    argument: 200_000,
    atMost: NUMERIC,
    text: `
function run(n: number): number {
  const composite: boolean[] = [];
  for (let i = 0; i <= n; i++) composite.push(false);
  let count = 0;
  for (let i = 2; i <= n; i++) {
    if (composite[i]) continue;
    count++;
    for (let j = i * i; j <= n; j += i) composite[j] = true;
  }
  return count;
}`,
  },
  {
    name: 'n bodies',
    argument: 20_000,
    atMost: NUMERIC,
    text: `
interface Body { x: number; y: number; z: number; vx: number; vy: number; vz: number; mass: number }
function run(steps: number): number {
  const bodies: Body[] = [];
  for (let i = 0; i < 5; i++) bodies.push({ x: i * 1.5, y: i * 0.7 - 1, z: 2 - i, vx: 0.01 * i, vy: 0.02, vz: -0.01 * i, mass: 1 + i });
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < bodies.length; i++) {
      const a = bodies[i]!;
      for (let j = i + 1; j < bodies.length; j++) {
        const b = bodies[j]!;
        const dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
        const d2 = dx * dx + dy * dy + dz * dz + 0.01;
        const mag = 0.001 / (d2 * Math.sqrt(d2));
        a.vx -= dx * b.mass * mag; a.vy -= dy * b.mass * mag; a.vz -= dz * b.mass * mag;
        b.vx += dx * a.mass * mag; b.vy += dy * a.mass * mag; b.vz += dz * a.mass * mag;
      }
    }
    for (const body of bodies) { body.x += 0.001 * body.vx; body.y += 0.001 * body.vy; body.z += 0.001 * body.vz; }
  }
  let energy = 0;
  for (const body of bodies) energy += body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz);
  return energy;
}`,
  },
  {
    name: 'objects',
    argument: 200_000,
    atMost: OTHER,
    text: `
interface Point { x: number; y: number; next: Point | null }
function run(n: number): number {
  let list: Point | null = null;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    list = { x: i, y: i * 2, next: i % 100 === 0 ? null : list };
    sum += list.x + list.y;
  }
  return sum;
}`,
  },
  {
    name: 'strings',
    argument: 50_000,
    atMost: OTHER,
    text: `
function run(n: number): number {
  let text = '';
  for (let i = 0; i < n; i++) text += 'item ' + i + ';';
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
  return hash;
}`,
  },
];

const native = (text: string): ((n: number) => number) => {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return new Function(`${outputText}; return run;`)();
};

export const compute: Figure = {
  id: 'compute',
  title: 'P9: programs that compute',
  async measure(progress): Promise<Row[]> {
    const jit = await createJit({ executor: 'inline', limits: { fuel: 1e15, timeoutMs: 600_000, memoryMiB: 256 } });
    try {
      const variants: Variant[] = [];
      const comparisons: Comparison[] = [];
      for (const { name, argument, text, atMost } of KERNELS) {
        const program = await jit.compile(`${text}\nexport async function main(n: number) { return run(n); }`, { filename: `${name}.ts` });
        const run = native(text);
        const [ours, theirs] = [await program.call('main', [argument]), run(argument)];
        if (ours !== theirs) throw new Error(`${name}: brolga gives ${String(ours)}, V8 ${theirs}`);
        variants.push({ name, operations: 1, run: () => program.call('main', [argument]) });
        variants.push({ name: `V8 ${name}`, operations: 1, run: () => run(argument) });
        comparisons.push({ figure: 'P9', what: name, brolga: name, peer: `V8 ${name}`, atMost });
      }
      return compare(await rounds(variants, progress), comparisons);
    } finally {
      await jit.close();
    }
  },
};
