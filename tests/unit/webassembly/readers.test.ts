/**
 * Our readers beside @webassemblyjs': on what those read, the instructions are the same. And why they are no more than a
 * second opinion: what they read wrongly, or not at all.
 */
import { describe, expect, test } from '@jest/globals';
import { decode } from '@webassemblyjs/wasm-parser';
import { parse } from '@webassemblyjs/wast-parser';
import { assemble } from '../../../jit/webassembly/assemble.js';
import { readBinary } from '../../../jit/webassembly/binary-module.js';
import type { Instruction } from '../../../jit/webassembly/module.js';
import { readSource } from '../../../jit/webassembly/read-source.js';
import { bodiesOf } from './syntax-tree.js';

const keyword = (instruction: Instruction): string => {
  if (instruction.kind === 'const') return `${instruction.type}.const`;
  return instruction.kind === 'numeric' || instruction.kind === 'access' ? instruction.opcode : instruction.kind;
};
const ours = (bytes: Uint8Array): string[][] => readBinary(bytes).functions.map(({ body }) => body.slice(0, -1).map(keyword));
const ofBinary = (bytes: Uint8Array): string[][] => bodiesOf(decode(bytes.slice().buffer, {}));
const short = (words: readonly string[]): string[] => words.map((word) => word.replace(/^.*\.(?=const$)/, ''));

const MODULES = {
  arithmetic: '(func (param i32 i64 f32 f64) (result i32) (drop (i64.add (local.get 1) (i64.const 7))) (drop (f32.mul (local.get 2) (f32.const 0.5))) (drop (f64.sqrt (local.get 3))) (i32.add (local.get 0) (i32.const 2)))',
  control: '(func (param i32) (result i32) (block (br_if 0 (local.get 0)) (loop (br_if 1 (i32.eqz (local.get 0))) (br 0))) (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))',
  table: '(type $t (func (param i32) (result i32))) (table 1 funcref) (func $f (param i32) (result i32) (call_indirect (type $t) (local.get 0) (i32.const 0))) (func (result i32) (call $f (i32.const 3)))',
  switch: '(func (param i32) (result i32) (block (block (br_table 0 1 0 (local.get 0))) (return (i32.const 1))) (i32.const 2))',
  globals: '(global (mut i32) (i32.const 0)) (func (global.set 0 (i32.add (global.get 0) (i32.const 1))) (nop) (unreachable))',
  locals: '(func (param i32) (result i32) (local i32) (local.set 1 (local.get 0)) (drop (local.tee 1 (i32.const 9))) (select (local.get 0) (local.get 1) (i32.const 1)))',
} as const;

describe('a second opinion', () => {
  test.each(Object.entries(MODULES))('on the binary of %s', (_, fields) => {
    const bytes = assemble('m.wat', `(module ${fields})`);
    expect(ofBinary(bytes)).toEqual(ours(bytes));
  });

  test.each(Object.entries(MODULES))('on the text of %s', (_, fields) => {
    const text = `(module ${fields})`;
    expect(bodiesOf(parse(text)).map(short)).toEqual(ours(assemble('m.wat', text)).map(short));
  });

  test.each(Object.entries(MODULES))('on places in the text of %s', (_, fields) => {
    const text = `(module ${fields})`;
    const { module } = readSource(text, 'm.wat');
    for (const { body } of module.functions) {
      for (const instruction of body.slice(0, -1)) {
        const word = /^[^\s()]+/.exec(text.slice(instruction.at))?.[0];
        // The end of a folded block stands where its keyword stands.
        if (instruction.kind === 'end') expect(['block', 'loop', 'if']).toContain(word);
        else expect(word).toBe(keyword(instruction));
      }
    }
  });
});

describe('why it is no more than that', () => {
  test('the reader of binaries takes the type of ref.null for an instruction', () => {
    const bytes = assemble('m.wat', '(module (func (result funcref) (ref.null func)))');
    expect(ours(bytes)).toEqual([['ref.null']]);
    expect(ofBinary(bytes)).toEqual([['ref.null', 'i32.rem_u']]);
  });

  test.each([
    ['saturating conversions', '(func (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0)))'],
    ['passive segments', '(memory 1) (data "abc") (func (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0)))'],
  ])('the reader of binaries does not know %s', (_, fields) => {
    expect(() => ofBinary(assemble('m.wat', `(module ${fields})`))).toThrow();
  });

  test.each([
    ['flat instructions', '(func (param i32) (result i32) local.get 0 i32.const 2 i32.add)'],
    ['funcref', '(func (result funcref) (ref.null func))'],
    ['inline imports', '(func $f (import "x" "y") (param i32))'],
    ['blocks with parameters', '(func (result i32) (i32.const 1) (block (param i32) (result i32) (i32.eqz)))'],
  ])('the reader of text does not take %s', (_, fields) => {
    expect(() => parse(`(module ${fields})`)).toThrow();
    expect(() => readSource(`(module ${fields})`, 'm.wat')).not.toThrow();
  });
});
