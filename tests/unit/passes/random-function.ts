/**
 * Makes async functions from a tape of numbers: structured control flow with awaits anywhere, variables of all types,
 * SSA made on the way. A shorter tape, or smaller numbers, makes a simpler function, so that failures shrink.
 *
 * `f(val, i32, f64) -> (val, i32)`, and `g(val) -> (val, i32)` for it to await.
 */
import { Builder } from '../../../ir/builder.js';
import { createFunction, type IrModule } from '../../../ir/function.js';
import type { Opcode } from '../../../ir/opcodes.js';
import type { Type, Value } from '../../../ir/types.js';
import { emptyModule } from './drive.js';
import { symbolTypesOf } from '../../../ir/builder.js';

/** The variables of a function: two of each type. */
const VARIABLES: readonly Type[] = ['val', 'i32', 'f64', 'i64', 'f32', 'ref', 'val', 'i32', 'f64', 'i64', 'f32', 'ref'];

type Environment = Value[];

interface LoopScope {
  readonly exit: { block: ReturnType<Builder['block']>; variables: readonly number[] };
  readonly next: { block: ReturnType<Builder['block']>; variables: readonly number[]; counter: Value };
}

export function randomModule(tape: readonly number[]): IrModule {
  const module = emptyModule();
  const half = Math.floor(tape.length / 4);
  module.functions.set('g', createFunction('g', { params: ['val'], results: ['val', 'i32'] }, 'async'));
  module.functions.set('f', createFunction('f', { params: ['val', 'i32', 'f64'], results: ['val', 'i32'] }, 'async'));
  new Generator(module, 'g', tape.slice(0, half), false).generate();
  new Generator(module, 'f', tape.slice(half), true).generate();
  return module;
}

class Generator {
  readonly #build: Builder;
  #at = 0;

  constructor(
    module: IrModule,
    name: string,
    readonly tape: readonly number[],
    readonly mayCall: boolean,
  ) {
    const func = module.functions.get(name);
    if (!func) throw new Error(name);
    this.#build = new Builder(func, symbolTypesOf(module));
  }

  generate(): void {
    const build = this.#build;
    const params = build.entry();
    const environment = VARIABLES.map((type) => params.find((param) => build.func.valueTypes[param] === type) ?? this.#constant(type));
    build.func.valueNames.set(params[0] ?? environment[0]!, 'input'); // entry() gave a parameter
    const end = this.#statements(environment, 3, []);
    if (end) this.#finish(end, 1);
  }

  /** The next number of the tape, below a limit; 0 when it is used up. */
  #take(limit: number): number {
    return (this.tape[this.#at++] ?? 0) % limit;
  }

  #constant(type: Type): Value {
    const build = this.#build;
    const number = this.#take(100);
    switch (type) {
      case 'i32':
        return build.i32(number);
      case 'i64':
        return build.i64(BigInt(number));
      case 'f32':
        return build.op('f32.const', [], number);
      case 'f64':
        return build.f64(number);
      case 'ref':
        return build.op('ref.from_i32', [build.i32(number)]);
      case 'val':
        return build.val(BigInt(number));
    }
  }

  /** A statement list; undefined when control does not reach its end. */
  #statements(start: Environment, depth: number, loops: readonly LoopScope[]): Environment | undefined {
    let environment: Environment | undefined = start;
    for (let count = this.#take(5) + 1; count > 0 && environment && this.#at < this.tape.length; count--) {
      environment = this.#statement(environment, depth, loops);
    }
    return environment;
  }

