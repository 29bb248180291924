/**
 * Copies of functions: a whole one, or its blocks into another function.
 *
 * Needs nothing. Promises that copy and original share no array, so that each can be changed without the other.
 */
import { addBlock, addValue } from './builder.js';
import { blockOf, type BasicBlock, type IrFunction, type SourceLocation, type Target, type Terminator } from './function.js';
import type { Block, Value } from './types.js';

/** A copy with the same ids under another name. */
export function cloneFunction(func: IrFunction, name: string): IrFunction {
  const same = { value: (value: Value): Value => value, block: (block: Block): Block => block };
  return {
    ...func,
    name,
    params: [...func.params],
    results: [...func.results],
    valueTypes: [...func.valueTypes],
    valueNames: new Map(func.valueNames),
    blocks: func.blocks.map((block) => block && cloneBlock(block, same)),
  };
}

/** Where the blocks of a function went. */
export interface Copies {
  /** By the original's id; holes stay. */
  readonly blocks: ReadonlyMap<Block, Block>;
  readonly values: ReadonlyMap<Value, Value>;
}

/**
 * Adds copies of all blocks of `source` to `into`, with ids of their own. What has no place in the source gets `location`.
 * Entry parameters stay parameters of the entry's copy.
 */
export function copyBlocks(source: IrFunction, into: IrFunction, location: SourceLocation | undefined): Copies {
  const values = new Map<Value, Value>();
  const value = (old: Value): Value => {
    const known = values.get(old);
    if (known !== undefined) return known;
    const type = source.valueTypes[old];
    if (!type) throw new Error(`${source.name} has no v${old}`);
    const made = addValue(into, type);
    values.set(old, made);
    return made;
  };
  const blocks = new Map<Block, Block>();
  source.blocks.forEach((block, index) => {
    if (block) blocks.set(index as Block, addBlock(into)); // an index of blocks is a block's id
  });
  const block = (old: Block): Block => {
    const found = blocks.get(old);
    if (found === undefined) throw new Error(`${source.name} has no block${old}`);
    return found;
  };
  for (const [old, made] of blocks) into.blocks[made] = cloneBlock(blockOf(source, old), { value, block, location });
  return { blocks, values };
}

interface Renaming {
  value(old: Value): Value;
  block(old: Block): Block;
  readonly location?: SourceLocation | undefined;
}

function cloneBlock({ params, instructions, terminator }: BasicBlock, names: Renaming): BasicBlock {
  const rename = names.value;
  return {
    params: params.map(rename),
    instructions: instructions.map((instruction) => ({
      ...instruction,
      operands: instruction.operands.map(rename),
      immediates: [...instruction.immediates],
      results: instruction.results.map(rename),
      location: instruction.location ?? names.location,
    })),
    terminator: terminator && cloneTerminator(terminator, names),
  };
}

function cloneTerminator(terminator: Terminator, names: Renaming): Terminator {
  const rename = names.value;
  const target = ({ block, args }: Target): Target => ({ block: names.block(block), args: args.map(rename) });
  const location = terminator.location ?? names.location;
  switch (terminator.kind) {
    case 'jump':
      return { kind: 'jump', target: target(terminator.target), location };
    case 'brif':
      return { kind: 'brif', condition: rename(terminator.condition), then: target(terminator.then), else: target(terminator.else), location };
    case 'br_table':
      return { kind: 'br_table', index: rename(terminator.index), targets: terminator.targets.map(target), otherwise: target(terminator.otherwise), location };
    case 'return':
      return { kind: 'return', values: terminator.values.map(rename), location };
    case 'trap':
      return { kind: 'trap', code: terminator.code, location };
    case 'await':
      return { kind: 'await', operand: rename(terminator.operand), ok: target(terminator.ok), error: target(terminator.error), location };
    case 'await_call': {
      const { callee, operands, ok, error } = terminator;
      return { kind: 'await_call', callee, operands: operands.map(rename), ok: target(ok), error: target(error), location };
    }
  }
}
