/**
 * Runs every file under tests/filetests through the lanes that it names. With BLESS=1, rewrites the outputs instead.
 */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../../ir/rules.js';
import { readFileTest, withOutput, type FileTest } from './directives.js';
import { LANES } from './lanes.js';

const ROOT = join(process.cwd(), 'tests', 'filetests');

const tests: FileTest[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.bir'))
  .sort()
  .map((path) => readFileTest(path, readFileSync(join(ROOT, path), 'utf8')));

describe('filetests', () => {
  test.each(tests.map((fileTest) => [fileTest.path, fileTest] as const))('%s', (_path, fileTest) => {
    for (const { name, argument } of fileTest.lanes) {
      const lane = LANES[name];
      if (!lane) throw new Error(`${fileTest.path}: there is no lane ${name}`);
      const output = lane(fileTest, argument);
      if (output === undefined || fileTest.output === null) continue;
      if (process.env['BLESS']) writeFileSync(join(ROOT, fileTest.path), withOutput(fileTest, output));
      else expect(output.trimEnd()).toBe(fileTest.output.trimEnd());
    }
  });
});

describe('coverage', () => {
  test('every rule of the verifier that text can break has a file that breaks it', () => {
    const broken = new Set(tests.flatMap(({ errors }) => errors.map(({ code }) => code)));
    expect(Object.keys(RULES).filter((rule) => !broken.has(rule))).toEqual([]);
  });
});
