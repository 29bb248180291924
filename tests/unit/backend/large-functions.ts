/** Large functions of shapes that are hard on compilers, by a size parameter; each takes and gives an i32. */
import type { Builder } from '../../../ir/builder.js';
import type { IrModule } from '../../../ir/function.js';
import type { Block, Value } from '../../../ir/types.js';
import { single } from './rig.js';

const to = (block: Block, ...args: Value[]) => ({ block, args });
const make = (build: (b: Builder, x: Value) => void): IrModule => single(['i32'], ['i32'], build);

/** Diamond behind diamond. */
export const diamonds = (count: number): IrModule =>
  make((b, x) => {
    let sum = x;
    for (let index = 0; index < count; index++) {
      const [then, other, join] = [b.block(), b.block(), b.block('i32')];
      b.brif(b.op('i32.and', [sum, b.i32(1)]), to(then), to(other));
      b.switchTo(then);
      b.jump(join, b.op('i32.add', [sum, b.i32(index)]));
      b.switchTo(other);
      b.jump(join, b.op('i32.sub', [sum, x]));
      b.switchTo(join);
      sum = b.param(join, 0);
    }
    b.ret(sum);
  });

/** One `br_table`, all cases join; each case has values of its own. */
export const flatSwitch = (count: number): IrModule =>
  make((b, x) => {
    const cases = Array.from({ length: count }, () => b.block());
    const join = b.block('i32');
    const [first] = cases;
    if (first === undefined) return;
    b.terminate({ kind: 'br_table', index: x, targets: cases.map((block) => to(block)), otherwise: to(first) });
    cases.forEach((block, index) => {
      b.switchTo(block);
      const a = b.load('i32', x, 4 * index);
      const c = b.load('i32', x, 4 * index + 4);
      b.jump(join, b.op('i32.add', [b.op('i32.mul', [a, c]), b.op('i32.sub', [a, c])]));
    });
    b.switchTo(join);
    b.ret(b.param(join, 0));
  });

/** A loop around a flat switch: an interpreter, or a state machine. */
export const stateMachine = (count: number): IrModule =>
  make((b, x) => {
    const head = b.block('i32', 'i32');
    const exit = b.block('i32');
    b.jump(head, b.i32(0), x);
    b.switchTo(head);
    const [state, sum] = [b.param(head, 0), b.param(head, 1)];
    const cases = Array.from({ length: count }, () => b.block());
    b.terminate({ kind: 'br_table', index: state, targets: cases.map((block) => to(block)), otherwise: to(exit, sum) });
    cases.forEach((block, index) => {
      b.switchTo(block);
      const more = b.op('i32.add', [sum, b.i32(index)]);
      const next = b.op('i32.add', [state, b.i32(1)]);
      b.brif(b.op('i32.eqz', [more]), to(exit, more), to(head, next, more));
    });
    b.switchTo(exit);
    b.ret(b.param(exit, 0));
  });

/** `if (…) return` again and again. */
export const earlyReturns = (count: number): IrModule =>
  make((b, x) => {
    for (let index = 0; index < count; index++) {
      const [out, on] = [b.block(), b.block()];
      b.brif(b.op('i32.eq', [x, b.i32(index)]), to(out), to(on));
      b.switchTo(out);
      b.ret(b.op('i32.mul', [x, b.i32(3)]));
      b.switchTo(on);
    }
    b.ret(x);
  });

/** Loop behind loop. */
export const loopsInARow = (count: number): IrModule =>
  make((b, x) => {
    let sum = x;
    for (let index = 0; index < count; index++) {
      const [head, body, exit] = [b.block('i32', 'i32'), b.block(), b.block()];
      b.jump(head, sum, b.i32(2));
      b.switchTo(head);
      const [value, left] = [b.param(head, 0), b.param(head, 1)];
      b.brif(left, to(body), to(exit));
      b.switchTo(body);
      b.jump(head, b.op('i32.add', [value, b.i32(index)]), b.op('i32.sub', [left, b.i32(1)]));
      b.switchTo(exit);
      sum = value;
    }
    b.ret(sum);
  });

/** Error edges of many calls, each to a small block of its own and then to one handler. */
export const errorEdges = (count: number): IrModule =>
  make((b, x) => {
    const handler = b.block('i32');
    let sum = x;
    for (let index = 0; index < count; index++) {
      const [failed, on] = [b.block(), b.block()];
      const status = b.load('i32', x, 8);
      const value = b.load('i32', x, 4 * index);
      b.store('i32', x, 0, sum);
      b.brif(status, to(failed), to(on));
      b.switchTo(failed);
      b.store('i32', x, 4, b.i32(index));
      b.jump(handler, value);
      b.switchTo(on);
      sum = b.op('i32.add', [sum, value]);
    }
    b.ret(sum);
    b.switchTo(handler);
    b.ret(b.op('i32.sub', [b.i32(0), b.param(handler, 0)]));
  });

/** Many values that live long at once. */
export const manyLive = (count: number): IrModule =>
  make((b, x) => {
    const values = Array.from({ length: count }, (_, index) => b.load('i32', x, 4 * index));
    b.store('i32', x, 0, b.i32(0));
    const join = b.block();
    b.jump(join);
    b.switchTo(join);
    b.ret(values.reduce((sum, value) => b.op('i32.add', [b.op('i32.mul', [sum, b.i32(31)]), value]), x));
  });

export const SHAPES = { diamonds, flatSwitch, stateMachine, earlyReturns, loopsInARow, errorEdges, manyLive };
