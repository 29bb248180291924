/** The WebAssembly core test suite, where WASM_TESTSUITE names its folder; and that a wrong answer would be found. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINES } from './machines.js';
import { runScript } from './run-script.js';

const directory = process.env['WASM_TESTSUITE'];
const files = directory === undefined ? [] : readdirSync(directory).filter((name) => name.endsWith('.wast')).sort();

describe('the WebAssembly core test suite', () => {
  if (directory === undefined) test.skip('is not there: WASM_TESTSUITE names no folder', () => {});
  else test.each(files)('%s', (file) => {
    for (const [engine, verdicts] of runScript(readFileSync(join(directory, file), 'utf8'), ENGINES)) {
      expect({ engine, failed: verdicts.filter(({ status }) => status === 'failed') }).toEqual({ engine, failed: [] });
      expect(verdicts.length).toBeGreaterThan(0);
    }
  });
});

const ADD = '(module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))) (func (export "nan") (result f32) (f32.const nan:0x200000)) (func (export "stop") unreachable))';

describe('the runner of scripts', () => {
  test.each([
    ['a wrong result', '(assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 4))', 'failed'],
    ['the right result', '(assert_return (invoke $m "add" (i32.const 1) (i32.const -2)) (i32.const 0xffffffff))', 'passed'],
    ['a NaN with other bits', '(assert_return (invoke "nan") (f32.const nan:0x200001))', 'failed'],
    ['a signalling NaN', '(assert_return (invoke "nan") (f32.const nan:0x200000))', 'passed'],
    ['a NaN that is not canonical', '(assert_return (invoke "nan") (f32.const nan:canonical))', 'failed'],
    ['too few results', '(assert_return (invoke "stop"))', 'failed'],
    ['another trap', '(assert_trap (invoke "stop") "out of bounds memory access")', 'failed'],
    ['the right trap', '(assert_trap (invoke "stop") "unreachable")', 'passed'],
    ['no trap', '(assert_trap (invoke "add" (i32.const 1) (i32.const 2)) "unreachable")', 'failed'],
    ['no exhaustion', '(assert_exhaustion (invoke "stop") "call stack exhausted")', 'failed'],
    ['a valid module', '(assert_invalid (module (func)) "type mismatch")', 'failed'],
    ['a module that parses', '(assert_malformed (module quote "(func)") "unexpected token")', 'failed'],
    ['a module that links', '(assert_unlinkable (module (func (import "spectest" "print"))) "unknown import")', 'failed'],
    ['a module that does not link', '(module (func (import "spectest" "print") (param i32)))', 'failed'],
    ['an export that is not there', '(invoke "subtract")', 'failed'],
    ['a command of another edition', '(assert_suspension (invoke "stop") "unhandled")', 'skipped'],
    ['a module that was not registered', '(register "x" $nobody)', 'skipped'],
  ])('%s', (_, command, status) => {
    for (const verdicts of runScript(`${ADD}\n${command}`, ENGINES).values()) expect(verdicts.map((each) => each.status)).toEqual(['passed', status]);
  });
});
