/** `npm run bench [FIGURE…]`: measures every figure beside its peers, prints a table with bars, writes perf-results.json. */
import { writeFileSync } from 'node:fs';
import { compileFigure } from './compile.js';
import { compute } from './compute.js';
import type { Figure, Row } from './figure.js';
import { manyStrands } from './many-strands.js';
import { pool } from './pool.js';
import { processFigure } from './process.js';
import { serverMix } from './server-mix.js';
import { suspend } from './suspend.js';
import { table } from './table.js';
import { webassembly } from './webassembly.js';

const FIGURES: readonly Figure[] = [suspend, compileFigure, compute, manyStrands, pool, serverMix, processFigure, webassembly];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !FIGURES.some((figure) => figure.id === id));
if (unknown.length > 0) {
  process.stderr.write(`no figure ${unknown.join(', ')}: there are ${FIGURES.map(({ id }) => id).join(', ')}\n`);
  process.exit(2);
}
const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};
const rows: Row[] = [];
for (const figure of FIGURES.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}${figure.title}\n`);
  rows.push(...(await figure.measure(progress)));
}
progress('');
process.stdout.write(`${table(rows)}\n`);
writeFileSync('perf-results.json', `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
