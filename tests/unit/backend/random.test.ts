/** Random programs give on V8 what the interpreter gives: results, memory, globals, traps. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { targetsOf, type IrModule } from '../../../ir/function.js';
import { Interpreter } from '../../../ir/interpret.js';
import { verifyModule } from '../../../ir/verify.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { instantiate, sharedMemory } from './rig.js';
import { programs, translate } from './random-program.js';

const INPUTS: (number | bigint)[][] = [
  [0, 1, 0n, 1n, 0, 1.5],
  [7, -3, -5n, 1000n, -0.25, 1e10],
  [-2147483648, 255, 2n ** 40n, -1n, NaN, 3],
];

interface Outcome {
  readonly results: readonly unknown[] | 'trap';
  readonly memory: string;
}

const digest = (bytes: Uint8Array): string => Buffer.from(bytes.slice(0, 512)).toString('hex');

function interpreted(module: IrModule, args: (number | bigint)[]): Outcome {
  const interpreter = new Interpreter(module);
  let results: Outcome['results'] = 'trap';
  try {
    results = interpreter.call('f', args);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'Trap') throw error;
  }
  return { results, memory: digest(new Uint8Array(interpreter.machine.memory.buffer)) };
}

function compiled(wasm: Uint8Array, args: (number | bigint)[]): Outcome {
  const memory = sharedMemory();
  const { f } = instantiate(wasm, memory);
  let results: Outcome['results'] = 'trap';
  try {
    results = f?.(...args) as unknown[]; // it has several results
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
  }
  return { results, memory: digest(new Uint8Array(memory.buffer)) };
}

/** Exchanges the first two arguments of one type on every edge. */
function withSwappedMoves(module: IrModule): IrModule {
  const func = module.functions.get('f');
  for (const block of func?.blocks ?? []) {
    for (const { args } of block?.terminator ? targetsOf(block.terminator) : []) {
      const [first, second] = args;
      if (first === undefined || second === undefined || func?.valueTypes[first] !== func?.valueTypes[second]) continue;
      args[0] = second;
      args[1] = first;
    }
  }
  return module;
}

describe('random programs', () => {
  test('agree with the interpreter', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const module = translate(program);
        expect(verifyModule(module)).toEqual([]);
        const { wasm } = emitModule(module);
        for (const input of INPUTS) expect(compiled(wasm, input)).toEqual(interpreted(module, input));
      }),
      { numRuns: Number(process.env['BROLGA_FUZZ_RUNS'] ?? 300) },
    );
  });

  test('the comparison finds a planted swap of two moves', () => {
    const outcome = fc.check(
      fc.property(programs, (program) => {
        const { wasm } = emitModule(withSwappedMoves(translate(program)));
        const module = translate(program);
        return INPUTS.every((input) => isDeepStrictEqual(compiled(wasm, input), interpreted(module, input)));
      }),
      { numRuns: 500 },
    );
    expect(outcome.failed).toBe(true);
  });
});
