/**
 * Reads a script of the WebAssembly specification's test suite (`.wast`) into commands.
 *
 * Needs the reader of S-expressions; module texts stay texts. A form that is not known becomes a command of its own, so
 * that it is told and counted.
 */
import { headOf, readExpressions, stringBytes, stringText, type Expression, type List } from '../../jit/webassembly/s-expressions.js';

/** A module as a script gives it: `quoted` text may be anything, `binary` bytes too. */
export interface ModuleSource {
  readonly kind: 'text' | 'quoted' | 'binary';
  readonly name: string | null;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** `(i32.const 1)`, `(f32.const nan:canonical)`, `(ref.null func)`: the head, and what follows. */
export interface Constant {
  readonly head: string;
  readonly argument: string;
}

export interface Action {
  readonly kind: 'invoke' | 'get';
  readonly module: string | null;
  readonly field: string;
  readonly args: readonly Constant[];
}

export type Command = (
  | { readonly kind: 'module'; readonly module: ModuleSource }
  | { readonly kind: 'register'; readonly as: string; readonly module: string | null }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'assert_return'; readonly action: Action; readonly expected: readonly Constant[] }
  | { readonly kind: 'assert_trap' | 'assert_exhaustion'; readonly action: Action; readonly message: string }
  | { readonly kind: 'assert_trap_module' | 'assert_invalid' | 'assert_malformed' | 'assert_unlinkable'; readonly module: ModuleSource; readonly message: string }
  | { readonly kind: 'unknown'; readonly head: string }
) & { readonly line: number };

export function readScript(text: string): Command[] {
  const starts = lineStarts(text);
  const expressions = readExpressions(text);
  // A script may be the fields of one module, without `(module …)` around them.
  if (expressions.length > 0 && expressions.every((each) => FIELDS.has(headOf(each)))) {
    return [{ kind: 'module', module: { kind: 'text', name: null, text, bytes: new Uint8Array() }, line: 1 }];
  }
  return expressions.map((expression) => commandOf(text, expression, lineOf(starts, expression.start)));
}

const FIELDS: ReadonlySet<string> = new Set(['func', 'type', 'import', 'export', 'table', 'memory', 'global', 'elem', 'data', 'start']);

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function commandOf(text: string, expression: Expression, line: number): Command {
  const head = headOf(expression);
  if (expression.kind !== 'list') return { kind: 'unknown', head: expression.text, line };
  const [, first, second] = expression.items;
  switch (head) {
    case 'module':
      return { kind: 'module', module: moduleOf(text, expression), line };
    case 'register':
      return { kind: 'register', as: nameOf(first), module: second?.kind === 'atom' ? second.text : null, line };
    case 'invoke':
    case 'get':
      return { kind: 'action', action: actionOf(expression), line };
    case 'assert_return':
      return { kind: 'assert_return', action: actionOf(first), expected: expression.items.slice(2).map(constantOf), line };
    case 'assert_trap':
      if (headOf(first) === 'module') return { kind: 'assert_trap_module', module: moduleOf(text, first), message: nameOf(second), line };
      return { kind: 'assert_trap', action: actionOf(first), message: nameOf(second), line };
    case 'assert_exhaustion':
      return { kind: 'assert_exhaustion', action: actionOf(first), message: nameOf(second), line };
    case 'assert_invalid':
    case 'assert_malformed':
    case 'assert_unlinkable':
      return { kind: head, module: moduleOf(text, first), message: nameOf(second), line };
    default:
      return { kind: 'unknown', head, line };
  }
}

const nameOf = (expression: Expression | undefined): string => (expression?.kind === 'string' ? stringText(expression) : '');

function moduleOf(text: string, expression: Expression | undefined): ModuleSource {
  if (expression?.kind !== 'list') throw new Error('an assertion about a module has none');
  const rest = expression.items.slice(1);
  const [first] = rest;
  const name = first?.kind === 'atom' && first.text.startsWith('$') ? first.text : null;
  if (name !== null) rest.shift();
  const [word] = rest;
  const kind = word?.kind === 'atom' && word.text === 'binary' ? 'binary' : word?.kind === 'atom' && word.text === 'quote' ? 'quoted' : 'text';
  if (kind === 'text') return { kind, name, text: text.slice(expression.start, expression.end), bytes: new Uint8Array() };
  const bytes = concat(rest.flatMap((each) => (each.kind === 'string' ? [stringBytes(each)] : [])));
  return { kind, name, text: kind === 'quoted' ? new TextDecoder().decode(bytes) : '', bytes };
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function actionOf(expression: Expression | undefined): Action {
  const head = headOf(expression);
  if (expression?.kind !== 'list' || (head !== 'invoke' && head !== 'get')) throw new Error(`an assertion about ${head || 'nothing'}`);
  const rest = expression.items.slice(1);
  const [first] = rest;
  const module = first?.kind === 'atom' ? first.text : null;
  if (module !== null) rest.shift();
  return { kind: head, module, field: nameOf(rest[0]), args: rest.slice(1).map(constantOf) };
}

function constantOf(expression: Expression): Constant {
  const { items }: Pick<List, 'items'> = expression.kind === 'list' ? expression : { items: [expression] };
  const words = items.map((item) => (item.kind === 'list' ? '(…)' : item.text));
  return { head: words[0] ?? '', argument: words.slice(1).join(' ') };
}
