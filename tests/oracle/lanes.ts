/** Starts the lanes as child processes and collects their outcomes. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts = require('typescript');
import type { OracleCase, Outcome } from './case.js';

const NODE_LANE = fileURLToPath(new URL('./node-lane.js', import.meta.url));
const BROLGA_LANE = fileURLToPath(new URL('./brolga-lane.js', import.meta.url));
const PARALLEL = 2;
const LANE_TIMEOUT_MS = 240_000;

/** Runs a script to its end; gives its standard output, or throws with what it said when it fails. */
function runChild(script: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'], timeout: LANE_TIMEOUT_MS });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${script} ended with ${code ?? signal}\n${err}\n${out.slice(0, 2000)}`));
    });
    child.stdin.end(input);
  });
}

/** What Node makes of each program, one process a program. */
export async function nodeOutcomes(cases: readonly OracleCase[]): Promise<Map<string, Outcome>> {
  const folder = mkdtempSync(join(tmpdir(), 'brolga-oracle-'));
  const outcomes = new Map<string, Outcome>();
  const queue = [...cases.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, oracleCase] = next;
      const stripped = join(folder, `${index}.mjs`);
      writeFileSync(stripped, stripTypes(readFileSync(oracleCase.file, 'utf8')));
      outcomes.set(oracleCase.name, JSON.parse(await runChild(NODE_LANE, [stripped, JSON.stringify(oracleCase)])));
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, worker));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return outcomes;
}

const stripTypes = (text: string): string =>
  ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;

export interface Lane {
  readonly executor: 'pool' | 'inline' | 'sim';
  readonly engine: 'v8' | 'interpreter' | 'wasmtime';
  /** Of the executor `sim`. */
  readonly seed?: number;
  /** Runs one program of so many only. */
  readonly every?: number;
  readonly level?: 'none' | 'speed';
  readonly limits?: { readonly collectEvery: number; readonly fuel: number };
}

/** What brolga makes of the programs in one lane, all in one process. */
export async function brolgaOutcomes(lane: Omit<Lane, 'every'>, cases: readonly OracleCase[]): Promise<Map<string, Outcome>> {
  const outcomes: Outcome[] = JSON.parse(await runChild(BROLGA_LANE, [JSON.stringify(lane)], JSON.stringify(cases)));
  return new Map(outcomes.map((outcome) => [outcome.name, outcome]));
}

/** One line a difference, empty when the outcomes are equal. */
export function differences(expected: Outcome, actual: Outcome | undefined): string[] {
  if (!actual) return ['no outcome'];
  const rows: string[] = [];
  for (const key of ['value', 'error'] as const) {
    if (expected[key] !== actual[key]) rows.push(`${key}: node ${expected[key]} | brolga ${actual[key]}`);
  }
  for (const key of ['logs', 'hostCalls'] as const) {
    const length = Math.max(expected[key].length, actual[key].length);
    for (let index = 0; index < length; index++) {
      if (expected[key][index] === actual[key][index]) continue;
      rows.push(`${key}[${index}]: node ${expected[key][index]} | brolga ${actual[key][index]}`);
      break;
    }
  }
  return rows;
}
