/**
 * Replaces uses of values: operands of instructions, operands and target arguments of terminators.
 */
import { targetsOf, type BasicBlock, type IrFunction, type Terminator } from '../../ir/function.js';
import type { Value } from '../../ir/types.js';

/** Replaces each key by its value, once: a replacement is not looked up again. Says whether anything was. */
export function substituteInBlock(block: BasicBlock, replacements: ReadonlyMap<Value, Value>): boolean {
  let changed = false;
  for (const { operands } of block.instructions) changed = substituteInList(operands, replacements) || changed;
  return block.terminator ? substituteInTerminator(block.terminator, replacements) || changed : changed;
}

/** Replaces throughout a function; chains of replacements are followed to their end, so they must not be circular. */
export function substitute(func: IrFunction, replacements: ReadonlyMap<Value, Value>): boolean {
  if (replacements.size === 0) return false;
  const resolved = resolveChains(replacements);
  let changed = false;
  for (const block of func.blocks) if (block) changed = substituteInBlock(block, resolved) || changed;
  return changed;
}

export function substituteInTerminator(terminator: Terminator, replacements: ReadonlyMap<Value, Value>): boolean {
  let changed = false;
  const one = (value: Value): Value => {
    const replacement = replacements.get(value);
    if (replacement === undefined) return value;
    changed = true;
    return replacement;
  };
  switch (terminator.kind) {
    case 'brif':
      terminator.condition = one(terminator.condition);
      break;
    case 'br_table':
      terminator.index = one(terminator.index);
      break;
    case 'return':
      changed = substituteInList(terminator.values, replacements);
      break;
    case 'await':
      terminator.operand = one(terminator.operand);
      break;
    case 'await_call':
      changed = substituteInList(terminator.operands, replacements);
      break;
    case 'jump':
    case 'trap':
      break;
  }
  for (const { args } of targetsOf(terminator)) changed = substituteInList(args, replacements) || changed;
  return changed;
}

function substituteInList(values: Value[], replacements: ReadonlyMap<Value, Value>): boolean {
  let changed = false;
  values.forEach((value, index) => {
    const replacement = replacements.get(value);
    if (replacement === undefined) return;
    values[index] = replacement;
    changed = true;
  });
  return changed;
}

function resolveChains(replacements: ReadonlyMap<Value, Value>): Map<Value, Value> {
  const resolved = new Map<Value, Value>();
  for (const start of replacements.keys()) {
    const path: Value[] = [];
    let end = start;
    for (let next = replacements.get(end); next !== undefined; next = replacements.get(end)) {
      const known = resolved.get(end);
      if (known !== undefined) {
        end = known;
        break;
      }
      path.push(end);
      end = next;
    }
    for (const value of path) resolved.set(value, end);
  }
  return resolved;
}
