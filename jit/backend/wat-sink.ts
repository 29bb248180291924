/**
 * Text sink: a function's code in the WebAssembly text format, expressions folded, blocks flat and indented:
 *
 *   ;; main.ts:3: for (let i = 0; i < n; i++)
 *   loop $loop1
 *     (local.set $i (i32.add (local.get $i) (i32.const 1)))
 *     (br_if $loop1 (i32.lt_s (local.get $i) (local.get $n)))
 *   end
 *
 * Folding `(op a b)` is another spelling of `a b op`, so a folded expression may take only its last operands along; the
 * others were written on lines before. Promises text that assembles to the code that the encoder writes.
 */
import type { SourceLocation } from '../../ir/function.js';
import { OPCODES } from '../../ir/opcodes.js';
import type { Signature, WasmType } from '../../ir/types.js';
import type { Sink } from './sink.js';

/** What symbols are called and stand for in text, and how many operands and results calls have. */
export interface WatNames {
  readonly locals: readonly string[];
  global(name: string): string;
  func(name: string): WatCallee;
  type(signature: Signature): WatCallee;
  tableIndex(func: string): number;
  dataOffset(symbol: string): number;
  /** A comment for a source position, or null where there is none. */
  comment(location: SourceLocation): string | null;
}

export interface WatCallee {
  readonly name: string;
  readonly operandCount: number;
  readonly resultCount: number;
}

interface Expression {
  readonly head: string;
  readonly operands: readonly Expression[];
}

/** An operand on the stack: an expression not yet written, or null for one that was. */
type Operand = Expression | null;

const LINE_WIDTH = 110;

export class WatSink implements Sink {
  readonly lines: string[] = [];
  #stack: Operand[] = [];
  readonly #labels: string[] = [];
  readonly #usedLabels = new Set<string>();
  #location: SourceLocation | undefined;
  #comment: string | null = null;

  constructor(
    readonly names: WatNames,
    readonly baseIndent: number,
  ) {}

  at(location: SourceLocation | undefined): void {
    this.#location = location;
  }

  open(construct: 'block' | 'loop' | 'if', label: string): void {
    this.#statement(construct === 'if' ? 1 : 0, null);
    const name = this.#unique(label);
    this.#line(`${construct} $${name}`);
    this.#labels.push(name);
  }

  else(): void {
    this.#flush();
    this.#line('else', -1);
  }

  end(): void {
    this.#flush();
    // The last `end` is the function's own, whose text is a parenthesis.
    if (this.#labels.pop() !== undefined) this.#line('end');
  }

  br(depth: number): void {
    this.#statement(0, `br ${this.#label(depth)}`);
  }

  brIf(depth: number): void {
    this.#statement(1, `br_if ${this.#label(depth)}`);
  }

  brTable(depths: readonly number[]): void {
    this.#statement(1, `br_table ${depths.map((depth) => this.#label(depth)).join(' ')}`);
  }

  return(): void {
    this.#statement(this.#stack.length, 'return');
  }

  unreachable(): void {
    this.#statement(0, 'unreachable');
  }

  drop(): void {
    this.#statement(1, 'drop');
  }

  local(access: 'get' | 'set' | 'tee', index: number): void {
    const head = `local.${access} $${this.names.locals[index] ?? index}`;
    if (access === 'set') this.#statement(1, head);
    else this.#push(access === 'get' ? 0 : 1, head);
  }

  global(access: 'get' | 'set', name: string): void {
    const head = `global.${access} $${this.names.global(name)}`;
    if (access === 'get') this.#push(0, head);
    else this.#statement(1, head);
  }

  call(func: string): void {
    const callee = this.names.func(func);
    this.#call(`call $${callee.name}`, callee.operandCount, callee.resultCount);
  }

  callIndirect(signature: Signature): void {
    const callee = this.names.type(signature);
    this.#call(`call_indirect (type $${callee.name})`, callee.operandCount + 1, callee.resultCount);
  }

  tableIndex(func: string): void {
    this.constant('i32', this.names.tableIndex(func));
  }

  dataOffset(symbol: string): void {
    this.constant('i32', this.names.dataOffset(symbol));
  }

  constant(type: WasmType, value: number | bigint): void {
    this.#push(0, `${type}.const ${constantText(type, value)}`);
  }

  operator(bytes: readonly number[]): void {
    this.#operator(bytes, '');
  }

  access(bytes: readonly number[], align: number, byteOffset: number, symbol: string | null): void {
    const natural = mnemonicOf(bytes).align === align;
    const offset = byteOffset + (symbol === null ? 0 : this.names.dataOffset(symbol));
    this.#operator(bytes, `${offset ? ` offset=${offset}` : ''}${natural ? '' : ` align=${2 ** align}`}`);
  }

  #operator(bytes: readonly number[], immediates: string): void {
    const { name, operandCount, resultCount } = mnemonicOf(bytes);
    if (resultCount === 1) this.#push(operandCount, name + immediates);
    else this.#statement(operandCount, name + immediates);
  }

