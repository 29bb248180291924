/** Large functions stay small in what engines pay for: bytes, locals, nesting. */
import { describe, expect, test } from '@jest/globals';
import type { IrModule } from '../../../ir/function.js';
import { Interpreter } from '../../../ir/interpret.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { planFunction } from '../../../jit/backend/plan-function.js';
import { diamonds, earlyReturns, errorEdges, flatSwitch, loopsInARow, manyLive, SHAPES, stateMachine } from './large-functions.js';
import { run } from './rig.js';

function measure(module: IrModule): { bytes: number; locals: number; depth: number } {
  const func = module.functions.get('f');
  if (!func) throw new Error('no f');
  const plan = planFunction(func);
  let open = 0;
  let depth = 0;
  for (const { kind } of plan.items) {
    if (kind === 'open' || kind === 'if') depth = Math.max(depth, ++open);
    if (kind === 'end') open--;
  }
  const { wasm } = emitModule(module);
  expect(WebAssembly.validate(wasm)).toBe(true);
  return { bytes: wasm.length, locals: plan.locals.types.length, depth };
}

describe('large functions', () => {
  test.each(Object.entries(SHAPES))('%s: compute what the interpreter computes', (_, make) => {
    const module = make(60);
    const { f } = run(module);
    for (const x of [0, 1, 33, 59, 64]) expect([f?.(x)]).toEqual(new Interpreter(module).call('f', [x]));
  });

  test.each(Object.entries(SHAPES))('%s: size grows in proportion', (_, make) => {
    const [small, large] = [measure(make(400)), measure(make(1600))];
    expect(large.bytes).toBeLessThan(4.5 * small.bytes);
  });

  test.each([
    ['diamonds', diamonds(2000), { locals: 1, depth: 1 }],
    ['early returns', earlyReturns(2500), { locals: 0, depth: 4 }],
    ['loops in a row', loopsInARow(1700), { locals: 1, depth: 2 }],
    ['error edges', errorEdges(1700), { locals: 3, depth: 5 }],
  ])('%s: locals and nesting do not grow', (_, module, bound) => {
    const { locals, depth } = measure(module);
    expect(locals).toBeLessThanOrEqual(bound.locals);
    expect(depth).toBeLessThanOrEqual(bound.depth);
  });

  test('a flat dispatch of 2,000 states has a few locals, not one for each value', () => {
    expect(measure(flatSwitch(2000)).locals).toBe(1);
    expect(measure(stateMachine(2000)).locals).toBe(1);
  });

  test('values that are alive at once have a local each', () => {
    expect(measure(manyLive(300)).locals).toBe(300);
  });
});
