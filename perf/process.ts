/** P11, P12: what an idle jit costs, and a fresh process. Each sample is a process of its own (this file with an argument). */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createJit } from '../index.js';
import { median, ROUNDS, type Figure, type Row } from './figure.js';

const IDLE_MS = 5_000;
const PARKED = 100;

const SOURCE = `export async function main(ms: number) { await new Promise<void>((resolve) => setTimeout(resolve, ms)); return ms; }`;

const SAMPLES: Readonly<Record<string, () => Promise<Record<string, number>>>> = {
  /** Per cent of a core while tasks wait. */
  async idle() {
    const jit = await createJit({ limits: { timeoutMs: 600_000 } });
    const program = await jit.compile(SOURCE);
    await program.call('main', [1]);
    const waiting = Array.from({ length: PARKED }, () => program.call('main', [IDLE_MS + 1_000]));
    // What starting them cost is not counted.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const { user, system } = process.cpuUsage(before);
    await Promise.all(waiting);
    await jit.close();
    return { percent: (user + system) / IDLE_MS / 10 };
  },
  async start() {
    const began = performance.now();
    const jit = await createJit();
    const ready = performance.now();
    const program = await jit.compile(SOURCE);
    const compiled = performance.now();
    await program.call('main', [1]);
    await jit.close();
    return { ready: ready - began, compiled: compiled - ready };
  },
};

function sample(name: string): Record<string, number> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout) as Record<string, number>; // what the branch below prints
}

/** A figure that has a bound and no peer. */
function row(figure: string, what: string, values: readonly number[], unit: string, bound: number): Row {
  const value = median(values);
  const ratio = value / bound;
  return { figure, what, brolga: `${value.toPrecision(3)} ${unit}`, peer: 'none', ratio, goal: `< ${bound} ${unit}`, met: ratio < 1 };
}

export const processFigure: Figure = {
  id: 'process',
  title: 'P11 P12: idle, and a fresh process',
  async measure(progress): Promise<Row[]> {
    const each = (name: string, count: number): Record<string, number>[] =>
      Array.from({ length: count }, (_, round) => {
        progress(`round ${round + 1} of ${count}: ${name}`);
        return sample(name);
      });
    const starts = each('start', ROUNDS);
    const idle = each('idle', 1);
    const of = (samples: Record<string, number>[], name: string): number[] => samples.map((one) => one[name] ?? NaN);
    return [
      row('P11', `${PARKED} tasks that wait, of a core`, of(idle, 'percent'), '%', 1),
      row('P12', 'createJit() in a fresh process', of(starts, 'ready'), 'ms', 60),
      row('P12', 'its first compile', of(starts, 'compiled'), 'ms', 400),
    ];
  },
};

const wanted = process.argv[1] === fileURLToPath(import.meta.url) ? SAMPLES[process.argv[2] ?? ''] : undefined;
if (wanted) process.stdout.write(JSON.stringify(await wanted()));
