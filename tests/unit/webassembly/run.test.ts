/** WebAssembly modules through the whole jit: what runs, what traps, what waits for the host, what is refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CompileError, createJit, type Jit, type Program } from '../../../index.js';
import { assemble, assemblerReady } from '../../../jit/webassembly/assemble.js';

const LIMITS = { arenaMiB: 256, memoryMiB: 16 } as const;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const FIB = `(module
  (import "host" "leaf" (func async $leaf (param i32) (result i32)))
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (call $leaf (local.get $n)))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1))) (call $fib (i32.sub (local.get $n) (i32.const 2))))))))`;

const STATE = `(module
  (memory (export "memory") 1 300)
  (data (i32.const 8) "\\05\\00\\00\\00")
  (global $count (mut i32) (i32.const 7))
  (table 3 funcref) (elem (i32.const 0) $add $one)
  (type $two (func (param i32 i32) (result i32)))
  (func $add (type $two) (i32.add (local.get 0) (local.get 1)))
  (func $one (param i32) (result i32) (local.get 0))
  (func (export "sum") (param $n i32) (result i32) (local $s i32)
    (loop $l (local.set $s (i32.add (local.get $s) (local.get $n))) (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.add (local.get $s) (i32.load (i32.const 8))))
  (func (export "count") (result i32) (global.set $count (i32.add (global.get $count) (i32.const 1))) (global.get $count))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "far") (param i32) (result i32) (i32.load offset=4294967295 (local.get 0)))
  (func (export "store") (param i32) (i64.store offset=65536 (local.get 0) (i64.const -1)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "grown") (param i32) (result i32 i32)
    (i32.store (i32.const 4) (i32.const 42)) (drop (memory.grow (local.get 0)))
    (i32.load (i32.const 4)) (i32.load (i32.const 131068)))
  (func (export "indirect") (param i32) (result i32) (call_indirect (type $two) (i32.const 30) (i32.const 12) (local.get 0)))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "unreachable") unreachable)
  (func $factorial (export "factorial") (param i64) (result i64)
    (if (result i64) (i64.eqz (local.get 0)) (then (i64.const 1)) (else (i64.mul (local.get 0) (call $factorial (i64.sub (local.get 0) (i64.const 1)))))))
  (func $down (export "down") (param i32) (result i32) (i32.add (i32.const 1) (call $down (local.get 0))))
  (func (export "many") (result i32 f64 i64) (i32.const -1) (f64.const 0.5) (i64.const -9223372036854775808)))`;

/** One jit for a description's tests. */
function jitFor(options: Parameters<typeof createJit>[0]): () => Jit {
  let jit: Jit | undefined;
  beforeAll(async () => {
    jit = await createJit({ limits: LIMITS, ...options });
  });
  afterAll(async () => jit?.close());
  return () => {
    if (!jit) throw new Error('no jit yet');
    return jit;
  };
}

