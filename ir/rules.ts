/**
 * The numbered rules of the verifier, and the place where checks report that one is broken.
 *
 * Needs nothing of the checks. docs/ir.md lists the rules; every rule has a filetest that breaks it.
 */
import type { VerifyDiagnostic } from './diagnostics.js';
import type { GlobalDeclaration, IrFunction, IrModule } from './function.js';
import type { Block, Signature, Type, Value } from './types.js';

export const RULES = {
  V1: 'block0 exists and its parameters have the types of the function\'s',
  V2: 'every block has a terminator',
  V3: 'nothing branches to block0',
  V4: 'the targets of branches exist',
  V5: 'a value that is used is defined',
  V6: 'a value is defined once',
  V7: 'a definition dominates its uses',
  V8: 'an instruction has as many operands as its opcode or callee takes',
  V9: 'operands have the types that the opcode or callee takes',
  V10: 'results have the number and types that the opcode or callee gives',
  V11: 'immediates have the kinds of the opcode\'s row and are in range',
  V12: 'a branch passes what the parameters of its target need, behind the resume value of an await',
  V13: 'a return gives the function\'s results',
  V14: 'conditions and indices are i32, awaited operands val, or i32 for an attempt of the body\'s own',
  V15: 'functions that are called, or whose address is taken, exist',
  V16: 'data symbols that are used exist',
  V17: 'globals that are used exist, with the type used, mutable where they are set',
  V18: 'only an async function awaits',
  V19: 'an async function gives (val, i32)',
  V20: 'await_call calls an async function with its parameters',
  V21: 'a plain call of an async function passes (frame: ref, mode: i32) before its parameters, as its lowered form takes them',
  V22: 'no address that elem.addr, i32.from_ref, or i32.add and i32.sub on such a one made is live across a suspension',
  V23: 'the symbols that a module names in exports, table and relocations exist, under the names they are stored by',
} as const;

export type Rule = keyof typeof RULES;

/** What the verifier must know of a function's surroundings; a module answers, so does a linker. */
export interface VerifySymbols {
  func(name: string): (Signature & Pick<IrFunction, 'convention'>) | undefined;
  global(name: string): GlobalDeclaration | undefined;
  hasData(name: string): boolean;
}

export const verifySymbolsOf = (module: IrModule): VerifySymbols => ({
  func: (name) => module.functions.get(name),
  global: (name) => module.globals.get(name),
  hasData: (name) => module.data.has(name),
});

/** A function being checked. Diagnostics name the place that was entered last. */
export class Check {
  readonly diagnostics: VerifyDiagnostic[] = [];
  #block: Block | undefined;
  #instruction: number | undefined;

  constructor(
    readonly func: IrFunction,
    readonly symbols: VerifySymbols,
  ) {}

  /** Sets the place; instruction -1 is the terminator. */
  enter(block: Block | undefined, instruction?: number): void {
    this.#block = block;
    this.#instruction = instruction;
  }

  report(rule: Rule, message: string): void {
    this.diagnostics.push({
      rule,
      message,
      func: this.func.name,
      ...(this.#block !== undefined && { block: this.#block }),
      ...(this.#instruction !== undefined && { instruction: this.#instruction }),
    });
  }

  /** The type of a value; undefined for a number that is no value, which V5 reports elsewhere. */
  typeOf(value: Value): Type | undefined {
    return this.func.valueTypes[value];
  }

  /** Compares a list of values with wanted types; one report for a wrong count, one for each wrong type. */
  expectTypes(values: readonly Value[], wanted: readonly Type[], countRule: Rule, typeRule: Rule, what: string): void {
    if (values.length !== wanted.length) {
      this.report(countRule, `${what} takes ${wanted.length} values, not ${values.length}`);
      return;
    }
    values.forEach((value, index) => {
      const type = this.typeOf(value);
      if (type !== undefined && type !== wanted[index]) this.report(typeRule, `v${value} is ${type}, ${what} takes ${wanted[index]}`);
    });
  }
}
