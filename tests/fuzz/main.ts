/**
 * `npm run fuzz -- --minutes N --seed S [--only NAME]`: runs the fuzzers in turn, a slice of time each, until time is up.
 *
 * Prints cases per CPU-minute and how many programs ran on which engine. A family that failed prints its reduced case and
 * runs no more; the exit code is then 1. The same seed makes the same cases, as many as there is time for.
 */
import { parseArgs } from 'node:util';
import { fuzz, summary, type Fuzzer, type FuzzReport } from './fuzzer.js';
import { FUZZERS } from './fuzzers.js';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, only: { type: 'string' } } });
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const chosen = FUZZERS.filter(({ name }) => values.only === undefined || values.only === name);
if (!(minutes > 0) || !Number.isInteger(seed) || chosen.length === 0) {
  process.stderr.write(`fuzz: --minutes takes a positive number, --seed a whole one, --only one of ${FUZZERS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}

const SLICES = 4;
const MOST_SLICE_MS = 30_000;

function sum(a: FuzzReport | undefined, b: FuzzReport): FuzzReport {
  const engines = new Map(a?.engines);
  for (const [engine, count] of b.engines) engines.set(engine, (engines.get(engine) ?? 0) + count);
  return { cases: (a?.cases ?? 0) + b.cases, cpuSeconds: (a?.cpuSeconds ?? 0) + b.cpuSeconds, engines };
}

const end = performance.now() + minutes * 60_000;
const slice = Math.min(MOST_SLICE_MS, (minutes * 60_000) / (SLICES * chosen.length));
const reports = new Map<string, FuzzReport>();
const failed = new Set<string>();

async function runSlice(fuzzer: Fuzzer<unknown>, round: number): Promise<void> {
  const report = await fuzz(fuzzer, { seed: seed + round, milliseconds: Math.min(slice, Math.max(1, end - performance.now())) });
  reports.set(fuzzer.name, sum(reports.get(fuzzer.name), report));
  if (!report.failure) return;
  failed.add(fuzzer.name);
  const { shown, error, path } = report.failure;
  process.stdout.write(`\n${fuzzer.name}: FAILED (seed ${report.failure.seed}, path ${path})\n${error}\n\n${shown}\n\n`);
}

for (let round = 0; performance.now() < end && failed.size < chosen.length; round++) {
  for (const fuzzer of chosen) if (!failed.has(fuzzer.name) && performance.now() < end) await runSlice(fuzzer, round);
}
for (const fuzzer of chosen) {
  const report = reports.get(fuzzer.name);
  if (report) process.stdout.write(`${summary(fuzzer.name, report)}\n`);
  await fuzzer.close?.();
}
process.stdout.write(failed.size > 0 ? `${[...failed].join(', ')} failed\n` : 'no mismatch\n');
process.exit(failed.size > 0 ? 1 : 0);