describe.each([['v8', 'pool'], ['v8', 'inline'], ['interpreter', 'inline']] as const)('a module on %s, %s', (engine, executor) => {
  const jit = jitFor({ engine, executor, workers: 1 });
  const state = (): Promise<Program> => jit().compile(STATE, { filename: 'state.wat' });
  const trap = (message: string) => ({ code: 'TRAP', message: expect.stringContaining(message) });

  test('computes, and every call has an instance of its own', async () => {
    const program = await state();
    expect(await program.call('sum', [100])).toBe(5055);
    expect(await Promise.all([program.call('count'), program.call('count')])).toEqual([8, 8]);
  });

  test('reaches the last byte of its memory, and nothing behind', async () => {
    const program = await state();
    expect(await program.call('load', [65532])).toBe(0);
    for (const address of [65533, 65536, -1, -4]) await expect(program.call('load', [address])).rejects.toMatchObject(trap('out of bounds memory access'));
    await expect(program.call('far', [1])).rejects.toMatchObject(trap('out of bounds memory access'));
    await expect(program.call('store', [0])).rejects.toMatchObject(trap('out of bounds memory access'));
  });

  test('grows its memory up to its own maximum and the limit of the task, and keeps what was there', async () => {
    const program = await state();
    expect(await program.call('grow', [1])).toBe(1);
    expect(await program.call('grow', [300])).toBe(-1);
    expect(await program.call('grow', [-1])).toBe(-1);
    expect(await program.call('grow', [290])).toBe(-1);
    expect(await program.call('grown', [1])).toEqual([42, 0]);
  });

  test('calls through tables by type', async () => {
    const program = await state();
    expect(await program.call('indirect', [0])).toBe(42);
    await expect(program.call('indirect', [1])).rejects.toMatchObject(trap('indirect call type mismatch'));
    await expect(program.call('indirect', [2])).rejects.toMatchObject(trap('uninitialized element'));
    await expect(program.call('indirect', [3])).rejects.toMatchObject(trap('undefined element'));
  });

  test('traps, ends by its stack or its fuel, and leaves the jit usable', async () => {
    const program = await state();
    await expect(program.call('divide', [1, 0])).rejects.toMatchObject({ code: 'TRAP' });
    await expect(program.call('unreachable')).rejects.toMatchObject({ code: 'TRAP' });
    await expect(program.call('down', [1])).rejects.toMatchObject({ code: 'STACK_LIMIT' });
    await expect(program.call('sum', [-1], { fuel: 1000 })).rejects.toMatchObject({ code: 'FUEL_EXHAUSTED' });
    expect(await program.call('divide', [7, 2])).toBe(3);
  });

  test('takes and gives i64 as bigints', async () => {
    const program = await state();
    expect(await program.call('factorial', [20n])).toBe(2432902008176640000n);
    expect(await program.call('many')).toEqual([-1, 0.5, -(2n ** 63n)]);
    await expect(program.call('factorial', [20])).rejects.toMatchObject({ code: 'HOST_TYPE' });
  });

  test('waits for the host wherever it calls it', async () => {
    const program = await jit().compile(FIB, { filename: 'fib.wat', host: { leaf: async (n: number) => n } });
    expect(await program.call('fib', [9])).toBe(34);
  });

  test('a host error leaves every function on the way', async () => {
    const program = await jit().compile(FIB, { filename: 'fib.wat', host: { leaf: (n: number) => Promise.reject(new RangeError(`no ${n}`)) } });
    await expect(program.call('fib', [5])).rejects.toMatchObject({ name: 'RangeError', message: 'no 1' });
  });
});

const CALLBACKS = `(module
  (type $ask (func (param i64 f32) (result i64)))
  (import "host" "ask" (func $ask (type $ask)))
  (import "host" "pair" (func $pair (param externref) (result f64 i64)))
  (import "host" "note" (func $note (param i32)))
  (global $started (mut i32) (i32.const 0))
  (memory 1)
  (table funcref (elem $local $ask))
  (func $local (type $ask) (i64.sub (local.get 0) (i64.const 1)))
  (func $start (call $note (i32.const 1)) (global.set $started (i32.const 5)))
  (start $start)
  (func (export "started") (result i32) (global.get $started))
  (func (export "through") (param i32 i64) (result i64)
    (i64.store (i32.const 0) (local.get 1))
    (call_indirect (type $ask) (local.get 1) (f32.const 1.5) (local.get 0))
    (i64.load (i32.const 0)) i64.add)
  (func (export "pair") (param externref) (result i64 f64) (local f64 i64)
    (call $pair (local.get 0)) (local.set 2) (local.set 1) (local.get 2) (local.get 1))
  (func (export "same") (param externref) (result externref) (local.get 0)))`;

describe('what crosses the border', () => {
  const jit = jitFor({ executor: 'pool', workers: 2 });

  test('arguments and results of every type, tables of host functions, a start function that waits', async () => {
    const notes: number[] = [];
    const program = await jit().compile(CALLBACKS, {
      filename: 'callbacks.wat',
      host: { ask: async (a: bigint, b: number) => a * BigInt(b * 2), pair: (value: { n: number }) => [value.n / 4, -1n], note: (n: number) => void notes.push(n) },
    });
    expect(await program.call('started')).toBe(5);
    expect(notes).toEqual([1]);
    expect(await program.call('through', [0, 10n])).toBe(19n);
    expect(await program.call('through', [1, -(2n ** 61n)])).toBe(-(2n ** 63n));
    expect(await program.call('pair', [{ n: 3 }])).toEqual([-1n, 0.75]);
    expect(await program.call('same', ['text'])).toBe('text');
    expect(await program.call('same', [null])).toBe(null);
  });

  test('a thousand calls wait at once, each with its own stack', async () => {
    let waiting = 0;
    let most = 0;
    const leaf = async (n: number): Promise<number> => {
      most = Math.max(most, ++waiting);
      await sleep(1);
      waiting--;
      return n;
    };
    const program = await jit().compile(FIB, { filename: 'fib.wat', host: { leaf } });
    const fibs = [0, 1, 1, 2, 3, 5, 8];
    const results = await Promise.all(Array.from({ length: 1000 }, (_, index) => program.call('fib', [index % 7])));
    expect(results).toEqual(Array.from({ length: 1000 }, (_, index) => fibs[index % 7]));
    expect(most).toBeGreaterThan(100);
  });
});

