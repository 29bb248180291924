/**
 * One oracle program and what running it shows. A program is `programs/<family>/<name>.ts` with an exported `main`;
 * beside it may stand `<name>.host.mjs` (host functions; else ../host.mjs serves) and `<name>.args.json`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

export interface OracleCase {
  readonly name: string;
  readonly file: string;
  readonly host: string;
  readonly args: readonly unknown[];
}

/** What a lane reports for a program; equal outcomes mean equal behaviour. */
export interface Outcome {
  readonly name: string;
  /** `inspect` text of what main resolved to, or of its error: name, message and own fields. */
  readonly value?: string;
  readonly error?: string;
  readonly logs: readonly string[];
  readonly hostCalls: readonly string[];
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const PROGRAMS = join(ROOT, 'tests', 'oracle', 'programs');
const DEFAULT_HOST = join(ROOT, 'tests', 'oracle', 'host.mjs');

export function oracleCases(folder: string = PROGRAMS): OracleCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return oracleCases(path);
      return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [caseOf(path)] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function caseOf(file: string): OracleCase {
  const stem = file.slice(0, -'.ts'.length);
  const argsFile = `${stem}.args.json`;
  const hostFile = `${stem}.host.mjs`;
  return {
    name: stem.slice(PROGRAMS.length + 1),
    file,
    host: existsSync(hostFile) ? hostFile : DEFAULT_HOST,
    args: existsSync(argsFile) ? JSON.parse(readFileSync(argsFile, 'utf8')) : [],
  };
}

export const show = (value: unknown): string => inspect(value, { depth: 20, maxArrayLength: 1000, breakLength: 100 });

/** An error without what may differ between engines: its stack. */
export function showError(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${show(error)}`;
  const skipped = new Set(['stack', 'message', 'name', 'cause', 'line', 'column', 'frame', 'code', 'trace']);
  const fields = Object.fromEntries(Object.entries(error).filter(([key]) => !skipped.has(key)));
  const cause = 'cause' in error && error.cause !== undefined ? ` cause ${showError(error.cause)}` : '';
  return `${error.name}: ${error.message} ${show(fields)}${cause}`;
}
