/**
 * docs/ir.md against the code: rules and opcodes are generated from their tables (BLESS=1 rewrites), examples parse.
 */
import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatParseDiagnostic, formatVerifyDiagnostic } from '../../../ir/diagnostics.js';
import { OPCODES, opcodeRow, type Opcode, type OpcodeRow } from '../../../ir/opcodes.js';
import { parseModule } from '../../../ir/parse.js';
import { RULES } from '../../../ir/rules.js';
import { verifyModule } from '../../../ir/verify.js';

const PATH = join(process.cwd(), 'docs', 'ir.md');

/** Replaces what stands between the marker of this name and the next end. */
function withSection(page: string, name: string, lines: readonly string[]): string {
  const start = page.indexOf('\n', page.indexOf(`<!-- ${name}:`)) + 1;
  const end = page.indexOf('<!-- end -->', start);
  return `${page.slice(0, start)}\n${lines.join('\n')}\n\n${page.slice(end)}`;
}

function opcodeLine(opcode: Opcode, row: OpcodeRow): string {
  const results = row.results === 'callee' ? 'callee' : row.results.join(', ');
  return `| \`${opcode}\` | ${row.immediates.join(', ')} | ${row.operands.join(', ')} | ${results} | ${row.effect} | ${row.doc} |`;
}

function expectedPage(page: string): string {
  const rules = ['| rule | what holds |', '| --- | --- |', ...Object.entries(RULES).map(([rule, text]) => `| ${rule} | ${text} |`)];
  const opcodes = [
    '| opcode | immediates | operands | results | effect | meaning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...(Object.keys(OPCODES) as Opcode[]).map((opcode) => opcodeLine(opcode, opcodeRow(opcode))), // keys of the table
  ];
  return withSection(withSection(page, 'rules', rules), 'opcodes', opcodes);
}

describe('docs/ir.md', () => {
  const page = readFileSync(PATH, 'utf8');

  test('lists the rules and opcodes as the tables have them', () => {
    const expected = expectedPage(page);
    if (process.env['BLESS']) writeFileSync(PATH, expected);
    else expect(page).toBe(expected);
  });

  test('has examples that parse and verify', () => {
    const examples = [...page.matchAll(/```bir\n([^]*?)```/g)].map(([, text = '']) => text);
    expect(examples.length).toBeGreaterThan(0);
    for (const text of examples) {
      const { module, diagnostics } = parseModule(text);
      expect(diagnostics.map(formatParseDiagnostic)).toEqual([]);
      expect(verifyModule(module).map(formatVerifyDiagnostic)).toEqual([]);
    }
  });
});
