/**
 * `npm run spec -- DIR [FILE…]`: runs the scripts of a folder, on each engine, and prints a table: passed, failed, skipped with
 * why. Exit code 1 if anything failed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINES, type EngineName } from './machines.js';
import { runScript, type Verdict } from './run-script.js';

const [directory = process.env['WASM_TESTSUITE'], ...only] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('spec: which folder? npm run spec -- DIR [FILE…], or set WASM_TESTSUITE\n');
  process.exit(2);
}

const files = readdirSync(directory).filter((name) => name.endsWith('.wast') && (only.length === 0 || only.includes(name))).sort();
const count = (verdicts: readonly Verdict[], status: Verdict['status']): number => verdicts.filter((each) => each.status === status).length;
const totals = new Map<EngineName, { passed: number; failed: number; skipped: number }>(ENGINES.map((engine) => [engine, { passed: 0, failed: 0, skipped: 0 }]));
const cell = (text: string | number): string => String(text).padStart(8);

process.stdout.write(`${'file'.padEnd(34)}${ENGINES.map((engine) => `${engine.padStart(14)}: passed  failed skipped`).join('')}      ms\n`);
for (const file of files) {
  const started = performance.now();
  const verdicts = verdictsOf(file);
  const cells = ENGINES.map((engine) => {
    const all = verdicts.get(engine) ?? [];
    const row = { passed: count(all, 'passed'), failed: count(all, 'failed'), skipped: count(all, 'skipped') };
    const total = totals.get(engine);
    if (total) for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += row[key];
    return `${' '.repeat(14)}${cell(row.passed)}${cell(row.failed)}${cell(row.skipped)}`;
  });
  process.stdout.write(`${file.padEnd(34)}${cells.join('')}${cell(Math.round(performance.now() - started))}\n`);
  tellNotes(verdicts);
}
process.stdout.write(`${'all'.padEnd(34)}${[...totals.values()].map(({ passed, failed, skipped }) => `${' '.repeat(14)}${cell(passed)}${cell(failed)}${cell(skipped)}`).join('')}\n`);
process.exitCode = [...totals.values()].some(({ failed }) => failed > 0) ? 1 : 0;

function verdictsOf(file: string): Map<EngineName, Verdict[]> {
  try {
    return runScript(readFileSync(join(directory ?? '', file), 'utf8'), ENGINES);
  } catch (error) {
    const note = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return new Map(ENGINES.map((engine) => [engine, [{ line: 1, status: 'failed', note }]]));
  }
}

/** What failed, and skips by reason. */
function tellNotes(verdicts: ReadonlyMap<EngineName, readonly Verdict[]>): void {
  for (const [engine, all] of verdicts) {
    for (const { line, note } of all.filter(({ status }) => status === 'failed').slice(0, 20)) process.stdout.write(`  ${engine} failed, line ${line}: ${note.slice(0, 600)}\n`);
    const reasons = new Map<string, number>();
    for (const { status, note } of all) if (status === 'skipped') reasons.set(note, (reasons.get(note) ?? 0) + 1);
    for (const [note, times] of reasons) process.stdout.write(`  ${engine} skipped ${times}: ${note.slice(0, 200)}\n`);
  }
}
