/**
 * What `brolga explain` shows of a compile: its IR at each stage, the module's text, frames, and the states of every
 * function that can suspend. Text only; the command line chooses.
 */
import type { IrFunction, SourceLocation } from '../ir/function.js';
import { controlFlow } from '../ir/cfg.js';
import { suspendingBlocks } from '../ir/liveness.js';
import { blockOf } from '../ir/function.js';
import { printFunction } from '../ir/print.js';
import type { FrameLayout } from './artifact.js';
import { printWat } from './backend/print-module.js';
import { compileStages, loweredOf, type CompilerOptions } from './compile.js';
import { lineAndColumn } from '../ir/diagnostics.js';

export const EMITS = ['states', 'ir', 'lowered', 'wat', 'layout', 'wasm'] as const;
export type Emit = (typeof EMITS)[number];

/** An await of the source: the function it stands in and its text. */
interface Suspension {
  readonly line: number;
  readonly text: string;
}

interface StateMachine {
  readonly name: string;
  /** Of the IR function, which frame layouts go by. */
  readonly symbol: string;
  readonly suspensions: readonly Suspension[];
}

export type Listing = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export function explainProgram(source: string, options: CompilerOptions, emit: Emit): Listing {
  const machines: StateMachine[] = [];
  const before: string[] = [];
  const own = new Set<string>();
  const stages = compileStages(source, options, ({ module }) => {
    for (const func of module.functions.values()) {
      own.add(func.name);
      before.push(printFunction(func));
      if (func.convention === 'async') machines.push({ name: func.displayName ?? func.name, symbol: func.name, suspensions: suspensionsOf(func, source) });
    }
  });
  const text = (value: string): Listing => ({ kind: 'text', text: value });
  switch (emit) {
    case 'ir':
      return text(before.join('\n'));
    case 'lowered':
      return text([...loweredOf(stages).functions.values()].filter(({ name }) => own.has(name.replace(/\$resume$/, ''))).map((func) => printFunction(func)).join('\n'));
    case 'wat':
      return text(printWat(loweredOf(stages)));
    case 'layout':
      return text(stages.frames.map(drawFrame).join('\n'));
    case 'states':
      return text(machines.filter(({ suspensions }) => suspensions.length > 0).map((machine) => drawStates(machine, stages.frames)).join('\n'));
    case 'wasm':
      return { kind: 'bytes', bytes: stages.emitted.wasm };
  }
}

function suspensionsOf(func: IrFunction, source: string): Suspension[] {
  return suspendingBlocks(func, controlFlow(func)).map((block) => {
    const location: SourceLocation | undefined = blockOf(func, block).terminator?.location;
    if (!location) return { line: 0, text: 'await' };
    const { line } = lineAndColumn(source, location.offset);
    return { line, text: source.slice(location.offset).split('\n')[0]?.trim() ?? '' };
  });
}

const MOST_TEXT = 60;

/** The states of one function in source order, each with its await; control flow between them is the program's. */
function drawStates({ name, symbol, suspensions }: StateMachine, frames: readonly FrameLayout[]): string {
  const frame = frames.find(({ functionName }) => functionName === symbol);
  const clip = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text);
  const boxes = ['call', ...suspensions.map(({ line, text }, index) => `state ${index + 1}   line ${line}: ${clip(text)}`), 'done: value or error'];
  const width = Math.max(...boxes.map((box) => box.length)) + 2;
  const rows: string[] = [];
  boxes.forEach((box, index) => {
    const isState = index > 0 && index < boxes.length - 1;
    rows.push(`  ┌${'─'.repeat(width)}┐`);
    rows.push(`  │ ${box.padEnd(width - 1)}│${isState ? ` ◀── br_table ${index} resumes here` : ''}`);
    rows.push(`  └${'─'.repeat(width)}┘`);
  });
  const size = frame ? `frame of ${frame.bytes} bytes, allocated at the first await that has to wait` : 'no frame';
  return `${name}: ${suspensions.length} ${suspensions.length === 1 ? 'await' : 'awaits'}, ${size}\n${rows.join('\n')}\n`;
}

function drawFrame({ functionName, bytes, fields }: FrameLayout): string {
  const rows = fields.map(({ name, type, byteOffset }) => `  ${String(byteOffset).padStart(5)}  ${type.padEnd(4)}  ${name}`);
  return [`${functionName}: ${bytes} bytes`, '      0        header: shape, state, waiters, result', ...rows, ''].join('\n');
}
