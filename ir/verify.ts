/**
 * The verifier: checks functions and modules against the rules of rules.ts and returns all that is broken.
 *
 * A function without diagnostics is well-formed for passes, interpreter and encoder. Rules that need a control-flow
 * graph (V7, V22) are left out while the entry, a terminator or a target is missing (V1, V2, V4) or a value is defined
 * twice (V6).
 */
import type { VerifyDiagnostic } from './diagnostics.js';
import type { IrFunction, IrModule } from './function.js';
import { formatVerifyDiagnostic } from './diagnostics.js';
import { Check, verifySymbolsOf, type Rule, type VerifySymbols } from './rules.js';
import { blockId, type Value } from './types.js';
import { forEachUse, verifyFlow, verifyTerminator } from './verify-flow.js';
import { verifyInstruction } from './verify-instruction.js';

export { RULES, verifySymbolsOf, type Rule, type VerifySymbols } from './rules.js';

export function verifyFunction(func: IrFunction, symbols: VerifySymbols): VerifyDiagnostic[] {
  const check = new Check(func, symbols);
  verifyShape(check);
  verifyDefinitions(check);
  func.blocks.forEach((block, index) => {
    block?.instructions.forEach((instruction, at) => {
      check.enter(blockId(index), at);
      verifyInstruction(check, instruction);
    });
    check.enter(blockId(index), -1);
    if (block?.terminator) verifyTerminator(check, block.terminator);
  });
  const broken = new Set(check.diagnostics.map(({ rule }) => rule));
  if (!(['V1', 'V2', 'V4', 'V6'] as const).some((rule) => broken.has(rule))) verifyFlow(check);
  return check.diagnostics;
}

/** Checks every function of a module and the symbols that it names. `symbols` may know more than the module itself. */
export function verifyModule(module: IrModule, symbols: VerifySymbols = verifySymbolsOf(module)): VerifyDiagnostic[] {
  const functions = [...module.functions.values()].flatMap((func) => verifyFunction(func, symbols));
  return [...verifySymbols(module, symbols), ...functions];
}

/** Throws with all diagnostics if there are any; for use between passes. */
export function assertVerified(module: IrModule, when: string): void {
  const diagnostics = verifyModule(module);
  if (diagnostics.length > 0) throw new Error(`malformed IR ${when}:\n${diagnostics.map(formatVerifyDiagnostic).join('\n')}`);
}

/** V1, V2, V19. */
function verifyShape(check: Check): void {
  const { func } = check;
  if (func.convention === 'async' && func.results.join() !== 'val,i32') check.report('V19', `results are (${func.results.join(', ')})`);
  check.enter(blockId(0));
  const entry = func.blocks[0];
  if (!entry) check.report('V1', 'there is no block0');
  else check.expectTypes(entry.params, func.params, 'V1', 'V1', 'the entry block');
  func.blocks.forEach((block, index) => {
    check.enter(blockId(index));
    if (block && !block.terminator) check.report('V2', 'the block has no terminator');
  });
}

/** V5, V6. */
function verifyDefinitions(check: Check): void {
  const defined = new Set<Value>();
  const define = (value: Value): void => {
    if (defined.has(value)) check.report('V6', `v${value} is defined twice`);
    if (check.typeOf(value) === undefined) check.report('V5', `v${value} has no type`);
    defined.add(value);
  };
  check.func.blocks.forEach((block, index) => {
    check.enter(blockId(index));
    block?.params.forEach(define);
    block?.instructions.forEach(({ results }, at) => {
      check.enter(blockId(index), at);
      results.forEach(define);
    });
  });
  check.func.blocks.forEach((block, index) => {
    if (!block) return;
    forEachUse(block, (value, at) => {
      if (defined.has(value)) return;
      check.enter(blockId(index), at === Infinity ? -1 : at);
      check.report('V5', `v${value} is not defined`);
    });
  });
}

/** V23. */
function verifySymbols(module: IrModule, symbols: VerifySymbols): VerifyDiagnostic[] {
  const diagnostics: VerifyDiagnostic[] = [];
  const rule: Rule = 'V23';
  const expect = (holds: boolean, message: string): void => {
    if (!holds) diagnostics.push({ rule, message, func: '' });
  };
  for (const [key, { name }] of module.functions) expect(key === name, `function ${name} is stored as ${key}`);
  for (const [key, { name }] of module.globals) expect(key === name, `global ${name} is stored as ${key}`);
  for (const [name, func] of module.exports) expect(symbols.func(func) !== undefined, `export ${name} names ${func}, which does not exist`);
  for (const func of module.table ?? []) expect(func === '' || symbols.func(func) !== undefined, `the table names ${func}, which does not exist`);
  for (const [key, data] of module.data) {
    expect(key === data.name, `data ${data.name} is stored as ${key}`);
    for (const { symbol } of data.relocations) expect(symbols.hasData(symbol), `data ${data.name} refers to ${symbol}, which does not exist`);
    for (const { func } of data.functionRelocations) expect(symbols.func(func) !== undefined, `data ${data.name} refers to function ${func}, which does not exist`);
  }
  return diagnostics;
}
