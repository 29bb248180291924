/**
 * Prints a module in the WebAssembly text format, with the same plans and emitter that the encoder uses.
 */
import type { IrFunction, IrModule, SourceLocation } from '../../ir/function.js';
import { WASM_TYPE_OF, type WasmType } from '../../ir/types.js';
import { emitFunction } from './emit.js';
import { MEMORY } from './encode.js';
import { resolveSymbols, type ModuleSymbols, type WasmSignature } from './module-symbols.js';
import { identifier, localNames, UniqueNames } from './names.js';
import { planFunction } from './plan-function.js';
import { WatSink, type WatCallee, type WatNames } from './wat-sink.js';

/** The text of the whole module, or with some of its functions only. */
export function printWat(module: IrModule, only?: ReadonlySet<string>): string {
  const symbols = resolveSymbols(module);
  const names = moduleNames(module, symbols);
  const lines = ['(module', ...head(module, symbols, names).map((line) => `  ${line}`)];
  for (const func of module.functions.values()) {
    if (!only || only.has(func.name)) lines.push('', ...printFunction(module, func, names));
  }
  return `${[...lines, ')'].join('\n')}\n`;
}

type ModuleNames = Omit<WatNames, 'locals'>;

function moduleNames(module: IrModule, symbols: ModuleSymbols): ModuleNames {
  const unique = new UniqueNames();
  const functions = [...module.functions.values()].map((func) => calleeOf(unique.claim(func.name), func));
  const types = symbols.types.map((type, index) => calleeOf(`type${index}`, type));
  const known = (callee: WatCallee | undefined): WatCallee => callee ?? { name: '?', operandCount: 0, resultCount: 0 };
  return {
    global: identifier,
    func: (name) => known(functions[symbols.func(name)]),
    type: (signature) => known(types[symbols.typeIndex(signature)]),
    tableIndex: (func) => symbols.tableIndex(func),
    dataOffset: (symbol) => symbols.dataOffset(symbol),
    comment: sourceComments(module),
  };
}

const calleeOf = (name: string, { params, results }: { params: readonly unknown[]; results: readonly unknown[] }): WatCallee => ({
  name,
  operandCount: params.length,
  resultCount: results.length,
});

function head(module: IrModule, symbols: ModuleSymbols, names: ModuleNames): string[] {
  const lines = symbols.types.map((type, index) => `(type $type${index} (func${signatureText(type)}))`);
  lines.push(`(import "${MEMORY.module}" "${MEMORY.name}" (memory ${MEMORY.minimum} ${MEMORY.maximum} shared))`);
  lines.push(`(table ${symbols.table.length} ${symbols.table.length} funcref)`);
  for (const { name, type, mutable, initial } of module.globals.values()) {
    const wasmType = WASM_TYPE_OF[type];
    lines.push(`(global $${names.global(name)} ${mutable ? `(mut ${wasmType})` : wasmType} (${wasmType}.const ${initial}))`);
  }
  for (const [name, func] of module.exports) lines.push(`(export ${JSON.stringify(name)} (func $${names.func(func).name}))`);
  const entries = symbols.table.slice(1).map((name) => `$${names.func(name).name}`);
  if (entries.length > 0) lines.push(`(elem (i32.const 1) func ${entries.join(' ')})`);
  return lines;
}

function printFunction(module: IrModule, func: IrFunction, names: ModuleNames): string[] {
  const plan = planFunction(func);
  const locals = localNames(plan);
  const sink = new WatSink({ ...names, locals }, 2);
  emitFunction(plan, module.globals.has('header'), sink);
  const declare = (keyword: string, types: readonly WasmType[], first: number): string[] =>
    types.map((type, position) => `(${keyword} $${locals[first + position] ?? first + position} ${type})`);
  const params = func.params.map((type) => WASM_TYPE_OF[type]);
  const results = func.results.map((type) => WASM_TYPE_OF[type]);
  const signature = [...declare('param', params, 0), ...(results.length > 0 ? [`(result ${results.join(' ')})`] : [])].join(' ');
  const lines = [`  (func $${names.func(func.name).name}${signature ? ` ${signature}` : ''}`];
  for (const line of inGroups(declare('local', plan.locals.types, params.length), 6)) lines.push(`    ${line}`);
  return [...lines, ...sink.lines, '  )'];
}

function inGroups(words: readonly string[], size: number): string[] {
  const lines: string[] = [];
  for (let index = 0; index < words.length; index += size) lines.push(words.slice(index, index + size).join(' '));
  return lines;
}

const signatureText = ({ params, results }: WasmSignature): string =>
  `${params.length > 0 ? ` (param ${params.join(' ')})` : ''}${results.length > 0 ? ` (result ${results.join(' ')})` : ''}`;

/** Comments are plain ASCII: wabt loses its place behind other characters, and some of them end a line for one reader only. */
const NOT_ASCII = /[^ -~]/gu;

/** `file:line: text of the line`, for positions in the module's sources. */
function sourceComments(module: IrModule): (location: SourceLocation) => string | null {
  const starts = module.sources.map(({ text }) => [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]);
  return ({ file, offset }) => {
    const source = module.sources[file];
    const lines = starts[file];
    if (!source || !lines || offset < 0) return null;
    let low = 0;
    let high = lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lines[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const text = source.text.slice(lines[low], lines[low + 1]).trim().replace(NOT_ASCII, '?');
    return `${source.name}:${low + 1}: ${text}`;
  };
}
