/**
 * Reads one function of the text form. docs/ir.md has the grammar.
 *
 * Needs nothing but the text: results of calls and `global.get` carry their types (`v3: val = call f(v1)`), or
 * `symbols` knows them. Keeps value and block numbers. Faults are collected; a function with faults is for display only.
 */
import type { ParseDiagnostic } from './diagnostics.js';
import { createFunction, type BasicBlock, type Immediate, type Instruction, type IrFunction, type Target, type Terminator } from './function.js';
import { TOKEN } from './lexer.js';
import { isOpcode, opcodeRow, type ImmediateKind, type Opcode } from './opcodes.js';
import { Fault, PUNCTUATION, Reader } from './reader.js';
import { blockId, valueId, type Block, type Signature, type Type, type Value } from './types.js';

/** What a function's text need not repeat, when it is known: signatures and types of globals. */
export interface ParseSymbols {
  signature(func: string): Signature | undefined;
  globalType(name: string): Type | undefined;
}

/** The head of a function: all that its callers must know. */
export interface FunctionHeader extends Signature {
  readonly name: string;
  readonly convention: IrFunction['convention'];
}

export interface ParsedFunction {
  /** Null when not even the header can be read. */
  readonly func: IrFunction | null;
  readonly diagnostics: readonly ParseDiagnostic[];
}

/** Numbers of values and blocks stay below this, so that a short text cannot ask for a huge table. */
const MAX_ID = 1_000_000;

/** Reads the function whose `func` or `async func` stands at `from`. */
export function parseFunction(text: string, from: number, symbols?: ParseSymbols): ParsedFunction {
  const diagnostics: ParseDiagnostic[] = [];
  return { func: new FunctionReader(new Reader(text, from, diagnostics), symbols).read(), diagnostics };
}

