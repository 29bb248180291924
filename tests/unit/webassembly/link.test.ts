/** Links between instances: types, async and sync, and who may link to whom. */
import { describe, expect, test } from '@jest/globals';
import { callGraphOf } from '../../../jit/webassembly/call-graph.js';
import { exportOf, linkInstance, type Unit } from '../../../jit/webassembly/linkage.js';
import { readSource } from '../../../jit/webassembly/read-source.js';

/** Links modules in order; each may import from `m0`, `m1` … and from the host. */
function link(...texts: string[]): Unit {
  return texts.reduce<Unit>((unit, text) => {
    const { module, asyncFunctions } = readSource(text, 'm.wat');
    const { suspending } = callGraphOf(unit);
    return linkInstance(unit, module, ({ module: from, name }) => {
      if (from === 'host') return 'host';
      const exporter = unit.instances[Number(from.slice(1))];
      return exporter && exportOf(exporter, name, (target) => suspending.has(target));
    }, { asyncImports: asyncFunctions });
  }, { instances: [], hostImports: [] });
}

const EXPORTS = `(module
  (import "host" "leaf" (func async $leaf (param i32) (result i32)))
  (func (export "waits") (param i32) (result i32) (call $leaf (local.get 0)))
  (func (export "adds") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (memory (export "memory") 1 4) (table (export "table") 2 8 funcref) (global (export "global") (mut i64) (i64.const 0)))`;

const use = (description: string, name: string): string => `(module (import "m0" "${name}" ${description}))`;

describe('an import', () => {
  test.each([
    ['a sync function', 'adds', '(func (param i32) (result i32))'],
    ['an async function', 'waits', '(func async (param i32) (result i32))'],
    ['a memory with a larger maximum', 'memory', '(memory 1 9)'],
    ['a memory without a maximum', 'memory', '(memory 0)'],
    ['a table', 'table', '(table 2 8 funcref)'],
    ['a global', 'global', '(global (mut i64))'],
  ])('meets %s', (_, name, description) => {
    expect(link(EXPORTS, use(description, name)).instances).toHaveLength(2);
  });

  test.each([
    ['an async function as sync', 'waits', '(func (param i32) (result i32))', 'the import is (func (param i32) (result i32)), the export is (func async (param i32) (result i32))'],
    ['a sync function as async', 'adds', '(func async (param i32) (result i32))', 'the import is (func async (param i32) (result i32)), the export is (func (param i32) (result i32))'],
    ['a function of another type', 'adds', '(func (param i64))', 'the import is (func (param i64)), the export is (func (param i32) (result i32))'],
    ['a memory with a smaller maximum', 'memory', '(memory 1 3)', 'the import is (memory 1 3), the export is (memory 1 4)'],
    ['a table of other elements', 'table', '(table 2 8 externref)', 'the import is (table 2 8 externref), the export is (table 2 8 funcref)'],
    ['a mutable global as a constant', 'global', '(global i64)', 'the import is (global i64), the export is (global (mut i64))'],
    ['a memory as a function', 'memory', '(func)', 'the import is a function, the export is a memory'],
    ['nothing', 'nobody', '(func)', 'nothing of that name is exported'],
  ])('does not meet %s', (_, name, description, message) => {
    expect(() => link(EXPORTS, use(description, name))).toThrow(message);
  });
});

describe('what suspends', () => {
  const suspending = (...texts: string[]): boolean[] => {
    const unit = link(...texts);
    const { suspending: found } = callGraphOf(unit);
    const last = unit.instances.at(-1);
    return last ? last.functions.slice(last.importedFunctions).map((target) => found.has(target)) : [];
  };
  const LEAF = '(import "host" "leaf" (func async $leaf))';

  test('callers of callers, and nobody else', () => {
    expect(suspending(`(module ${LEAF} (func $a (call $leaf)) (func $b (call $a)) (func $c) (func (call $c)))`)).toEqual([true, true, false, false]);
  });

  test('functions on a cycle with one that does', () => {
    expect(suspending(`(module ${LEAF} (func $a (call $b)) (func $b (call $a) (call $leaf)) (func $c (call $d)) (func $d (call $c)))`)).toEqual([true, true, false, false]);
  });

  test('calls through a table whose functions of that type do', () => {
    expect(suspending(`(module ${LEAF} (table funcref (elem $a)) (type $t (func)) (type $u (func (param i32)))
      (func $a (call $leaf)) (func (call_indirect (type $t) (i32.const 0))) (func (call_indirect (type $u) (i32.const 0) (i32.const 0))))`)).toEqual([true, true, false]);
  });

  test('not for a function that no table holds', () => {
    expect(suspending(`(module ${LEAF} (table 1 funcref) (type $t (func)) (func $a (call $leaf)) (func (call_indirect (type $t) (i32.const 0))))`)).toEqual([true, false]);
  });

  test('across instances', () => {
    expect(suspending(EXPORTS, '(module (import "m0" "waits" (func async $w (param i32) (result i32))) (func (result i32) (call $w (i32.const 1))) (func))')).toEqual([true, false]);
  });
});
