/**
 * Where instructions stand in a module's text: the keywords of each function's body, in the order in which the binary has
 * them. The assembler does not say, so the text is walked once more.
 *
 *   (i32.add (local.get 0) (i32.const 1))            local.get, i32.const, i32.add
 *   (if (local.get 0) (then (nop)) (else (nop)))     local.get, if, nop, else, nop, end
 *
 * Promises places only for a body whose keywords are the binary's, one by one; others have none.
 */
import { fieldsOf, functionOf } from './marks.js';
import type { FunctionBody, Instruction, WasmModule } from './module.js';
import { headOf, type Atom, type Expression, type List } from './s-expressions.js';

export interface Places {
  /** Of function definitions, by index of the definition. */
  readonly functions: readonly FunctionPlaces[];
  /** Of function imports, by index of the import among functions. */
  readonly imports: readonly number[];
}

interface FunctionPlaces {
  readonly at: number;
  readonly keywords: readonly Atom[];
}

const BLOCKS: ReadonlySet<string> = new Set(['block', 'loop', 'if']);
const PLAIN: ReadonlySet<string> = new Set([
  'br', 'br_if', 'br_table', 'return', 'call', 'call_indirect', 'drop', 'select', 'nop', 'unreachable', 'block', 'loop', 'if', 'else', 'end',
]);
const isKeyword = (text: string): boolean => PLAIN.has(text) || /^(?:[if](?:32|64)|local|global|table|memory|ref|elem|data)\.[a-z]/.test(text);
/** Lists in a body that are no instructions. */
const DECLARATIONS: ReadonlySet<string> = new Set(['param', 'result', 'local', 'type', 'export', 'import', 'ref']);

/** The module with places, from the expressions of its text; marks are no keywords. */
export function withPlaces(module: WasmModule, expressions: readonly Expression[]): { module: WasmModule; importPlaces: number[] } {
  const { functions, imports } = placesOf(expressions);
  const placed = module.functions.map((func, index) => {
    const found = functions[index];
    return found ? placeBody(func, found) : func;
  });
  let next = 0;
  const importPlaces = module.imports.map(({ description }) => (description.kind === 'func' ? (imports[next++] ?? 0) : 0));
  return { module: { ...module, functions: placed }, importPlaces };
}

function placesOf(expressions: readonly Expression[]): Places {
  const functions: FunctionPlaces[] = [];
  const imports: number[] = [];
  for (const field of fieldsOf(expressions)) {
    const func = functionOf(field);
    if (!func) continue;
    if (func !== field || func.items.some((item) => headOf(item) === 'import')) imports.push(field.start);
    else functions.push({ at: func.start, keywords: keywordsOf(func) });
  }
  return { functions, imports };
}

function placeBody(func: FunctionBody, { at, keywords }: FunctionPlaces): FunctionBody {
  // The body's own `end` is not written.
  const agrees = keywords.length === func.body.length - 1 && keywords.every(({ text }, index) => text === keywordOf(func.body[index]));
  if (!agrees) return { ...func, at };
  return { ...func, at, body: func.body.map((instruction, index) => ({ ...instruction, at: keywords[index]?.start ?? at })) };
}

function keywordOf(instruction: Instruction | undefined): string {
  if (!instruction) return '';
  if (instruction.kind === 'const') return `${instruction.type}.const`;
  return instruction.kind === 'numeric' || instruction.kind === 'access' ? instruction.opcode : instruction.kind;
}

/** A step of the walk: an expression to look at, or a keyword that comes when its arguments are done. */
type Step = { readonly kind: 'look'; readonly expression: Expression } | { readonly kind: 'note'; readonly atom: Atom };

function keywordsOf(func: List): Atom[] {
  const found: Atom[] = [];
  const steps: Step[] = looks(func.items.slice(1));
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (step.kind === 'note') found.push(step.atom);
    else if (step.expression.kind === 'atom') noteFlat(step.expression, found);
    else if (step.expression.kind === 'list') steps.push(...unfold(step.expression));
  }
  return found;
}

/** Steps are taken from the end. */
const looks = (expressions: readonly Expression[]): Step[] => expressions.map((expression): Step => ({ kind: 'look', expression })).reverse();

function noteFlat(atom: Atom, found: Atom[]): void {
  if (isKeyword(atom.text)) found.push(atom);
}

function unfold(list: List): Step[] {
  const [head, ...rest] = list.items;
  if (head?.kind !== 'atom' || DECLARATIONS.has(head.text)) return [];
  const note: Step = { kind: 'note', atom: head };
  if (head.text === 'then') return looks(rest);
  if (!isKeyword(head.text)) return [];
  const end: Step = { kind: 'note', atom: { ...head, text: 'end' } };
  if (head.text === 'if') {
    const branch = rest.findIndex((item) => headOf(item) === 'then');
    const [then, otherwise] = rest.slice(branch);
    const second: Step[] = otherwise?.kind === 'list' ? [...looks(otherwise.items.slice(1)), { kind: 'note', atom: atomOf(otherwise, head) }] : [];
    return [end, ...second, ...looks(then ? [then] : []), note, ...looks(rest.slice(0, branch))];
  }
  if (BLOCKS.has(head.text)) return [end, ...looks(rest), note];
  return [note, ...looks(rest.filter((item) => item.kind === 'list'))];
}

const atomOf = ({ items }: List, otherwise: Atom): Atom => (items[0]?.kind === 'atom' ? items[0] : otherwise);
