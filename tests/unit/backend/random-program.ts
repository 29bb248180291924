/**
 * Random programs for the back end: small structured programs as plain data that fast-check can shrink, and their
 * translation to IR with block parameters. All control flow is reducible and ends: loops count down.
 */
import fc from 'fast-check';
import { Builder, symbolTypesOf } from '../../../ir/builder.js';
import { createFunction, createModule, type IrModule } from '../../../ir/function.js';
import type { Opcode } from '../../../ir/opcodes.js';
import type { Block, Type, Value } from '../../../ir/types.js';

type Kind = 'i32' | 'i64' | 'f64';

export type Expression =
  | { readonly at: 'const'; readonly number: number }
  | { readonly at: 'variable'; readonly index: number }
  | { readonly at: 'binary'; readonly operator: number; readonly left: Expression; readonly right: Expression }
  | { readonly at: 'load'; readonly address: Expression }
  | { readonly at: 'global' }
  | { readonly at: 'select'; readonly condition: Expression; readonly then: Expression; readonly other: Expression }
  | { readonly at: 'call'; readonly first: Expression; readonly second: Expression };

export type Statement =
  | { readonly do: 'set'; readonly index: number; readonly value: Expression }
  | { readonly do: 'rotate'; readonly by: number }
  | { readonly do: 'store'; readonly address: Expression; readonly value: Expression }
  | { readonly do: 'global'; readonly value: Expression }
  | { readonly do: 'if'; readonly condition: Expression; readonly then: Statement[]; readonly other: Statement[] }
  | { readonly do: 'while'; readonly turns: number; readonly body: Statement[]; readonly bottomTested: boolean }
  | { readonly do: 'switch'; readonly index: Expression; readonly cases: Statement[][] }
  | { readonly do: 'break' | 'continue'; readonly levels: number; readonly condition: Expression }
  | { readonly do: 'return' };

/** Kinds of the variables; parameters are the first two of each. */
const VARIABLES: readonly Kind[] = ['i32', 'i32', 'i64', 'i64', 'f64', 'f64', 'i32', 'i64', 'f64', 'i32'];
export const PARAMS: readonly Type[] = VARIABLES.slice(0, 6);

const OPERATORS: Readonly<Record<Kind, readonly Opcode[]>> = {
  i32: ['i32.add', 'i32.sub', 'i32.mul', 'i32.xor', 'i32.lt_s', 'i32.ge_u', 'i32.shr_u', 'i32.eq', 'i32.div_s'],
  i64: ['i64.add', 'i64.sub', 'i64.mul', 'i64.xor', 'i64.and', 'i64.shl', 'i64.rem_u'],
  f64: ['f64.add', 'f64.sub', 'f64.mul', 'f64.min', 'f64.copysign'],
};

const { expression, statement } = fc.letrec<{ expression: Expression; statement: Statement; block: Statement[] }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ at: fc.constant('const' as const), number: fc.integer({ min: -3, max: 40 }) }),
    fc.record({ at: fc.constant('variable' as const), index: fc.nat(9) }),
    fc.record({ at: fc.constant('global' as const) }),
    fc.record({ at: fc.constant('binary' as const), operator: fc.nat(20), left: tie('expression'), right: tie('expression') }),
    fc.record({ at: fc.constant('load' as const), address: tie('expression') }),
    fc.record({ at: fc.constant('select' as const), condition: tie('expression'), then: tie('expression'), other: tie('expression') }),
    fc.record({ at: fc.constant('call' as const), first: tie('expression'), second: tie('expression') }),
  ),
  block: fc.array(tie('statement'), { maxLength: 5, depthIdentifier: 'statement' }),
  statement: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'statement', withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('set' as const), index: fc.nat(9), value: tie('expression') }) },
    fc.record({ do: fc.constant('rotate' as const), by: fc.nat(3) }),
    fc.record({ do: fc.constant('store' as const), address: tie('expression'), value: tie('expression') }),
    fc.record({ do: fc.constant('global' as const), value: tie('expression') }),
    fc.record({ do: fc.constantFrom('break' as const, 'continue' as const), levels: fc.nat(2), condition: tie('expression') }),
    fc.record({ do: fc.constant('return' as const) }),
    { weight: 2, arbitrary: fc.record({ do: fc.constant('if' as const), condition: tie('expression'), then: tie('block'), other: tie('block') }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('while' as const), turns: fc.nat(4), body: tie('block'), bottomTested: fc.boolean() }),
    },
    fc.record({ do: fc.constant('switch' as const), index: tie('expression'), cases: fc.array(tie('block'), { maxLength: 4 }) }),
  ),
}));

export const programs: fc.Arbitrary<Statement[]> = fc.array(statement, { minLength: 1, maxLength: 12 });
export const expressions = expression;

