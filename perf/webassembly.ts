/**
 * WebAssembly modules that wait for the host: a recursive `$fib` with a host call at each leaf, many calls at once, beside
 * Binaryen's Asyncify and the same in JavaScript; and from a module's text to something that runs.
 */
import { createJit } from '../index.js';
import { compare, rounds, type Figure, type Row } from './figure.js';
import { asyncifyCall, asyncifyModule } from './peers/asyncify.js';

const module = (serial: number): string => `(module
  (import "host" "leaf" (func $leaf (param i32) (result i32)))
  (memory (export "memory") 1)
  (global i32 (i32.const ${serial}))
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (call $leaf (local.get $n)))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1))) (call $fib (i32.sub (local.get $n) (i32.const 2))))))))`;

const CALLS = 1000;
const N = 8;
/** Leaves of fib(8), and of one call in each round. */
const LEAVES = 34;

/** Settles in a later macrotask, as host calls of guests do; calls that come together are answered together. */
function leafOf(): (n: number) => Promise<number> {
  let waiting: (() => void)[] = [];
  const answer = (): void => {
    const ready = waiting;
    waiting = [];
    for (const each of ready) each();
  };
  return (n) =>
    new Promise((resolve) => {
      if (waiting.push(() => resolve(n)) === 1) setImmediate(answer);
    });
}

async function nativeFib(leaf: (n: number) => Promise<number>, n: number): Promise<number> {
  if (n < 2) return leaf(n);
  return (await nativeFib(leaf, n - 1)) + (await nativeFib(leaf, n - 2));
}

const all = (call: () => Promise<unknown>): Promise<unknown> => Promise.all(Array.from({ length: CALLS }, call));

export const webassembly: Figure = {
  id: 'webassembly',
  title: 'WebAssembly modules that wait for the host',
  async measure(progress): Promise<Row[]> {
    const limits = { fuel: 1e15, timeoutMs: 600_000, arenaMiB: 512 };
    const pool = await createJit({ workers: 1, limits });
    const inline = await createJit({ executor: 'inline', limits });
    try {
      const leaf = leafOf();
      const host = { leaf: async (n: number) => n };
      const onPool = await pool.compile(module(0), { filename: 'fib.wat', host });
      const inPlace = await inline.compile(module(0), { filename: 'fib.wat', host });
      const asyncify = asyncifyModule(module(0));
      let serial = 1;
      const operations = CALLS * LEAVES;
      const times = await rounds(
        [
          { name: 'brolga on the pool', operations, run: () => all(() => onPool.call('fib', [N])) },
          { name: 'brolga inline', operations, run: () => all(() => inPlace.call('fib', [N])) },
          { name: 'Asyncify', operations, run: () => all(() => asyncifyCall(asyncify, leaf, N)) },
          { name: 'native await', operations, run: () => all(() => nativeFib(leaf, N)) },
          { name: 'text to program', operations: 1, run: () => inline.compile(module(serial++), { filename: 'fib.wat', host }) },
          { name: 'text through Asyncify', operations: 1, run: async () => asyncifyModule(module(serial++)) },
        ],
        progress,
      );
      return compare(times, [
        { figure: 'Wasm', what: 'host call of 1,000 calls at once', brolga: 'brolga on the pool', peer: 'Asyncify', atMost: 1 },
        { figure: 'Wasm', what: 'host call of 1,000 calls at once', brolga: 'brolga inline', peer: 'Asyncify', atMost: 1 },
        { figure: 'Wasm', what: 'host call of 1,000 calls at once', brolga: 'brolga inline', peer: 'native await', atMost: 1 },
        { figure: 'P8', what: 'WAT to a program', brolga: 'text to program', peer: 'text through Asyncify', atMost: 1 },
      ]);
    } finally {
      await pool.close();
      await inline.close();
    }
  },
};
