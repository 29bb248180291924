/**
 * Runs every file under tests/filetests through the lanes that it names. With BLESS=1, rewrites the outputs instead.
 */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../../ir/rules.js';
import { readFileTest, withOutput, type FileTest } from './directives.js';
import { LANES } from './lanes.js';
import { RUNNERS } from './runners.js';

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

describe('a planted fault turns a lane red', () => {
  const lane = (name: string, ...lines: string[]) => {
    const { [name]: run } = LANES;
    if (!run) throw new Error(`there is no lane ${name}`);
    return () => run(readFileTest('planted.bir', [`; test ${name}`, ...lines, ''].join('\n')), '');
  };
  const one = ['func one() -> i32 {', 'block0:', '  v0 = i32.const 1', '  return v0', '}'];

  test('wrong results, wrong traps, and a test that runs nothing', () => {
    expect(lane('run', '; run: one() == 1', ...one)).not.toThrow();
    expect(lane('run', '; run: one() == 2', ...one)).toThrow('(interpreter, as written)');
    expect(lane('run', '; run: one() traps unreachable', ...one)).toThrow('one() == 1');
    expect(lane('run', ...one)).toThrow();
  });

  test('an engine that disagrees', () => {
    const liar = { ...RUNNERS[0]!, name: 'liar', instantiate: () => () => [2] }; // there is an interpreter
    RUNNERS.push(liar);
    expect(lane('run', '; run: one() == 1', ...one)).toThrow('(liar, as written)');
    RUNNERS.pop();
  });

  test('errors that are missing or not foreseen', () => {
    expect(lane('verify', '; error: V5', ...one)).toThrow('missing');
    expect(lane('verify', 'func f() {', 'block0:', '  jump block0', '}')).toThrow('block0 is a target');
    expect(lane('parse', 'func f() {', 'block0:', '  jmp block0', '}')).toThrow('there is no instruction jmp');
  });
});

describe('coverage', () => {
  test('every rule of the verifier that text can break has a file that breaks it', () => {
    const broken = new Set(tests.flatMap(({ errors }) => errors.map(({ code }) => code)));
    expect(Object.keys(RULES).filter((rule) => !broken.has(rule))).toEqual([]);
  });
});
