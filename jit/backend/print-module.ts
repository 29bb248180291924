/**
 * Prints a planned module in the WebAssembly text format, from the same plan and emitter that the encoder uses.
 */
import type { IrModule, SourceLocation } from '../../ir/function.js';
import { WASM_TYPE_OF, type WasmType } from '../../ir/types.js';
import { emitFunction } from './emit.js';
import { identifier, localNames, UniqueNames } from './names.js';
import { MEMORY, planModule, type ModulePlan, type WasmSignature } from './plan-module.js';
import { WatSink, type WatCallee, type WatNames } from './wat-sink.js';

/** The text of the whole module, or of some of its functions only. */
export function printWat(module: IrModule, only?: ReadonlySet<string>): string {
  const plan = planModule(module);
  const names = moduleNames(plan);
  const lines = ['(module', ...head(plan, names).map((line) => `  ${line}`)];
  plan.functions.forEach((entry, index) => {
    if (!only || only.has(entry.plan.func.name)) lines.push('', ...printFunction(plan, names, index));
  });
  return `${[...lines, ')'].join('\n')}\n`;
}

type ModuleNames = Omit<WatNames, 'locals'>;

function moduleNames(plan: ModulePlan): ModuleNames {
  const functionNames = new UniqueNames();
  const callee = (name: string, { params, results }: WasmSignature): WatCallee => {
    return { name, operandCount: params.length, resultCount: results.length };
  };
  return {
    globals: plan.globals.map(({ name }) => identifier(name)),
    functions: plan.functions.map(({ plan: { func }, typeIndex }) => {
      return callee(functionNames.claim(func.name), plan.types[typeIndex] ?? { params: [], results: [] });
    }),
    types: plan.types.map((type, index) => callee(`type${index}`, type)),
    comment: sourceComments(plan.module),
  };
}

function head(plan: ModulePlan, names: ModuleNames): string[] {
  const functionName = (index: number): string => `$${names.functions[index]?.name ?? index}`;
  const lines = plan.types.map((type, index) => `(type $type${index} (func${signatureText(type)}))`);
  lines.push(`(import "${MEMORY.module}" "${MEMORY.name}" (memory ${MEMORY.minimum} ${MEMORY.maximum} shared))`);
  lines.push(`(table ${plan.table.length} ${plan.table.length} funcref)`);
  plan.globals.forEach(({ type, mutable, initial }, index) => {
    const wasmType = WASM_TYPE_OF[type];
    lines.push(`(global $${names.globals[index] ?? index} ${mutable ? `(mut ${wasmType})` : wasmType} (${wasmType}.const ${initial}))`);
  });
  for (const { name, func } of plan.exports) lines.push(`(export ${JSON.stringify(name)} (func ${functionName(func)}))`);
  const entries = plan.table.slice(1).map((name) => functionName(plan.symbols.functions.get(name) ?? 0));
  if (entries.length > 0) lines.push(`(elem (i32.const 1) func ${entries.join(' ')})`);
  return lines;
}

function printFunction(plan: ModulePlan, names: ModuleNames, index: number): string[] {
  const entry = plan.functions[index];
  if (!entry) return [];
  const { func, locals } = entry.plan;
  const localText = localNames(entry.plan);
  const sink = new WatSink({ ...names, locals: localText }, 2);
  emitFunction(entry.plan, plan.symbols, sink);
  const declare = (keyword: string, types: readonly WasmType[], first: number): string[] =>
    types.map((type, position) => `(${keyword} $${localText[first + position] ?? first + position} ${type})`);
  const params = func.params.map((type) => WASM_TYPE_OF[type]);
  const results = func.results.map((type) => WASM_TYPE_OF[type]);
  const signature = [...declare('param', params, 0), ...(results.length > 0 ? [`(result ${results.join(' ')})`] : [])].join(' ');
  const lines = [`  (func $${names.functions[index]?.name ?? index}${signature ? ` ${signature}` : ''}`];
  for (const line of inGroups(declare('local', locals.types, params.length), 6)) lines.push(`    ${line}`);
  return [...lines, ...sink.lines, '  )'];
}

function inGroups(words: readonly string[], size: number): string[] {
  const lines: string[] = [];
  for (let index = 0; index < words.length; index += size) lines.push(words.slice(index, index + size).join(' '));
  return lines;
}

const signatureText = ({ params, results }: WasmSignature): string =>
  `${params.length > 0 ? ` (param ${params.join(' ')})` : ''}${results.length > 0 ? ` (result ${results.join(' ')})` : ''}`;

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
    const text = source.text.slice(lines[low], lines[low + 1]).trim();
    return `${source.name}:${low + 1}: ${text}`;
  };
}
