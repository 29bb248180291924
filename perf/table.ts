/** The result table of `npm run bench`: a row a figure, with a bar for the ratio to its peer. */
import type { Row } from './figure.js';

const BAR = 20;

/** A bar on a logarithmic scale: the middle is 1, a full bar 100 times the peer. */
function bar(ratio: number): string {
  const filled = Math.max(1, Math.min(BAR, Math.round(BAR / 2 + (Math.log10(ratio) * BAR) / 4)));
  return '█'.repeat(filled).padEnd(BAR, '░');
}

export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.figure, row.what, row.brolga, row.peer, row.ratio.toPrecision(3), bar(row.ratio), row.goal, row.met ? 'met' : 'not met']);
  const head = ['', 'what', 'brolga', 'peer', 'ratio', 'brolga/peer, 1 in the middle', 'goal', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  return [head, ...cells].map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
