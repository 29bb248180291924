/**
 * The text form of functions and modules (`.bir`); docs/ir.md describes it, parse.ts reads it.
 *
 * Promises a fixed point: printing what was parsed from printed text gives that text again, ids included. A line that
 * starts with `}` ends a function and nothing else (T1), and items start at column 1 (T2): readers find them by a scan.
 */
import type { DataSymbol, GlobalDeclaration, Immediate, Instruction, IrFunction, IrModule, SourceLocation, Target, Terminator } from './function.js';
import { opcodeRow, type ImmediateKind } from './opcodes.js';
import { assertNever, type Signature, type Value } from './types.js';

export interface PrintOptions {
  /** Suffixes `@file:offset`; default true. */
  readonly locations?: boolean;
  /** The texts of source files; default true. */
  readonly sources?: boolean;
}

export function printModule(module: IrModule, options: PrintOptions = {}): string {
  const items: string[] = [];
  if (options.sources !== false) {
    for (const { name, text } of module.sources) items.push(`source ${JSON.stringify(name)} ${JSON.stringify(text)}`);
  }
  for (const global of module.globals.values()) items.push(printGlobal(global));
  for (const data of module.data.values()) items.push(printData(data));
  for (const [name, func] of module.exports) items.push(`export ${JSON.stringify(name)} = ${printSymbol(func)}`);
  if (module.table) items.push(`table [${module.table.slice(1).map((name) => (name ? printSymbol(name) : '_')).join(', ')}]`);
  const head = items.length > 0 ? `${items.join('\n')}\n` : '';
  const functions = [...module.functions.values()].map((func) => printFunction(func, options));
  return [head, ...functions].filter((part) => part !== '').join('\n');
}

export function printFunction(func: IrFunction, options: PrintOptions = {}): string {
  const locations = options.locations !== false;
  const lines: string[] = [`${printHeader(func)}${locations ? printLocation(func.location) : ''} {`];
  func.blocks.forEach((block, index) => {
    if (!block) return;
    const params = block.params.map((param) => `${printDefinition(func, param)}: ${func.valueTypes[param] ?? 'i32'}`);
    lines.push(`block${index}${params.length > 0 ? `(${params.join(', ')})` : ''}:`);
    for (const instruction of block.instructions) {
      lines.push(`  ${printInstruction(func, instruction)}${locations ? printLocation(instruction.location) : ''}`);
    }
    if (!block.terminator) return;
    lines.push(`  ${printTerminator(block.terminator)}${locations ? printLocation(block.terminator.location) : ''}`);
  });
  return `${lines.join('\n')}\n}\n`;
}

export function printInstruction(func: IrFunction, instruction: Instruction): string {
  const { opcode, results } = instruction;
  const typed = opcodeRow(opcode).results === 'callee';
  const left = results.map((result) => `${printDefinition(func, result)}${typed ? `: ${func.valueTypes[result] ?? 'i32'}` : ''}`);
  const rest = printArguments(instruction);
  return `${left.length > 0 ? `${left.join(', ')} = ` : ''}${opcode}${rest ? ` ${rest}` : ''}`;
}

export function printTerminator(terminator: Terminator): string {
  switch (terminator.kind) {
    case 'jump':
      return `jump ${printTarget(terminator.target)}`;
    case 'brif':
      return `brif v${terminator.condition}, ${printTarget(terminator.then)}, ${printTarget(terminator.else)}`;
    case 'br_table':
      return `br_table v${terminator.index}, [${terminator.targets.map(printTarget).join(', ')}], ${printTarget(terminator.otherwise)}`;
    case 'return':
      return terminator.values.length > 0 ? `return ${printValues(terminator.values)}` : 'return';
    case 'trap':
      return `trap ${terminator.code}`;
    case 'await':
      return `await v${terminator.operand}, ${printTarget(terminator.ok)}, ${printTarget(terminator.error)}`;
    case 'await_call': {
      const call = `${printSymbol(terminator.callee)}(${printValues(terminator.operands)})`;
      return `await_call ${call}, ${printTarget(terminator.ok)}, ${printTarget(terminator.error)}`;
    }
    default:
      return assertNever(terminator);
  }
}