  #call(head: string, operandCount: number, resultCount: number): void {
    if (resultCount === 1) return this.#push(operandCount, head);
    this.#statement(operandCount, head);
    for (let index = 0; index < resultCount; index++) this.#stack.push(null);
  }

  #push(operandCount: number, head: string): void {
    this.#stack.push({ head, operands: this.#take(operandCount) });
  }

  /** Takes operands off the stack; those already written do not appear again. */
  #take(count: number): Expression[] {
    const taken = this.#stack.splice(this.#stack.length - count, count);
    const written = taken.lastIndexOf(null);
    // An unwritten one below a written one is no case: writing goes from the bottom.
    return taken.slice(written + 1).filter((operand): operand is Expression => operand !== null);
  }

  /** Writes what is still on the stack, then the statement; without a head its operands alone. */
  #statement(operandCount: number, head: string | null): void {
    const operands = this.#take(operandCount);
    this.#flush();
    this.#writeComment();
    if (head === null) for (const operand of operands) this.#write(operand);
    else this.#write({ head, operands });
  }

  #flush(): void {
    this.#stack = this.#stack.map((operand) => {
      if (operand) this.#write(operand);
      return null;
    });
  }

  #write(expression: Expression): void {
    const indent = this.#indent();
    for (const line of layOut(expression, LINE_WIDTH - indent.length)) this.lines.push(indent + line);
  }

  #line(text: string, shift = 0): void {
    this.lines.push(this.#indent(shift) + text);
  }

  #writeComment(): void {
    const comment = this.#location ? this.names.comment(this.#location) : null;
    if (comment === null || comment === this.#comment) return;
    this.#comment = comment;
    this.#line(`;; ${comment}`);
  }

  #indent(shift = 0): string {
    return '  '.repeat(this.baseIndent + this.#labels.length + shift);
  }

  #label(depth: number): string {
    return `$${this.#labels[this.#labels.length - 1 - depth] ?? depth}`;
  }

  /** `block4` may be opened in two places; text wants distinct names for readers' sake. */
  #unique(label: string): string {
    let name = label;
    for (let number = 2; this.#usedLabels.has(name); number++) name = `${label}_${number}`;
    this.#usedLabels.add(name);
    return name;
  }
}

/** An expression in lines: one if it fits, else one for each operand. */
function layOut(expression: Expression, width: number): string[] {
  const short = oneLine(expression, width);
  if (short !== null || expression.operands.length === 0) return [short ?? `(${expression.head})`];
  const inner = expression.operands.flatMap((operand) => layOut(operand, width - 2)).map((line) => `  ${line}`);
  const last = inner.pop() ?? '';
  return [`(${expression.head}`, ...inner, `${last})`];
}

function oneLine({ head, operands }: Expression, width: number): string | null {
  let text = `(${head}`;
  for (const operand of operands) {
    const inner = text.length < width ? oneLine(operand, width - text.length) : null;
    if (inner === null) return null;
    text += ` ${inner}`;
  }
  return text.length < width ? `${text})` : null;
}

interface Mnemonic {
  readonly name: string;
  readonly operandCount: number;
  readonly resultCount: number;
  readonly align: number | undefined;
}

/** Rows of the opcode table that only the IR has: other names for instructions that stand under their own as well. */
const IR_ONLY = /^(ref|val)\.|\.from_(ref|val)$/;

const MNEMONICS = new Map<string, Mnemonic>();
for (const [name, row] of Object.entries(OPCODES)) {
  if (IR_ONLY.test(name) || !('wasm' in row) || row.results === 'callee') continue;
  const align = 'align' in row ? row.align : undefined;
  MNEMONICS.set(row.wasm.join(), { name, operandCount: row.operands.length, resultCount: row.results.length, align });
}

function mnemonicOf(bytes: readonly number[]): Mnemonic {
  const found = MNEMONICS.get(bytes.join());
  if (!found) throw new Error(`no instruction has the bytes ${bytes.join()}`);
  return found;
}

function constantText(type: WasmType, value: number | bigint): string {
  if (type === 'i64') return String(BigInt.asIntN(64, BigInt(value)));
  if (type === 'i32') return String(value);
  const number = Number(value);
  if (Number.isNaN(number)) return 'nan';
  if (!Number.isFinite(number)) return number < 0 ? '-inf' : 'inf';
  return Object.is(number, -0) ? '-0' : String(number);
}
