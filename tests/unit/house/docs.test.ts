/**
 * The docs say what the tables say: marked parts are made from code (BLESS=1 rewrites them), links lead somewhere, and
 * the README's program runs.
 */
import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts = require('typescript');
import { BrolgaError } from '../../../executor/errors.js';
import * as errors from '../../../executor/errors.js';
import { LIMITS } from '../../../executor/limits.js';
import { GLOBALS } from '../../../jit/abi.js';
import { REFUSALS } from '../../../jit/typescript/refusals.js';
import { WASM_REFUSALS } from '../../../jit/webassembly/refusals.js';
import { readAbi } from './abi-tables.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const BLESS = process.env['BLESS'] === '1';

const limitRows = (): string[] => [
  '| limit | default | scope | what it bounds |',
  '| --- | --- | --- | --- |',
  ...Object.entries(LIMITS).map(([name, row]) => `| \`${name}\` | ${row.default.toLocaleString('en-US')} ${row.unit} | ${row.scope} | ${row.doc} |`),
];

/** The first sentence of the comment above each error class, by class. */
function errorRows(): string[] {
  const text = readFileSync(join(ROOT, 'executor/errors.ts'), 'utf8');
  const classes = Object.entries(errors).filter(([, value]) => typeof value === 'function' && value.prototype instanceof BrolgaError);
  const rows = classes.flatMap(([name]) => {
    const at = text.indexOf(`export class ${name} `);
    const body = text.slice(at, text.indexOf('\n}', at));
    const code = /'([A-Z_]+)'/.exec(body)?.[1];
    const doc = /\/\*\* ([^*]+) \*\/\s*$/.exec(text.slice(0, at))?.[1]?.replace(/\s+/g, ' ');
    return code === undefined ? [] : [`| \`${code}\` | \`${name}\` | ${doc ?? ''} |`];
  });
  return ['| code | class | meaning |', '| --- | --- | --- |', ...rows];
}

const refusalRows = (refusals: Readonly<Record<string, string>>): string[] => [
  '| number | refused |',
  '| --- | --- |',
  ...Object.entries(refusals).map(([number, reason]) => `| ${number} | ${reason.replaceAll('|', '\\|')} |`),
];

/** Library functions that a program can reach, by the type or object they belong to. */
function libraryRows(): string[] {
  const { functions }: { functions: Record<string, unknown> } = JSON.parse(readFileSync(join(ROOT, 'dist/jit/stdlib.json'), 'utf8'));
  const groups = new Map<string, string[]>();
  const add = (group: string, name: string): void => void groups.set(group, [...(groups.get(group) ?? []), name]);
  for (const name of Object.keys(functions).sort()) {
    const [, owner = '', member = ''] = /^([A-Z]\w*?(?=\$|_)|console|crypto|performance)(?:\$|_get_|_)([a-z]\w*)$/.exec(name) ?? [];
    const [, free = ''] = /^global_(\w+)$/.exec(name) ?? [];
    if (owner !== '') add(owner, member === 'new' ? 'new' : member);
    else if (free !== '') add('Functions', free);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, names]) => `- **${group}**: ${[...new Set(names)].map((name) => `\`${name}\``).join(' ')}`);
}

const abi = readAbi(join(ROOT, 'jit/abi.ts'));
const globalRows = (): string[] => ['| global | type | meaning |', '| --- | --- | --- |', ...GLOBALS.map(({ name, type, doc }) => `| \`${name}\` | \`${type}\` | ${doc} |`)];

const PARTS: Readonly<Record<string, { readonly file: string; rows(): string[] }>> = {
  limits: { file: 'docs/limits.md', rows: limitRows },
  errors: { file: 'docs/limits.md', rows: errorRows },
  refusals: { file: 'docs/language.md', rows: () => refusalRows(REFUSALS) },
  'wasm-refusals': { file: 'docs/webassembly.md', rows: () => refusalRows(WASM_REFUSALS) },
  library: { file: 'docs/language.md', rows: libraryRows },
  'abi-poll': { file: 'docs/abi.md', rows: () => abi.meanings('POLL') },
  'abi-trap': { file: 'docs/abi.md', rows: () => abi.codes('TRAP') },
  'abi-stop': { file: 'docs/abi.md', rows: () => abi.codes('STOP') },
  'abi-header': { file: 'docs/abi.md', rows: () => abi.layout('HEADER') },
  'abi-record': { file: 'docs/abi.md', rows: () => abi.layout('RECORD') },
  'abi-kinds': { file: 'docs/abi.md', rows: () => abi.codes('REQUEST', 'COMPLETION', 'LOG_ASKS') },
  'abi-status': { file: 'docs/abi.md', rows: () => abi.codes('CALL', 'ASYNC') },
  'abi-promise': { file: 'docs/abi.md', rows: () => abi.layout('PROMISE') },
  'abi-globals': { file: 'docs/abi.md', rows: globalRows },
  'abi-wire': { file: 'docs/abi.md', rows: () => abi.codes('WIRE') },
};

describe('docs', () => {
  test.each(Object.keys(PARTS))('the part `%s` is what the code says', (name) => {
    const part = PARTS[name];
    if (!part) throw new Error(`no part ${name}`);
    const path = join(ROOT, part.file);
    const text = readFileSync(path, 'utf8');
    const pattern = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- end -->)`);
    const expected = `\n${part.rows().join('\n')}\n\n`;
    if (BLESS) writeFileSync(path, text.replace(pattern, (_, before: string, after: string) => before + expected + after));
    expect(readFileSync(path, 'utf8')).toContain(`<!-- ${name} -->\n${expected}<!-- end -->`);
  });

  test('links lead to files', () => {
    const files = ['README.md', 'CHANGELOG.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((name) => name.endsWith('.md'));
    const dead = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((link) => !existsSync(join(ROOT, dirname(file), link)))
        .map((link) => `${file}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  test.each(['README.md', 'docs/embedding.md'])('programs in %s run and print what they say', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const programs = [...text.matchAll(/```ts\n(import [^]*?)```/g)].map((match) => match[1] ?? '');
    expect(programs.length).toBeGreaterThan(0);
    for (const program of programs) {
      const folder = mkdtempSync(join(ROOT, 'dist', 'docs-'));
      try {
        const path = join(folder, 'program.mjs');
        writeFileSync(path, ts.transpileModule(program, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText);
        const { stdout, stderr, status } = spawnSync(process.execPath, [path], { encoding: 'utf8', timeout: 60_000 });
        const said = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
        expect({ lines: stdout.trim().split('\n'), stderr, status }).toEqual({ lines: said, stderr: '', status: 0 });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });
});