export function printSignature({ params, results }: Signature): string {
  const right = results.length === 1 ? ` -> ${results[0]}` : results.length > 0 ? ` -> (${results.join(', ')})` : '';
  return `(${params.join(', ')})${right}`;
}

/** A symbol as it stands in text: bare where the lexer reads it back as a name, else quoted. */
export function printSymbol(name: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$.]*$/.test(name) && !/^(v|block)[0-9]+$/.test(name) && name !== '_' ? name : JSON.stringify(name);
}

/** A float that reads back as the same number. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0';
  return String(value).replace('Infinity', 'inf');
}

function printHeader(func: IrFunction): string {
  const name = func.displayName === undefined ? '' : ` name ${JSON.stringify(func.displayName)}`;
  return `${func.convention === 'async' ? 'async ' : ''}func ${printSymbol(func.name)}${printSignature(func)}${name}`;
}

function printDefinition(func: IrFunction, value: Value): string {
  const name = func.valueNames.get(value);
  return name === undefined ? `v${value}` : `v${value}#${printSymbol(name)}`;
}

const printValues = (values: readonly Value[]): string => values.map((value) => `v${value}`).join(', ');
const printTarget = ({ block, args }: Target): string => `block${block}${args.length > 0 ? `(${printValues(args)})` : ''}`;
const printLocation = (location: SourceLocation | undefined): string => (location ? ` @${location.file}:${location.offset}` : '');

/** Calls read `call f(v1)` and `call_indirect v0(v1): (i32) -> i32`; else immediates, then operands, `+offset` at the first. */
function printArguments({ opcode, operands, immediates }: Instruction): string {
  const [first] = immediates;
  if (opcode === 'call') return `${printImmediate('func', first)}(${printValues(operands)})`;
  if (opcode === 'call_indirect') return `v${operands[0] ?? ''}(${printValues(operands.slice(1))}): ${printImmediate('signature', first)}`;
  if (opcode === 'val.const' && typeof first === 'bigint') return `0x${BigInt.asUintN(64, first).toString(16)}`;
  const { immediates: kinds } = opcodeRow(opcode);
  const parts = kinds.flatMap((kind, index) => (kind === 'offset' ? [] : [printImmediate(kind, immediates[index])]));
  const offset = kinds[0] === 'offset' && first ? `+${String(first)}` : '';
  const values = operands.map((value, index) => `v${value}${index === 0 ? offset : ''}`);
  return [...parts, ...(values.length > 0 ? [values.join(', ')] : [])].join(' ');
}

function printImmediate(kind: ImmediateKind, value: Immediate | undefined): string {
  if (value === undefined) throw new Error(`an immediate of kind ${kind} is missing`);
  if (typeof value === 'object') return printSignature(value);
  if (typeof value === 'string') return printSymbol(value);
  if (kind === 'tag') return `0x${value.toString(16)}`;
  return typeof value === 'bigint' ? String(value) : kind === 'f32' || kind === 'f64' ? printFloat(value) : String(value);
}

function printGlobal({ name, type, mutable, initial }: GlobalDeclaration): string {
  const value = typeof initial === 'bigint' ? String(initial) : printFloat(initial);
  return `global ${printSymbol(name)}: ${type}${mutable ? ' mut' : ''} = ${value}`;
}

function printData({ name, align, bytes, relocations, functionRelocations }: DataSymbol): string {
  const words = [
    ...relocations.map(({ offset, symbol }) => `${offset}: data ${printSymbol(symbol)}`),
    ...functionRelocations.map(({ offset, func }) => `${offset}: func ${printSymbol(func)}`),
  ];
  return `data ${printSymbol(name)} align ${align} "${printBytes(bytes)}"${words.length > 0 ? ` { ${words.join(', ')} }` : ''}`;
}

const BYTE_TEXT: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
  return plain ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, '0')}`;
});

function printBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += BYTE_TEXT[byte] ?? '';
  return text;
}
