/**
 * Tidies a function after SSA construction: drops unreachable blocks and block parameters that always get one value.
 *
 * Promises a function without holes among reachable blocks' arguments; ids of blocks and values stay.
 */
import { blockOf, suppliedParams, targetsOf, type IrFunction, type Target, type Terminator } from '../../../ir/function.js';
import { blockId, type Block, type Value } from '../../../ir/types.js';

export function cleanUp(func: IrFunction): void {
  dropUnreachable(func);
  dropRedundantParams(func);
}

function dropUnreachable(func: IrFunction): void {
  const reached = new Set<Block>([blockId(0)]);
  const work = [blockId(0)];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    const { terminator } = blockOf(func, block);
    for (const { block: next } of terminator ? targetsOf(terminator) : []) {
      if (!reached.has(next)) {
        reached.add(next);
        work.push(next);
      }
    }
  }
  func.blocks.forEach((_, index) => {
    if (!reached.has(blockId(index))) func.blocks[index] = null;
  });
}

interface IncomingEdge {
  readonly target: Target;
  readonly supplied: number;
}

function incomingEdges(func: IrFunction): Map<Block, IncomingEdge[]> {
  const incoming = new Map<Block, IncomingEdge[]>();
  for (const block of func.blocks) {
    if (!block?.terminator) continue;
    const supplied = suppliedParams(block.terminator);
    for (const target of targetsOf(block.terminator)) {
      const list = incoming.get(target.block);
      if (list) list.push({ target, supplied });
      else incoming.set(target.block, [{ target, supplied }]);
    }
  }
  return incoming;
}

/** A parameter whose arguments are itself and one other value is that value. */
function dropRedundantParams(func: IrFunction): void {
  const incoming = incomingEdges(func);
  const replaced = new Map<Value, Value>();
  const resolve = (value: Value): Value => {
    let root = value;
    for (let next = replaced.get(root); next !== undefined; next = replaced.get(root)) root = next;
    for (let at = value; at !== root; ) {
      const next = replaced.get(at) ?? root;
      replaced.set(at, root);
      at = next;
    }
    return root;
  };
  const onlyArgument = (edges: readonly IncomingEdge[], index: number, param: Value): Value | undefined => {
    let only: Value | undefined;
    for (const { target, supplied } of edges) {
      const argument = target.args[index - supplied];
      if (argument === undefined) return undefined;
      const value = resolve(argument);
      if (value === param || value === only) continue;
      if (only !== undefined) return undefined;
      only = value;
    }
    return only;
  };
  for (let changed = true; changed; ) {
    changed = false;
    func.blocks.forEach((block, blockIndex) => {
      if (!block || blockIndex === 0) return;
      const edges = incoming.get(blockId(blockIndex)) ?? [];
      block.params.forEach((param, index) => {
        if (replaced.has(param)) return;
        const only = onlyArgument(edges, index, param);
        if (only === undefined) return;
        replaced.set(param, only);
        changed = true;
      });
    });
  }
  if (replaced.size > 0) rewrite(func, incoming, replaced, resolve);
}

function rewrite(
  func: IrFunction,
  incoming: ReadonlyMap<Block, readonly IncomingEdge[]>,
  replaced: ReadonlyMap<Value, Value>,
  resolve: (value: Value) => Value,
): void {
  func.blocks.forEach((block, blockIndex) => {
    if (!block) return;
    const kept = block.params.map((param) => !replaced.has(param));
    for (const { target, supplied } of incoming.get(blockId(blockIndex)) ?? []) {
      target.args = target.args.filter((_, index) => kept[index + supplied]);
    }
    block.params = block.params.filter((param) => !replaced.has(param));
    for (const instruction of block.instructions) instruction.operands = instruction.operands.map(resolve);
    if (block.terminator) mapOperands(block.terminator, resolve);
  });
  for (const [value, root] of replaced) {
    const name = func.valueNames.get(value);
    if (name !== undefined && !func.valueNames.has(resolve(root))) func.valueNames.set(resolve(root), name);
    func.valueNames.delete(value);
  }
}

function mapOperands(terminator: Terminator, resolve: (value: Value) => Value): void {
  for (const target of targetsOf(terminator)) target.args = target.args.map(resolve);
  if (terminator.kind === 'brif') terminator.condition = resolve(terminator.condition);
  else if (terminator.kind === 'br_table') terminator.index = resolve(terminator.index);
  else if (terminator.kind === 'return') terminator.values = terminator.values.map(resolve);
  else if (terminator.kind === 'await') terminator.operand = resolve(terminator.operand);
  else if (terminator.kind === 'await_call') terminator.operands = terminator.operands.map(resolve);
}