/** Reads only the head of the function at `from`; null if it is faulty, which parseFunction reports. */
export function parseHeader(text: string, from: number): FunctionHeader | null {
  try {
    return readHeader(new Reader(text, from, []));
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

function readHeader(reader: Reader): FunctionHeader {
  const convention = reader.takeWord('async') ? 'async' : 'plain';
  if (!reader.takeWord('func')) reader.unexpected("'func'");
  const name = reader.symbol('a function name');
  return { name, convention, ...reader.signature() };
}

class FunctionReader {
  readonly #types: (Type | undefined)[] = [];
  /** Results whose type is that of an operand that was not defined yet. */
  readonly #deferred: { value: Value; like: Value; offset: number }[] = [];
  #func: IrFunction = createFunction('', { params: [], results: [] });
  #block: BasicBlock | null = null;

  constructor(
    readonly reader: Reader,
    readonly symbols: ParseSymbols | undefined,
  ) {}

  read(): IrFunction | null {
    const { reader } = this;
    try {
      const header = readHeader(reader);
      this.#func = createFunction(header.name, header, header.convention);
      if (reader.takeWord('name')) this.#func.displayName = reader.text();
      this.#func.location = reader.location();
      reader.expect(PUNCTUATION.brace);
    } catch (fault) {
      if (fault instanceof Fault) return null;
      throw fault;
    }
    while (reader.lexer.punctuation !== PUNCTUATION.unbrace) {
      if (reader.lexer.kind === TOKEN.end || (reader.lexer.kind === TOKEN.name && FUNCTION_WORDS.has(reader.lexer.word))) {
        reader.report('P2', `function ${this.#func.name} is not closed by '}'`);
        break;
      }
      this.#line();
    }
    const { lexer } = reader;
    if (lexer.punctuation === PUNCTUATION.unbrace && lexer.text[lexer.start - 1] !== '\n') reader.report('P2', "the closing '}' must start its line (T1)");
    this.#settleTypes();
    return this.#func;
  }

  /** Reads a line; after a fault goes on with the next. */
  #line(): void {
    const { lexer } = this.reader;
    const { start } = lexer;
    try {
      this.#statement();
      if (!lexer.firstOfLine && lexer.punctuation !== PUNCTUATION.unbrace && lexer.kind !== TOKEN.end) this.reader.unexpected('the end of the line');
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      if (lexer.start === start || !lexer.firstOfLine) lexer.skipLine();
      while (!lexer.firstOfLine && lexer.kind !== TOKEN.end) lexer.skipLine();
    }
  }

  #statement(): void {
    const { lexer } = this.reader;
    if (lexer.kind === TOKEN.block) return this.#blockHead();
    const block = this.#block;
    if (!block) return this.reader.fail('P2', 'an instruction must stand in a block');
    const results: { value: Value; type: Type | undefined }[] = [];
    if (lexer.kind === TOKEN.value) {
      do results.push(this.#definition());
      while (this.reader.take(PUNCTUATION.comma));
      this.reader.expect(PUNCTUATION.equals);
    }
    if (lexer.kind !== TOKEN.name) return this.reader.unexpected('an instruction');
    const { word, start } = lexer;
    if (block.terminator) this.reader.fail('P2', 'nothing may follow a terminator in its block');
    if (isOpcode(word)) {
      lexer.next();
      return void block.instructions.push(this.#instruction(word, results, start));
    }
    if (results.length > 0 || !TERMINATORS.has(word)) this.reader.fail('P3', `there is no instruction ${word}`);
    lexer.next();
    block.terminator = this.#terminator(word);
    const location = this.reader.location();
    if (location) block.terminator.location = location;
  }

  #blockHead(): void {
    const { reader } = this;
    const id = this.#blockId(reader.lexer.id);
    const block: BasicBlock = { params: [], instructions: [], terminator: null };
    if (this.#func.blocks[id]) reader.report('P5', `block${id} is defined twice`);
    while (this.#func.blocks.length < id) this.#func.blocks.push(null);
    this.#func.blocks[id] = block;
    this.#block = block;
    reader.lexer.next();
    if (reader.take(PUNCTUATION.open)) {
      while (!reader.take(PUNCTUATION.close)) {
        if (block.params.length > 0) reader.expect(PUNCTUATION.comma);
        const { value, type } = this.#definition();
        if (type === undefined) return reader.fail('P6', `parameter v${value} needs a type`);
        this.#setType(value, type);
        block.params.push(value);
      }
    }
    reader.expect(PUNCTUATION.colon);
  }

  #blockId(id: number): Block {
    if (id >= MAX_ID) this.reader.fail('P4', `block numbers stay below ${MAX_ID}`);
    return blockId(id);
  }

  #value(): Value {
    const { lexer } = this.reader;
    if (lexer.kind !== TOKEN.value) this.reader.unexpected('a value');
    if (lexer.id >= MAX_ID) this.reader.fail('P4', `value numbers stay below ${MAX_ID}`);
    const value = valueId(lexer.id);
    lexer.next();
    return value;
  }

  /** `v3`, `v3#name`, `v3: i32`. */
  #definition(): { value: Value; type: Type | undefined } {
    const { reader } = this;
    const value = this.#value();
    if (reader.take(PUNCTUATION.hash)) this.#func.valueNames.set(value, reader.symbol('a name'));
    return { value, type: reader.take(PUNCTUATION.colon) ? reader.type() : undefined };
  }

  #setType(value: Value, type: Type): void {
    while (this.#types.length < value) this.#types.push(undefined);
    this.#types[value] ??= type;
  }

  #instruction(opcode: Opcode, results: readonly { value: Value; type: Type | undefined }[], offset: number): Instruction {
    const operands: Value[] = [];
    const immediates: Immediate[] = [];
    if (opcode === 'call') {
      immediates.push(this.reader.symbol('a function name'));
      operands.push(...this.#arguments());
    } else if (opcode === 'call_indirect') {
      operands.push(this.#value(), ...this.#arguments());
      this.reader.expect(PUNCTUATION.colon);
      immediates.push(this.reader.signature());
    } else {
      this.#plainArguments(opcode, operands, immediates);
    }
    this.#resultTypes(opcode, operands, immediates, results, offset);
    return { opcode, operands, immediates, results: results.map(({ value }) => value), location: this.reader.location() };
  }

  #plainArguments(opcode: Opcode, operands: Value[], immediates: Immediate[]): void {
    const { reader } = this;
    const kinds = opcodeRow(opcode).immediates;
    const hasOffset = kinds[0] === 'offset';
    if (!hasOffset) for (const kind of kinds) immediates.push(this.#immediate(kind));
    if (reader.lexer.kind === TOKEN.value && !reader.lexer.firstOfLine) {
      operands.push(this.#value());
      if (hasOffset) immediates.push(reader.take(PUNCTUATION.plus) ? reader.integer(0, 0xffffffff) : 0);
      while (reader.take(PUNCTUATION.comma)) operands.push(this.#value());
    } else if (hasOffset) {
      immediates.push(0);
    }
  }

  #immediate(kind: ImmediateKind): Immediate {
    const { reader } = this;
    switch (kind) {
      case 'i32':
        return reader.integer(-0x80000000, 0xffffffff) | 0;
      case 'i64':
        return reader.bigint();
      case 'f32':
        return Math.fround(reader.float());
      case 'f64':
        return reader.float();
      case 'offset':
        return reader.integer(0, 0xffffffff);
      case 'tag':
        return reader.integer(0, 0xffff);
      case 'signature':
        return reader.signature();
      case 'func':
      case 'data':
      case 'global':
        return reader.symbol(`a ${kind} symbol`);
    }
  }

  #resultTypes(opcode: Opcode, operands: readonly Value[], immediates: readonly Immediate[], results: readonly { value: Value; type: Type | undefined }[], offset: number): void {
    const row = opcodeRow(opcode);
    const known = row.results === 'callee' ? this.#calleeResults(opcode, immediates) : row.results;
    results.forEach(({ value, type }, index) => {
      const expected = known?.[index];
      if (type !== undefined) return this.#setType(value, type);
      if (expected !== undefined && expected !== 'any' && expected !== 'addr') return this.#setType(value, expected);
      const like = operands[0];
      if (expected === undefined || like === undefined) return this.reader.report('P6', `the type of v${value} is not known; write v${value}: type`, offset);
      const likeType = this.#types[like];
      if (likeType === undefined) this.#deferred.push({ value, like, offset });
      else this.#setType(value, likeType);
    });
  }

  #calleeResults(opcode: Opcode, immediates: readonly Immediate[]): readonly Type[] | undefined {
    const [immediate] = immediates;
    if (typeof immediate === 'object') return immediate.results;
    if (opcode !== 'global.get') return this.symbols?.signature(String(immediate))?.results;
    const type = this.symbols?.globalType(String(immediate));
    return type && [type];
  }

  /** Chains of deferred types settle front to back or need another round; what never settles has an undefined operand. */
  #settleTypes(): void {
    let waiting = this.#deferred;
    for (let before = -1; before !== waiting.length; ) {
      before = waiting.length;
      waiting = waiting.filter(({ value, like }) => {
        const type = this.#types[like];
        if (type !== undefined) this.#setType(value, type);
        return type === undefined;
      });
    }
    for (const { value, like, offset } of waiting) this.reader.report('P6', `the type of v${value} is not known, v${like} is not defined`, offset);
    // A number that nothing defines still needs a type; the verifier reports its uses (V5).
    for (const type of this.#types) this.#func.valueTypes.push(type ?? 'i32');
  }

  #arguments(): Value[] {
    const { reader } = this;
    const values: Value[] = [];
    reader.expect(PUNCTUATION.open);
    while (!reader.take(PUNCTUATION.close)) {
      if (values.length > 0) reader.expect(PUNCTUATION.comma);
      values.push(this.#value());
    }
    return values;
  }

  #target(): Target {
    const { lexer } = this.reader;
    if (lexer.kind !== TOKEN.block) this.reader.unexpected('a block');
    const block = this.#blockId(lexer.id);
    lexer.next();
    return { block, args: lexer.punctuation === PUNCTUATION.open ? this.#arguments() : [] };
  }

  #nextTarget(): Target {
    this.reader.expect(PUNCTUATION.comma);
    return this.#target();
  }

  #terminator(word: string): Terminator {
    const { reader } = this;
    switch (word) {
      case 'jump':
        return { kind: 'jump', target: this.#target() };
      case 'brif':
        return { kind: 'brif', condition: this.#value(), then: this.#nextTarget(), else: this.#nextTarget() };
      case 'br_table':
        return { kind: 'br_table', index: this.#value(), targets: this.#targetList(), otherwise: this.#nextTarget() };
      case 'return': {
        const values: Value[] = [];
        if (reader.lexer.kind !== TOKEN.value || reader.lexer.firstOfLine) return { kind: 'return', values };
        do values.push(this.#value());
        while (reader.take(PUNCTUATION.comma));
        return { kind: 'return', values };
      }
      case 'trap':
        return { kind: 'trap', code: reader.integer(0, 0xffff) };
      case 'await':
        return { kind: 'await', operand: this.#value(), ok: this.#nextTarget(), error: this.#nextTarget() };
      default: {
        const callee = reader.symbol('a function name');
        return { kind: 'await_call', callee, operands: this.#arguments(), ok: this.#nextTarget(), error: this.#nextTarget() };
      }
    }
  }

  #targetList(): Target[] {
    const { reader } = this;
    const targets: Target[] = [];
    reader.expect(PUNCTUATION.comma);
    reader.expect(PUNCTUATION.bracket);
    while (!reader.take(PUNCTUATION.unbracket)) {
      if (targets.length > 0) reader.expect(PUNCTUATION.comma);
      targets.push(this.#target());
    }
    return targets;
  }
}

const FUNCTION_WORDS: ReadonlySet<string> = new Set(['func', 'async']);
const TERMINATORS: ReadonlySet<string> = new Set<Terminator['kind']>(['jump', 'brif', 'br_table', 'return', 'trap', 'await', 'await_call']);
