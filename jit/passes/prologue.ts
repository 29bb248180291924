/**
 * Puts code in front of what a function's entry block, or another block, holds.
 *
 * Needs a complete block. The new code may branch: what the block held goes on where the new code ends.
 */
import { Builder } from '../../ir/builder.js';
import { blockOf, type IrFunction } from '../../ir/function.js';
import { blockId, type Block } from '../../ir/types.js';
import type { PassContext } from './context.js';

export function addPrologue<T>(func: IrFunction, context: PassContext, emit: (build: Builder) => T, at: Block = blockId(0)): T {
  const entry = blockOf(func, at);
  const { instructions, terminator } = entry;
  entry.instructions = [];
  entry.terminator = null;
  const build = new Builder(func, context.symbols);
  build.location = func.location;
  build.switchTo(at);
  const made = emit(build);
  const rest = blockOf(func, build.current);
  rest.instructions.push(...instructions);
  rest.terminator = terminator;
  return made;
}
