/**
 * P4, for strands of one task: a million concurrent calls with three suspending awaits each, beside native promises.
 * Each variant runs in a process of its own (this file with an argument), so that memory can be compared.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createJit } from '../index.js';
import { median, ROUNDS, type Figure, type Row } from './figure.js';

const STRANDS = 1_000_000;

const BODY = `
async function strand(gate: Promise<number>, id: number): Promise<number> {
  let sum = id;
  sum += await gate;
  await null;
  await null;
  return sum;
}
async function run(count: number): Promise<number> {
  let open: (value: number) => void = () => {};
  const gate = new Promise<number>((resolve) => { open = resolve; });
  let total = 0;
  let finished = 0;
  for (let i = 0; i < count; i++) strand(gate, i).then((value) => { total += value; finished++; });
  open(1);
  while (finished < count) await null;
  return total;
}`;

interface Sample {
  readonly perSecond: number;
  readonly bytesPerStrand: number;
}

const VARIANTS: Readonly<Record<string, () => Promise<void>>> = {
  async brolga() {
    const jit = await createJit({ executor: 'inline', limits: { fuel: 1e15, timeoutMs: 600_000, memoryMiB: 900 } });
    const program = await jit.compile(`${BODY}\nexport async function main(count: number) { return await run(count); }`, { filename: 'strands.ts' });
    await program.call('main', [1000]);
    const before = process.memoryUsage().rss;
    const started = performance.now();
    await program.call('main', [STRANDS]);
    report(started, before);
    await jit.close();
  },
  async native() {
    const { default: ts } = await import('typescript');
    const { outputText } = ts.transpileModule(`${BODY}\nexport { run };`, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
    const { run }: { run(count: number): Promise<number> } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
    await run(1000);
    const before = process.memoryUsage().rss;
    const started = performance.now();
    await run(STRANDS);
    report(started, before);
  },
};

function report(started: number, before: number): void {
  const seconds = (performance.now() - started) / 1000;
  const sample: Sample = { perSecond: STRANDS / seconds, bytesPerStrand: (process.memoryUsage().rss - before) / STRANDS };
  process.stdout.write(JSON.stringify(sample));
}

function sample(variant: string): Sample {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), variant], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${variant} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

export const manyStrands: Figure = {
  id: 'many-strands',
  title: 'P4 (strands of one task): a million at once, three suspending awaits each',
  async measure(progress): Promise<Row[]> {
    const pairs: { ours: Sample; theirs: Sample }[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`round ${round} of ${ROUNDS}`);
      pairs.push({ ours: sample('brolga'), theirs: sample('native') });
    }
    const of = (pick: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(pick));
    const speed = of(({ ours, theirs }) => ours.perSecond / theirs.perSecond);
    const memory = of(({ ours, theirs }) => ours.bytesPerStrand / theirs.bytesPerStrand);
    const million = (value: number): string => `${(value / 1e6).toPrecision(3)} M/s`;
    const bytes = (value: number): string => `${value.toFixed(0)} B`;
    return [
      { figure: 'P4', what: 'strands per second', brolga: million(of((p) => p.ours.perSecond)), peer: `native promises ${million(of((p) => p.theirs.perSecond))}`, ratio: speed, goal: '>= 10', met: speed >= 10 },
      { figure: 'P4', what: 'resident bytes per strand', brolga: bytes(of((p) => p.ours.bytesPerStrand)), peer: `native promises ${bytes(of((p) => p.theirs.bytesPerStrand))}`, ratio: memory, goal: '<= 0.25', met: memory <= 0.25 },
    ];
  },
};

const variant = process.argv[2];
if (process.argv[1] === fileURLToPath(import.meta.url) && variant !== undefined) await VARIANTS[variant]?.();
