/** Tables of docs/abi.md, made from the objects of jit/abi.ts and the comments above their members. */
import { readFileSync } from 'node:fs';
import ts = require('typescript');

const docOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => (typeof doc.comment === 'string' ? doc.comment : ''))
    .join(' ')
    .replace(/\s+/g, ' ');

/** The members of an exported table that are plain numbers, with their comments. */
function members(source: ts.SourceFile, table: string): { name: string; value: number; doc: string }[] {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== table || !initializer || !ts.isAsExpression(initializer)) continue;
      if (!ts.isObjectLiteralExpression(initializer.expression)) continue;
      return initializer.expression.properties.flatMap((property) =>
        ts.isPropertyAssignment(property) ? [{ name: property.name.getText(source), value: Number(property.initializer.getText(source)), doc: docOf(property) }] : [],
      );
    }
  }
  throw new Error(`jit/abi.ts has no table ${table}`);
}

export interface AbiTables {
  /** Offsets, a row each. */
  layout(table: string): string[];
  /** Codes of some tables in one line each. */
  codes(...tables: string[]): string[];
  /** Codes with what they mean. */
  meanings(table: string): string[];
}

export function readAbi(path: string): AbiTables {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const line = (table: string): string => `| \`${table}\` | ${members(source, table).map(({ name, value }) => `${value} \`${name}\``).join(', ')} |`;
  return {
    layout: (table) => ['| offset | field | meaning |', '| --- | --- | --- |', ...members(source, table).map(({ name, value, doc }) => `| ${value} | \`${name}\` | ${doc} |`)],
    codes: (...tables) => ['| table | codes |', '| --- | --- |', ...tables.map(line)],
    meanings: (table) => ['| code | name | meaning |', '| --- | --- | --- |', ...members(source, table).map(({ name, value, doc }) => `| ${value} | \`${name}\` | ${doc} |`)],
  };
}