const KEEPER = `(module
  (import "host" "wait" (func $wait (param i32) (result i64)))
  (import "host" "both" (func $both (param i64 f64) (result f64 i64)))
  (type $t (func (param i32) (result i64 f64)))
  (memory 1 8) (table 1 externref) (global $g (mut f64) (f64.const 1))
  (table $f funcref (elem $deep))
  (func $deep (type $t) (local f64 i64)
    (drop (memory.grow (i32.const 1)))
    (call $both (call $wait (local.get 0)) (f64.reinterpret_i64 (i64.const -1)))
    (local.set 2) (local.set 1) (local.get 2) (local.get 1))
  (func (export "keep") (param $n i32) (param $e externref) (result i64 externref i32 f64) (local $sum i64) (local $x f64)
    (table.set 0 (i32.const 0) (local.get $e))
    (loop $again
      (i64.store offset=8 (i32.mul (local.get $n) (i32.const 16)) (i64.extend_i32_u (local.get $n)))
      (call_indirect $f (type $t) (local.get $n) (i32.const 0))
      (local.set $x)
      (i64.load offset=8 (i32.mul (local.get $n) (i32.const 16)))
      (local.set $sum (i64.add (i64.add (local.get $sum))))
      (global.set $g (f64.add (global.get $g) (f64.const 0.5)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum) (table.get 0 (i32.const 0)) (memory.size) (f64.add (global.get $g) (local.get $x))))`;

describe.each([['v8'], ['interpreter']] as const)('what lives across awaits, on %s', (engine) => {
  const jit = jitFor({ executor: 'inline', engine, limits: { ...LIMITS, collectEvery: 1 } });

  test('memory that moves, references, 64-bit values that look like pointers, while everything dead is overwritten', async () => {
    const seen: unknown[] = [];
    const host = {
      wait: async (n: number) => (0xfffan << 48n) + BigInt(n),
      both: (a: bigint, b: number) => {
        seen.push(a, b);
        return [-0, a];
      },
    };
    const program = await jit().compile(KEEPER, { filename: 'keeper.wat', host });
    const tagged = BigInt.asIntN(64, 0xfffan << 48n);
    const sum = BigInt.asIntN(64, 3n * tagged + 2n * (1n + 2n + 3n));
    expect(await program.call('keep', [3, { kept: [1, 'two'] }])).toEqual([sum, { kept: [1, 'two'] }, 4, 2.5]);
    expect(seen).toEqual([tagged + 3n, NaN, tagged + 2n, NaN, tagged + 1n, NaN]);
  });
});

describe('places', () => {
  const jit = jitFor({ executor: 'inline' });
  const TRAPS = `(module (memory 1)
  (func (export "load") (param $where i32) (result i32)
    local.get $where i32.load
    local.get $where
    i32.load offset=4 i32.add)
  (func (export "folded") (param i32 i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.div_s (i32.const 1)
        (local.get 1)))
      (else (block (br_if 0 (local.get 1))
        unreachable)
        (i32.const 0)))))`;

  test.each([
    ['load', [65536], 3, 22],
    ['load', [65532], 5, 5],
    ['folded', [1, 0], 8, 14],
    ['folded', [0, 0], 11, 9],
  ])('%s%j traps at line %i, column %i', async (name, args, line, column) => {
    const program = await jit().compile(TRAPS, { filename: 'traps.wat' });
    await expect(program.call(name, args)).rejects.toMatchObject({ code: 'TRAP', line, column });
  });
});

