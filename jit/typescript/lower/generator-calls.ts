/** Calls of generator functions: g = new generator; (v, status) = body(0, 0, g, …); the generator, unless that threw. */
import type ts from 'typescript';
import type { Value } from '../../../ir/types.js';
import type { Unit } from './bindings.js';
import type { GuestBody } from './guest-body.js';
import type { Operand } from './representation.js';

export function callGenerator(body: GuestBody, unit: Unit, operands: readonly Value[], node: ts.Node): Operand {
  const { builder } = body;
  const generator = body.libValue(unit.async ? 'async_generator_new' : 'generator_new', [], node);
  const [value, status] = builder.call(unit.symbol, [body.zero('ref'), builder.i32(0), generator, ...operands]);
  if (value === undefined || status === undefined) throw new Error('the body of a generator has two results');
  return { rep: 'val', value: body.libValue('generator_started', [generator, value, status], node) };
}
