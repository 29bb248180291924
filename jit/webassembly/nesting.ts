/** Bounds how deep a module's text is nested: the assembler recurs over it, with a small stack that nothing guards. */
import { diagnosticAt } from '../diagnostics.js';
import { CompileError } from '../errors.js';
import type { Expression } from './s-expressions.js';
import type { WasmSource } from './refusals.js';

/** The assembler has been seen to fail at 150. */
export const MAX_NESTING = 120;

const OPENING: ReadonlySet<string> = new Set(['block', 'loop', 'if']);

/** Refuses text whose parentheses and blocks, folded or flat, are nested deeper than MAX_NESTING. */
export function checkNesting(expressions: readonly Expression[], source: WasmSource): void {
  const work: { readonly items: readonly Expression[]; readonly depth: number }[] = [{ items: expressions, depth: 0 }];
  for (let list = work.pop(); list; list = work.pop()) {
    let flat = 0;
    for (const [index, item] of list.items.entries()) {
      const depth = list.depth + flat + 1;
      if (depth > MAX_NESTING) throw tooDeep(source, item.start);
      if (item.kind === 'list') work.push({ items: item.items, depth });
      // The first word of a list is the list's own.
      else if (index > 0 && OPENING.has(item.text)) flat++;
      else if (index > 0 && item.text === 'end') flat = Math.max(0, flat - 1);
    }
  }
}

export const tooDeep = ({ filename, text }: WasmSource, start: number): CompileError =>
  new CompileError([diagnosticAt('SOURCE_LIMIT', '', `the text is nested more than ${MAX_NESTING} deep, which its assembler cannot take: give the module in binary`, { file: filename, text, start, length: 1 })]);