describe('modules in binary', () => {
  const jit = jitFor({ executor: 'inline' });
  const bytes = (text: string, customs: readonly (readonly [string, readonly number[]])[] = []): Uint8Array =>
    Uint8Array.of(...assemble('m.wat', text), ...customs.flatMap(([name, contents]) => [0, 1 + name.length + contents.length, name.length, ...Buffer.from(name), ...contents]));
  const LEAF = '(import "host" "leaf" (func $leaf (result i32)))';

  test('run as those in text do', async () => {
    const program = await jit().compile(bytes(`(module ${LEAF} (func (export "twice") (result i32) (i32.add (call $leaf) (call $leaf))))`), { host: { leaf: async () => 21 } });
    expect(await program.call('twice')).toBe(42);
  });

  test.each([
    ['a custom section', [['brolga.async', [1, 0]]], {}, {}],
    ['a flag', [], { asyncImports: ['leaf'] }, {}],
    ['a flag with the module', [], { asyncImports: ['host.leaf'] }, {}],
    ['the host', [], {}, { leaf: async () => 1 }],
  ] as const)('%s makes an import async', async (_, customs, options, host) => {
    const module = bytes(`(module ${LEAF} (func $s (drop (call $leaf))) (start $s))`, customs);
    await expect(jit().compile(module, { host: { leaf: () => 1, ...host }, ...options })).rejects.toMatchObject({ number: 'BR3005' });
    await expect(jit().compile(bytes(`(module ${LEAF} (func $s (drop (call $leaf))) (start $s))`), { host: { leaf: () => 1 } })).resolves.toBeDefined();
  });

  test('instructions beyond 2.0 are refused by their place', async () => {
    const vector = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 0x41, 0, 0xfd, 15, 0x1a, 0x0b);
    await expect(jit().compile(vector, {})).rejects.toMatchObject({ code: 'UNSUPPORTED', number: 'BR3001', message: expect.stringContaining('0xfd') });
  });
});

describe('refusals', () => {
  const jit = jitFor({ executor: 'inline' });
  const compile = (text: string, host = {}): Promise<Program> => jit().compile(text, { filename: 'm.wat', host });
  const LEAF = '(import "host" "leaf" (func async $leaf))';

  test.each([
    ['text that does not parse', '(module\n  (func (foo)))', { code: 'SYNTAX', line: 2, column: 10 }],
    ['text that does not close', '(module\n  (func async ', { code: 'SYNTAX', line: 2, column: 3 }],
    ['a body of the wrong type', '(module\n  (func (result i32) (i64.const 1)))', { code: 'TYPE', line: 2 }],
    ['an imported memory', '(module (import "host" "memory" (memory 1)))', { code: 'UNSUPPORTED', number: 'BR3002' }],
    ['a funcref for the host', '(module (import "host" "f" (func (param funcref))))', { code: 'UNSUPPORTED', number: 'BR3003' }],
    ['a sync function that waits', `(module ${LEAF} (func $mid (call $leaf)) (func sync $f (call $mid)))`, { number: 'BR3004', message: expect.stringContaining('f is typed sync, but calls mid, which calls the async import "host" "leaf", (func async)') }],
    ['a start function that waits', `(module ${LEAF} (func $s (call $leaf)) (start $s))`, { number: 'BR3005', message: expect.stringContaining('start functions are') }],
    ['vectors', '(module (func (result v128) (v128.const i32x4 0 0 0 0)))', { code: 'SYNTAX' }],
  ])('%s', async (_, text, error) => {
    await expect(compile(text, { leaf: async () => {} })).rejects.toMatchObject({ name: 'CompileError', ...error });
  });

  test.each([
    ['folded', `(module (func (result i32) ${'(i32.eqz '.repeat(5000)}(i32.const 1)${')'.repeat(5000)}))`],
    ['flat', `(module (func ${'block '.repeat(5000)}${'end '.repeat(5000)}))`],
    ['unclosed', '('.repeat(100_000)],
  ])('text that is nested too deeply, %s, after which others compile', async (_, text) => {
    await expect(compile(text)).rejects.toMatchObject({ name: 'CompileError' });
    expect(await (await compile(`(module (func (export "one") (result i32) (i32.const ${text.length})))`)).call('one')).toBe(text.length);
  });

  test('an assembler that fails is made anew', async () => {
    await assemblerReady();
    // Past the check of nesting, which a defect may be as well.
    expect(() => assemble('m.wat', `(module (func ${'(block '.repeat(3000)}${')'.repeat(3000)}))`)).toThrow(CompileError);
    expect(await (await compile('(module (func (export "one") (result i32) (i32.const 1)))')).call('one')).toBe(1);
  });

  test('a host function that is missing', async () => {
    await expect(compile(`(module ${LEAF})`)).rejects.toMatchObject({ code: 'UNKNOWN_HOST_FUNCTION' });
  });

  test('bytes that are no module', async () => {
    await expect(jit().compile(Uint8Array.of(0, 1, 2, 3), { filename: 'm.wasm' })).rejects.toMatchObject({ name: 'CompileError', number: 'BR3006' });
  });
});