/** Function `f` runs the program and returns all variables; `helper` reads and writes the global. */
export function translate(program: readonly Statement[]): IrModule {
  const module = createModule();
  module.globals.set('g', { name: 'g', type: 'i32', mutable: true, initial: 1 });
  const helper = createFunction('helper', { params: ['i32', 'i64'], results: ['i32', 'i64'] });
  module.functions.set('helper', helper);
  const builder = new Builder(helper, symbolTypesOf(module));
  const [x, y] = builder.entry();
  if (x === undefined || y === undefined) throw new Error('helper has two parameters');
  const old = builder.op('global.get', [], 'g');
  builder.emit('global.set', [builder.op('i32.add', [old, x])], 'g');
  builder.ret(builder.op('i32.xor', [old, x]), builder.op('i64.add', [y, builder.i64(1n)]));
  const func = createFunction('f', { params: PARAMS, results: VARIABLES });
  module.functions.set('f', func);
  module.exports.set('f', 'f');
  new Translation(new Builder(func, symbolTypesOf(module))).program(program);
  return module;
}

interface LoopTargets {
  readonly head: Block;
  readonly exit: Block;
  readonly bottomTested: boolean;
}

class Translation {
  #variables: Value[] = [];
  readonly #loops: { targets: LoopTargets; counter: Value }[] = [];

  constructor(readonly b: Builder) {}

