/**
 * Liveness by small functions, and what a suspension must keep.
 */
import { describe, expect, test } from '@jest/globals';
import { Builder } from '../../../ir/builder.js';
import { controlFlow } from '../../../ir/cfg.js';
import { createFunction, createModule } from '../../../ir/function.js';
import { symbolTypesOf } from '../../../ir/builder.js';
import { liveAcrossSuspension, liveness, suspendingBlocks } from '../../../ir/liveness.js';

const builderFor = (convention: 'plain' | 'async', params: ('i32' | 'val')[]): Builder => {
  const results = convention === 'async' ? (['val', 'i32'] as const) : (['i32'] as const);
  return new Builder(createFunction('f', { params, results }, convention), symbolTypesOf(createModule()));
};

/** The i-th parameter; a test that asks for another has a bug. */
const at = <T>(values: readonly T[], index: number): T => {
  const value = values[index];
  if (value === undefined) throw new Error(`no value ${index}`);
  return value;
};

describe('liveness', () => {
  test('a value used in a loop is live all around it, a parameter is not live into its own block', () => {
    const b = builderFor('plain', ['i32', 'i32']);
    const params = b.entry();
    const head = b.block('i32');
    const body = b.block();
    const exit = b.block();
    b.jump(head, at(params, 0));
    b.switchTo(head);
    const counter = b.param(head, 0);
    b.brif(counter, { block: body, args: [] }, { block: exit, args: [] });
    b.switchTo(body);
    const next = b.op('i32.sub', [counter, at(params, 1)]);
    b.jump(head, next);
    b.switchTo(exit);
    b.ret(counter);

    const { liveIn, liveOut } = liveness(b.func, controlFlow(b.func));
    expect(liveIn).toEqual([[], [1], [1, 2], [2]]);
    expect(liveOut).toEqual([[1], [1, 2], [1], []]);
  });

  test('branch arguments are used at the end of the branching block', () => {
    const b = builderFor('plain', ['i32']);
    const params = b.entry();
    const middle = b.block();
    const last = b.block('i32');
    b.jump(middle);
    b.switchTo(middle);
    b.jump(last, at(params, 0));
    b.switchTo(last);
    b.ret(b.param(last, 0));
    const { liveIn, liveOut } = liveness(b.func, controlFlow(b.func));
    expect(liveIn).toEqual([[], [0], []]);
    expect(liveOut).toEqual([[0], [], []]);
  });

  test('a suspension keeps what is used behind it and what it passes on, not its operand', () => {
    const b = builderFor('async', ['val', 'i32', 'i32', 'i32']);
    const params = b.entry();
    const ok = b.block('val', 'i32');
    const error = b.block('val');
    b.terminate({
      kind: 'await',
      operand: at(params, 0),
      ok: { block: ok, args: [at(params, 1)] },
      error: { block: error, args: [] },
    });
    b.switchTo(ok);
    b.ret(b.param(ok, 0), b.param(ok, 1));
    b.switchTo(error);
    b.ret(b.param(error, 0), at(params, 2));
    const flow = controlFlow(b.func);
    const lives = liveness(b.func, flow);
    expect(suspendingBlocks(b.func, flow)).toEqual([0]);
    expect(liveAcrossSuspension(b.func, lives, b.current)).toEqual([]);
    expect(liveAcrossSuspension(b.func, lives, at(flow.order, 0))).toEqual([1, 2]);
  });
});
