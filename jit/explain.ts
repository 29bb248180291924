/**
 * What `brolga explain` shows of a compile: its IR at each stage, the module's text, frames, and the states of every
 * function that can suspend. Text only; the command line chooses.
 */
import type { IrModule } from '../ir/function.js';
import { printFunction } from '../ir/print.js';
import type { FrameLayout } from './artifact.js';
import { printWat } from './backend/print-module.js';
import { compileStages, loweredOf, type CompilerOptions } from './compile.js';
import { drawForTerminal, drawSvg } from './draw-states.js';
import { stateMachineOf, type StateMachine } from './state-machine.js';
import { loweredWasm, wasmStages, type WasmCompilerOptions } from './webassembly/compile.js';

export const EMITS = ['states', 'svg', 'ir', 'lowered', 'wat', 'layout', 'wasm'] as const;
export type Emit = (typeof EMITS)[number];

export type Listing = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export const explainProgram = (source: string, options: CompilerOptions, emit: Emit): Listing =>
  listing(source, emit, (onFront) => {
    const stages = compileStages(source, options, onFront);
    return { ...stages, lowered: () => loweredOf(stages) };
  });

/** The same for a WebAssembly module, as text or as bytes. */
export const explainModule = (source: string | Uint8Array, options: WasmCompilerOptions, emit: Emit): Listing =>
  listing(typeof source === 'string' ? source : '', emit, (onFront) => {
    const stages = wasmStages(source, options, onFront);
    return { ...stages, lowered: () => loweredWasm(stages) };
  });

interface Explained {
  readonly frames: readonly FrameLayout[];
  readonly emitted: { readonly wasm: Uint8Array };
  lowered(): IrModule;
}

/** `compile` shows the program's IR before passes change it. */
function listing(source: string, emit: Emit, compile: (onFront: (front: { readonly module: IrModule }) => void) => Explained): Listing {
  const machines: StateMachine[] = [];
  const before: string[] = [];
  const own = new Set<string>();
  const stages = compile(({ module }) => {
    for (const func of module.functions.values()) {
      own.add(func.name);
      before.push(printFunction(func));
      if (func.convention === 'async') machines.push(stateMachineOf(func, source));
    }
  });
  // What the compiler adds around exports has no line of its own.
  const suspending = (): StateMachine[] => machines.filter(({ states }) => states.some(({ line }) => line > 0));
  const text = (value: string): Listing => ({ kind: 'text', text: value });
  switch (emit) {
    case 'ir':
      return text(before.join('\n'));
    case 'lowered':
      return text([...stages.lowered().functions.values()].filter(({ name }) => own.has(name.replace(/\$resume$/, ''))).map((func) => printFunction(func)).join('\n'));
    case 'wat':
      return text(printWat(stages.lowered()));
    case 'layout':
      return text(stages.frames.map(drawFrame).join('\n'));
    case 'states':
      return text(suspending().map((machine) => drawForTerminal(machine, stages.frames)).join('\n'));
    case 'svg':
      return text(drawSvg(suspending(), stages.frames));
    case 'wasm':
      return { kind: 'bytes', bytes: stages.emitted.wasm };
  }
}

function drawFrame({ functionName, bytes, fields }: FrameLayout): string {
  const rows = fields.map(({ name, type, byteOffset }) => `  ${String(byteOffset).padStart(5)}  ${type.padEnd(4)}  ${name}`);
  return [`${functionName}: ${bytes} bytes`, '      0        header: shape, state, waiters, result', ...rows, ''].join('\n');
}
