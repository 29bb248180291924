#!/usr/bin/env node
/**
 * Builds dist/ when it is missing or older than a source: installs the packages if they are not there, compiles the
 * TypeScript, removes what is left of sources that are gone, copies the guest's declarations, and compiles the guest's
 * standard library ahead of time.
 *
 * Plain JavaScript because it runs before anything is built. Promises that a second run without changes does nothing.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE_FOLDERS = ['ir', 'jit', 'executor', 'workers', 'cli', 'tests', 'perf'];
const SOURCE_FILES = ['index.ts', 'webassembly.d.ts', 'tsconfig.json', 'package.json'];
const DIST = join(root, 'dist');
const STAMP = join(DIST, '.built');

function newestSource() {
  const newest = (path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) return /\.(?:ts|json)$/.test(path) ? stat.mtimeMs : 0;
    // A folder is newer when a file was added or removed.
    return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
  };
  return Math.max(...[...SOURCE_FOLDERS, ...SOURCE_FILES].filter((name) => existsSync(join(root, name))).map((name) => newest(join(root, name))));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

function install() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (Object.keys(dependencies).every((name) => existsSync(join(root, 'node_modules', name, 'package.json')))) return;
  process.stderr.write('brolga: installing packages…\n');
  // Not `npm ci`, which refuses a lock file that lacks an optional package of some other platform. Versions are the locked ones.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Without it jest would go on running the tests of a deleted file, and a package would hold them. */
function prune(folder = DIST) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const source = join(root, relative(DIST, path));
    if (entry.isDirectory()) prune(path);
    else if (/\.(?:d\.ts|js|js\.map)$/.test(path) && !existsSync(source) && !existsSync(source.replace(/\.(?:d\.ts|js|js\.map)$/, '.ts'))) rmSync(path);
  }
}

export function build() {
  install();
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs >= newestSource()) return;
  process.stderr.write('brolga: building…\n');
  const started = new Date();
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.json')]);
  prune();
  cpSync(join(root, 'jit', 'typescript', 'lib'), join(DIST, 'jit', 'typescript', 'lib'), { recursive: true });
  run(process.execPath, [join(DIST, 'jit', 'stdlib-build.js')]);
  run(process.execPath, [join(DIST, 'jit', 'checker-build.js')]);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, '');
  utimesSync(STAMP, started, started); // a file saved while we compiled is newer than this
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