  program(program: readonly Statement[]): void {
    const params = this.b.entry();
    this.#variables = VARIABLES.map((kind, index) => params[index] ?? this.#constant(kind, index));
    this.#statements(program);
    if (!this.b.closed) this.b.ret(...this.#variables);
  }

  #statements(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (this.b.closed) return;
      this.#statement(statement);
    }
  }

  #statement(statement: Statement): void {
    switch (statement.do) {
      case 'set':
        this.#variables[statement.index] = this.#expression(statement.value, VARIABLES[statement.index] ?? 'i32');
        return;
      case 'rotate':
        return this.#rotate(statement.by);
      case 'store':
        return this.b.store('i32', this.#address(statement.address), 8, this.#expression(statement.value, 'i32'));
      case 'global':
        this.b.emit('global.set', [this.#expression(statement.value, 'i32')], 'g');
        return;
      case 'return':
        return this.b.ret(...this.#variables);
      case 'if':
        return this.#branch([statement.then, statement.other], (targets) => {
          const [then, other] = targets;
          if (!then || !other) throw new Error('an if has two arms');
          this.b.brif(this.#expression(statement.condition, 'i32'), then, other);
        });
      case 'switch':
        return this.#branch([...statement.cases, []], (targets) => {
          const otherwise = targets.at(-1);
          if (!otherwise) throw new Error('a switch has a default');
          const index = this.#expression(statement.index, 'i32');
          // A case listed twice, and one with the default's target.
          const cases = [...targets.slice(0, -1), ...targets.slice(0, 1), otherwise];
          this.b.terminate({ kind: 'br_table', index, targets: cases, otherwise });
        });
      case 'while':
        return this.#loop(statement.turns, statement.body, statement.bottomTested);
      case 'break':
      case 'continue':
        return this.#leave(statement.do, statement.levels, this.#expression(statement.condition, 'i32'));
    }
  }

  /** Permutes the variables of each kind: no code, but moves at the next edge. */
  #rotate(by: number): void {
    const old = [...this.#variables];
    for (const kind of ['i32', 'i64', 'f64']) {
      const indices = VARIABLES.flatMap((other, index) => (other === kind ? [index] : []));
      indices.forEach((index, position) => {
        const from = old[indices[(position + by) % indices.length] ?? index];
        if (from !== undefined) this.#variables[index] = from;
      });
    }
  }

  /** Arms without parameters of their own, joined by a block with a parameter for each variable they change. */
  #branch(arms: readonly (readonly Statement[])[], dispatch: (targets: { block: Block; args: Value[] }[]) => void): void {
    const blocks = arms.map(() => this.b.block());
    dispatch(blocks.map((block) => ({ block, args: [] })));
    const before = this.#variables;
    const ends: { block: Block; variables: Value[] }[] = [];
    arms.forEach((arm, index) => {
      this.b.switchTo(blocks[index] ?? this.b.current);
      this.#variables = [...before];
      this.#statements(arm);
      if (!this.b.closed) ends.push({ block: this.b.current, variables: this.#variables });
    });
    if (ends.length === 0) return;
    const changed = before.map((_, index) => new Set(ends.map((end) => end.variables[index])).size > 1);
    const join = this.b.block(...VARIABLES.filter((_, index) => changed[index]));
    for (const end of ends) {
      this.b.switchTo(end.block);
      this.b.jump(join, ...end.variables.filter((_, index) => changed[index]));
    }
    this.b.switchTo(join);
    let next = 0;
    this.#variables = VARIABLES.map((_, index) => (changed[index] ? this.b.param(join, next++) : (ends[0]?.variables[index] ?? this.b.param(join, 0))));
  }

  #loop(turns: number, body: readonly Statement[], bottomTested: boolean): void {
    const head = this.b.block(...VARIABLES, 'i32');
    const exit = this.b.block(...VARIABLES);
    this.b.jump(head, ...this.#variables, this.b.i32(turns));
    this.b.switchTo(head);
    const params = VARIABLES.map((_, index) => this.b.param(head, index));
    const counter = this.b.param(head, VARIABLES.length);
    this.#loops.push({ targets: { head, exit, bottomTested }, counter });
    this.#variables = [...params];
    if (!bottomTested) {
      const inner = this.b.block();
      this.b.brif(counter, { block: inner, args: [] }, { block: exit, args: [...params] });
      this.b.switchTo(inner);
    }
    this.#statements(body);
    if (!this.b.closed) this.#again(this.#variables);
    this.#loops.pop();
    this.b.switchTo(exit);
    this.#variables = VARIABLES.map((_, index) => this.b.param(exit, index));
  }

  /** The back edge of the innermost loop. */
  #again(variables: readonly Value[]): void {
    const loop = this.#loops.at(-1);
    if (!loop) throw new Error('no loop');
    const { head, exit, bottomTested } = loop.targets;
    const left = this.b.op('i32.sub', [loop.counter, this.b.i32(1)]);
    if (!bottomTested) return this.b.jump(head, ...variables, left);
    const more = this.b.op('i32.gt_s', [left, this.b.i32(0)]);
    this.b.brif(more, { block: head, args: [...variables, left] }, { block: exit, args: [...variables] });
  }

  #leave(how: 'break' | 'continue', levels: number, condition: Value): void {
    const loop = this.#loops[this.#loops.length - 1 - levels];
    if (!loop) return;
    const { head, exit } = loop.targets;
    const rest = this.b.block();
    const variables = this.#variables;
    if (how === 'break') {
      this.b.brif(condition, { block: exit, args: [...variables] }, { block: rest, args: [] });
    } else {
      const left = this.b.op('i32.sub', [loop.counter, this.b.i32(1)]);
      const again = this.b.block();
      this.b.brif(condition, { block: again, args: [] }, { block: rest, args: [] });
      this.b.switchTo(again);
      const more = this.b.op('i32.gt_s', [left, this.b.i32(0)]);
      this.b.brif(more, { block: head, args: [...variables, left] }, { block: exit, args: [...variables] });
    }
    this.b.switchTo(rest);
  }

  #constant(kind: Kind, number: number): Value {
    return kind === 'i32' ? this.b.i32(number) : kind === 'i64' ? this.b.i64(BigInt(number)) : this.b.f64(number / 4);
  }

  /** In the first page, a multiple of four. */
  #address(expression: Expression): Value {
    return this.b.op('i32.and', [this.#expression(expression, 'i32'), this.b.i32(0xfc)]);
  }

  #expression(expression: Expression, kind: Kind): Value {
    switch (expression.at) {
      case 'const':
        return this.#constant(kind, expression.number);
      case 'variable':
        return this.#variable(expression.index, kind);
      case 'global':
        return this.#convert(this.b.op('global.get', [], 'g'), 'i32', kind);
      case 'binary': {
        const operators = OPERATORS[kind];
        const operator = operators[expression.operator % operators.length] ?? 'i32.add';
        const left = this.#expression(expression.left, kind);
        return this.b.op(operator, [left, this.#expression(expression.right, kind)]);
      }
      case 'load':
        return this.#convert(this.b.load('i32', this.#address(expression.address), 8), 'i32', kind);
      case 'select': {
        const condition = this.#expression(expression.condition, 'i32');
        const then = this.#expression(expression.then, kind);
        return this.b.op('select', [then, this.#expression(expression.other, kind), condition]);
      }
      case 'call': {
        const first = this.#expression(expression.first, 'i32');
        const [a, b] = this.b.call('helper', [first, this.#expression(expression.second, 'i64')]);
        if (a === undefined || b === undefined) throw new Error('helper has two results');
        return kind === 'i64' ? b : this.#convert(a, 'i32', kind);
      }
    }
  }

  #variable(index: number, kind: Kind): Value {
    const value = this.#variables[index];
    if (value === undefined) throw new Error(`no variable ${index}`);
    return this.#convert(value, VARIABLES[index] ?? 'i32', kind);
  }

  #convert(value: Value, from: Kind, to: Kind): Value {
    if (from === to) return value;
    const path = `${from} ${to}`;
    switch (path) {
      case 'i32 i64':
        return this.b.op('i64.extend_i32_s', [value]);
      case 'i64 i32':
        return this.b.op('i32.wrap_i64', [value]);
      case 'i32 f64':
        return this.b.op('f64.convert_i32_s', [value]);
      case 'i64 f64':
        return this.b.op('f64.convert_i64_s', [value]);
      case 'f64 i32':
        return this.b.op('i32.trunc_sat_f64_s', [value]);
      default:
        return this.b.op('i64.trunc_sat_f64_s', [value]);
    }
  }
}
