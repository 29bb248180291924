/**
 * Takes `async` and `sync` out of a module's text, where they follow `func`, and says which functions they stood at.
 *
 *   (import "host" "leaf" (func async $leaf (param i32) (result i32)))      (func sync $pure (result i32) …)
 *
 * The words become blanks, so that every place in the text stays the place it was. In a type, as in
 * `(type $t (func async))`, a mark says nothing that brolga would not find out itself.
 */
import { headOf, type Expression, type List } from './s-expressions.js';

export interface Marks {
  readonly text: string;
  /** Indices of functions marked `async`, and of those marked `sync`. */
  readonly async: ReadonlySet<number>;
  readonly sync: ReadonlySet<number>;
}

const MARKS = ['async', 'sync'] as const;

/** `expressions`: those of the text. */
export function takeMarks(text: string, expressions: readonly Expression[]): Marks {
  const marks = { async: new Set<number>(), sync: new Set<number>() };
  if (!/\bfunc\s*(?:async|sync)\b/.test(text)) return { text, ...marks };
  const blanked: List[] = [];
  let functions = 0;
  for (const field of fieldsOf(expressions)) {
    const described = functionOf(field);
    const list = described ?? typeOf(field);
    const mark = list && markOf(list);
    if (list && mark !== undefined) {
      blanked.push(list);
      if (described) marks[mark].add(functions);
    }
    if (described) functions++;
  }
  return { text: blanked.reduceRight(withoutMark, text), ...marks };
}

/** A module may be written without `(module …)` around its fields. */
export function fieldsOf(expressions: readonly Expression[]): Expression[] {
  const [first] = expressions;
  return first?.kind === 'list' && headOf(first) === 'module' ? first.items : [...expressions];
}

/** The `(func …)` of a field that adds to the functions' index space. */
export function functionOf(field: Expression): List | undefined {
  if (field.kind !== 'list') return undefined;
  if (headOf(field) === 'func') return field;
  if (headOf(field) !== 'import') return undefined;
  return field.items.find((item): item is List => item.kind === 'list' && headOf(item) === 'func');
}

function typeOf(field: Expression): List | undefined {
  if (field.kind !== 'list' || headOf(field) !== 'type') return undefined;
  return field.items.find((item): item is List => item.kind === 'list' && headOf(item) === 'func');
}

function markOf({ items }: List): 'async' | 'sync' | undefined {
  const [, word] = items;
  return word?.kind === 'atom' ? MARKS.find((mark) => mark === word.text) : undefined;
}

function withoutMark(text: string, { items }: List): string {
  const [, word] = items;
  return word ? text.slice(0, word.start) + ' '.repeat(word.end - word.start) + text.slice(word.end) : text;
}
