/**
 * The compiler as one function: TypeScript text in, artifact out.
 *
 *   check -> lower to IR -> passes -> object code -> link with the library's object code -> place
 *
 * Throws CompileError with every diagnostic, and nothing else. `Stages` keeps what lies between, for listings.
 */
import './typescript/checker-code.js'; // first: it brings TypeScript in
import type { IrModule } from '../ir/function.js';
import { ABI_VERSION } from './abi.js';
import type { Artifact } from './artifact.js';
import { emitObjects, type Emitted } from './backend/backend.js';
import type { ObjectModule } from './backend/function-object.js';
import { reportFailures } from './compiler-failure.js';
import { CompileError } from './errors.js';
import { loadLibrary } from './library.js';
import { linkedIr, linkObjects } from './link.js';
import { lowerModule, tuned, type Tuning } from './pipeline.js';
import { checkProgram, diagnosticsOf } from './typescript/checker.js';
import { lowerProgram, type LoweredProgram } from './typescript/lower/modules.js';
import type { FrameLayout } from './artifact.js';

export interface CompilerOptions extends Tuning {
  /** Shown in errors and stacks. */
  readonly filename: string;
  /** Ambient declarations of host functions beside those in the source. */
  readonly declarations?: string;
  /** Keep the lowered IR in the artifact, for the interpreter engine. */
  readonly keepLowered?: boolean;
}

/** What a compile went through. `onFront` sees the program's IR before passes change it. */
export interface Stages {
  readonly front: LoweredProgram;
  readonly frames: readonly FrameLayout[];
  readonly linked: ObjectModule;
  readonly emitted: Emitted;
}

/** Compiles one source file. */
export function compile(source: string, options: CompilerOptions): Artifact {
  return reportFailures(options.filename, source, () => artifactOf(stagesOf(source, options), options.keepLowered ?? false));
}

export function compileStages(source: string, options: CompilerOptions, onFront?: (program: LoweredProgram) => void): Stages {
  return reportFailures(options.filename, source, () => stagesOf(source, options, onFront));
}

function stagesOf(source: string, options: CompilerOptions, onFront: (program: LoweredProgram) => void = () => {}): Stages {
  const ambient = options.declarations === undefined ? [] : [{ name: 'declarations.d.ts', text: options.declarations }];
  const checked = checkProgram({ name: sourceName(options.filename), text: source }, ambient);
  const diagnostics = diagnosticsOf(checked);
  if (diagnostics.length > 0) throw new CompileError(diagnostics);
  const { objects, bodies, interface: libraryInterface } = loadLibrary();
  const front = lowerProgram(checked, libraryInterface);
  if (front.diagnostics.length > 0) throw new CompileError(front.diagnostics);
  onFront(front);
  const { frames } = lowerModule(front.module, { library: libraryInterface.facts, bodies, ...tuned(options) });
  const linked = linkObjects(front.module, objects);
  return { front, frames, linked, emitted: emitObjects(linked) };
}

/** The lowered IR of everything that was linked. */
export const loweredOf = ({ linked, front }: Stages): IrModule => linkedIr(linked, front.module, loadLibrary().library);

/** The checker tells the language of a file by its name. */
export const sourceName = (filename: string): string => (/\.[cm]?ts$/.test(filename) ? filename : `${filename}.ts`);

export function artifactOf(stages: Stages, keepLowered: boolean): Artifact {
  const { front, frames, linked, emitted } = stages;
  const tableIndex = (symbol: string): number => {
    const index = emitted.table.indexOf(symbol);
    if (index < 0) throw new Error(`${symbol} has no place in the function table`);
    return index;
  };
  return {
    abiVersion: ABI_VERSION,
    wasm: emitted.wasm,
    data: { bytes: emitted.data.bytes, align: emitted.data.align, relocations: emitted.data.relocations },
    topLevel: tableIndex(front.topLevel),
    exports: front.exports.map(({ name, entry, async }) => ({ name, tableIndex: tableIndex(entry), async })),
    hostFunctions: front.hostFunctions,
    plans: front.plans,
    sites: front.sites,
    sourceMap: emitted.sourceMap,
    frames,
    sources: linked.sources,
    ...(keepLowered && { lowered: loweredOf(stages) }),
  };
}