  #statement(environment: Environment, depth: number, loops: readonly LoopScope[]): Environment | undefined {
    const kind = this.#take(12);
    if (kind < 4) return this.#assign(environment);
    if (kind < 7) return this.#await(environment);
    if (kind < 9 && depth > 0) return this.#branch(environment, depth, loops);
    if (kind < 11 && depth > 0) return this.#loop(environment, depth, loops);
    return this.#leave(environment, loops);
  }

  #assign(environment: Environment): Environment {
    const to = this.#take(VARIABLES.length);
    const type = VARIABLES[to] ?? 'i32';
    const a = environment[to]!; // one entry per variable
    const b = this.#as(environment[this.#take(VARIABLES.length)]!, type); // as above
    return with_(environment, to, this.#combine(type, a, b));
  }

  #combine(type: Type, a: Value, b: Value): Value {
    const build = this.#build;
    if (type === 'ref' || type === 'val') {
      const sum = this.#combine('i64', this.#as(a, 'i64'), this.#as(b, 'i64'));
      return this.#as(sum, type);
    }
    const ops: Readonly<Record<'i32' | 'i64' | 'f32' | 'f64', readonly Opcode[]>> = {
      i32: ['i32.add', 'i32.sub', 'i32.mul', 'i32.xor'],
      i64: ['i64.add', 'i64.sub', 'i64.mul'],
      f32: ['f32.add'],
      f64: ['f64.add', 'f64.sub'],
    };
    const list = ops[type];
    const other = this.#take(4) === 0 ? this.#constant(type) : b;
    return build.op(list[this.#take(list.length)] ?? list[0]!, [a, other]); // no list is empty
  }

  /** Converts between types without traps, by way of i32 where there is no straight way. */
  #as(value: Value, to: Type): Value {
    const build = this.#build;
    const from = build.func.valueTypes[value] ?? 'i32';
    if (from === to) return value;
    const i32 = (): Value => {
      switch (from) {
        case 'i32':
          return value;
        case 'i64':
          return build.op('i32.wrap_i64', [value]);
        case 'val':
          return build.op('i32.wrap_i64', [build.op('i64.from_val', [value])]);
        case 'ref':
          return build.op('i32.wrap_i64', [build.op('i64.from_val', [build.op('val.box', [value], 0xfffa)])]); // an address must not live across awaits
        case 'f64':
          return build.op('i32.trunc_sat_f64_s', [value]);
        case 'f32':
          return build.op('i32.trunc_sat_f64_s', [build.op('f64.promote_f32', [value])]);
      }
    };
    if (from === 'i64' && to === 'val') return build.op('val.from_i64', [value]);
    if (from === 'val' && to === 'i64') return build.op('i64.from_val', [value]);
    const word = i32();
    switch (to) {
      case 'i32':
        return word;
      case 'i64':
        return build.op('i64.extend_i32_s', [word]);
      case 'val':
        return build.op('val.from_i64', [build.op('i64.extend_i32_s', [word])]);
      case 'ref':
        return build.op('ref.from_i32', [word]);
      case 'f64':
        return build.op('f64.convert_i32_s', [word]);
      case 'f32':
        return build.op('f32.demote_f64', [build.op('f64.convert_i32_s', [word])]);
    }
  }

  /** Awaits a variable or a call into a `val` variable; a rejection returns, or goes on with another value. */
  #await(environment: Environment): Environment {
    const build = this.#build;
    const to = [0, 6][this.#take(2)] ?? 0;
    const operand = this.#as(environment[this.#take(VARIABLES.length)]!, 'val'); // one entry per variable
    const passes = this.#take(2) === 1;
    const extra = environment[this.#take(VARIABLES.length)]!; // as above
    const ok = passes ? build.block('val', build.func.valueTypes[extra] ?? 'i32') : build.block('val');
    const error = build.block('val');
    const okTarget = { block: ok, args: passes ? [extra] : [] };
    const errorTarget = { block: error, args: [] };
    if (this.mayCall && this.#take(3) === 0) {
      build.terminate({ kind: 'await_call', callee: 'g', operands: [operand], ok: okTarget, error: errorTarget });
    } else {
      build.terminate({ kind: 'await', operand, ok: okTarget, error: errorTarget });
    }
    build.switchTo(error);
    const recovers = this.#take(2) === 0;
    const join = build.block('val');
    if (recovers) build.jump(join, this.#combine('val', build.param(error, 0), environment[6]!)); // as above
    else this.#finish(with_(environment, 0, build.param(error, 0)), 2);
    build.switchTo(ok);
    build.jump(join, passes ? this.#combine('val', build.param(ok, 0), this.#as(build.param(ok, 1), 'val')) : build.param(ok, 0));
    build.switchTo(join);
    return with_(environment, to, build.param(join, 0));
  }

  #condition(environment: Environment): Value {
    const build = this.#build;
    const word = this.#as(environment[this.#take(VARIABLES.length)]!, 'i32'); // one entry per variable
    return build.op('i32.and', [word, build.i32(1 << this.#take(3))]);
  }

  #branch(environment: Environment, depth: number, loops: readonly LoopScope[]): Environment | undefined {
    const build = this.#build;
    const then = build.block();
    const otherwise = build.block();
    build.brif(this.#condition(environment), { block: then, args: [] }, { block: otherwise, args: [] });
    const ends = [then, otherwise].map((block) => {
      build.switchTo(block);
      const end = this.#statements([...environment], depth - 1, loops);
      return end && { block: build.current, environment: end };
    });
    const reached = ends.filter((end) => end !== undefined);
    if (reached.length === 0) return undefined;
    const changed = VARIABLES.flatMap((_, index) => (reached.some((end) => end.environment[index] !== environment[index]) ? [index] : []));
    const join = build.block(...changed.map((index) => VARIABLES[index]!)); // an index of the list
    for (const end of reached) {
      build.switchTo(end.block);
      build.jump(join, ...changed.map((index) => end.environment[index]!)); // as above
    }
    build.switchTo(join);
    return changed.reduce((so, index, position) => with_(so, index, build.param(join, position)), environment);
  }

  /** A loop of a few rounds over some of the variables; the others are invariant in it. */
  #loop(environment: Environment, depth: number, loops: readonly LoopScope[]): Environment {
    const build = this.#build;
    const carried = VARIABLES.flatMap((_, index) => (this.#take(3) === 0 ? [index] : []));
    const types = carried.map((index) => VARIABLES[index]!); // an index of the list
    const pick = (from: Environment): Value[] => carried.map((index) => from[index]!); // as above
    const header = build.block('i32', ...types);
    const body = build.block();
    const next = build.block(...types);
    const exit = build.block(...types);
    const rounds = build.i32(this.#take(4));
    build.jump(header, build.i32(0), ...pick(environment));
    build.switchTo(header);
    const counter = build.param(header, 0);
    const inLoop = carried.reduce((so, index, position) => with_(so, index, build.param(header, position + 1)), environment);
    const goesOn = build.op('i32.lt_s', [counter, rounds]);
    build.brif(goesOn, { block: body, args: [] }, { block: exit, args: pick(inLoop) });
    build.switchTo(body);
    const scope: LoopScope = { exit: { block: exit, variables: carried }, next: { block: next, variables: carried, counter } };
    const end = this.#statements([...inLoop], depth - 1, [...loops, scope]);
    if (end) build.jump(next, ...pick(end));
    build.switchTo(next);
    const nextCounter = build.op('i32.add', [counter, build.i32(1)]);
    build.jump(header, nextCounter, ...carried.map((_, position) => build.param(next, position)));
    build.switchTo(exit);
    return carried.reduce((so, index, position) => with_(so, index, build.param(exit, position)), environment);
  }

  /** Leaves or repeats a loop around, or returns; now and then only under a condition. */
  #leave(environment: Environment, loops: readonly LoopScope[]): Environment | undefined {
    const build = this.#build;
    const rest = build.block();
    const away = build.block();
    build.brif(this.#condition(environment), { block: away, args: [] }, { block: rest, args: [] });
    build.switchTo(away);
    const scope = loops[this.#take(loops.length + 1)];
    if (!scope) this.#finish(environment, 1);
    else {
      const target = this.#take(2) === 0 ? scope.exit : scope.next;
      build.jump(target.block, ...target.variables.map((index) => environment[index]!)); // an index of the list
    }
    build.switchTo(rest);
    return environment;
  }

  /** Returns a mixture of all variables. */
  #finish(environment: Environment, status: number): void {
    const build = this.#build;
    let sum = build.i64(BigInt(status));
    for (const value of environment) sum = build.op('i64.add', [build.op('i64.mul', [sum, build.i64(31n)]), this.#as(value, 'i64')]);
    build.ret(build.op('val.from_i64', [sum]), build.i32(status));
  }
}

const with_ = (environment: Environment, index: number, value: Value): Environment =>
  environment.map((old, position) => (position === index ? value : old));
