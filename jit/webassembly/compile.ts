/**
 * The compiler for WebAssembly: a module's text or bytes in, artifact out.
 *
 *   text -> marks taken out -> wabt -> bytes -> validate -> module -> link -> lower -> passes -> link with the library -> place
 *
 * Throws CompileError, and nothing else. Each call of an export is a task with an instance of its own.
 */
import type { IrModule } from '../../ir/function.js';
import { ABI_VERSION } from '../abi.js';
import type { Artifact, FrameLayout, Plan } from '../artifact.js';
import { emitObjects, type Emitted } from '../backend/backend.js';
import type { ObjectModule } from '../backend/function-object.js';
import { reportFailures } from '../compiler-failure.js';
import { loadLibrary } from '../library.js';
import { linkedIr, linkObjects } from '../link.js';
import { lowerModule, tuned, type Tuning } from '../pipeline.js';
import { checkUnit } from './check-unit.js';
import { holdsFuncref, linkInstance, type Unit } from './linkage.js';
import { lowerUnit, type LoweredUnit } from './lower-unit.js';
import type { ValueType } from './module.js';
import { readSource, type WasmInput } from './read-source.js';
import { refusal } from './refusals.js';

export interface WasmCompilerOptions extends Tuning {
  /** Shown in errors. */
  readonly filename: string;
  /** Imports that are async: `name` or `module.name`. */
  readonly asyncImports?: readonly string[];
  /** Host functions that are async functions, by name: imports that they are bound to are async. */
  readonly asyncHost?: readonly string[];
  /** Keep the lowered IR in the artifact, for the interpreter engine. */
  readonly keepLowered?: boolean;
}

/** What a compile went through. `onFront` sees the unit's IR before passes change it. */
export interface WasmStages {
  /** Where imports stand in the text. */
  readonly importPlaces: readonly number[];
  readonly front: LoweredUnit;
  readonly frames: readonly FrameLayout[];
  readonly linked: ObjectModule;
  readonly emitted: Emitted;
}

export { assemblerReady } from './assemble.js';

export function compileWasm(source: string | Uint8Array, options: WasmCompilerOptions): Artifact {
  return reportFailures(options.filename, textOf(source), () => artifactOf(stagesOf(source, options), options.keepLowered ?? false));
}

export function wasmStages(source: string | Uint8Array, options: WasmCompilerOptions, onFront?: (front: LoweredUnit) => void): WasmStages {
  return reportFailures(options.filename, textOf(source), () => stagesOf(source, options, onFront));
}

const textOf = (source: string | Uint8Array): string => (typeof source === 'string' ? source : '');

function stagesOf(source: string | Uint8Array, options: WasmCompilerOptions, onFront: (front: LoweredUnit) => void = () => {}): WasmStages {
  const input = readSource(source, options.filename);
  const unit = linkWithHost(input, options);
  const front = lowerUnit(unit, [{ name: options.filename, text: input.source.text }]);
  checkUnit(front.context, input);
  onFront(front);
  return { front, importPlaces: input.importPlaces, ...finish(front, options) };
}

/** The passes and the linker, over whatever unit. `afterPasses` may add functions that neither pay nor count their stack. */
export function finish({ module }: LoweredUnit, tuning: Tuning = {}, afterPasses: () => void = () => {}): Omit<WasmStages, 'front' | 'importPlaces'> {
  const { objects, bodies, interface: libraryInterface } = loadLibrary();
  const { frames } = lowerModule(module, { library: libraryInterface.facts, bodies, ...tuned(tuning) });
  afterPasses();
  const linked = linkObjects(module, objects);
  return { frames, linked, emitted: emitObjects(linked) };
}

function linkWithHost({ module, asyncFunctions, source, importPlaces }: WasmInput, { asyncImports = [], asyncHost = [] }: WasmCompilerOptions): Unit {
  const marked = new Set(asyncFunctions);
  let functions = 0;
  module.imports.forEach(({ module: from, name, description }, index) => {
    const place = importPlaces[index];
    if (description.kind !== 'func') throw refusal('BR3002', `the import ${JSON.stringify(from)} ${JSON.stringify(name)} is a ${description.kind}; a host gives functions only`, source, place);
    if (holdsFuncref(description.type)) throw refusal('BR3003', `the host function ${JSON.stringify(name)} takes or gives a funcref, which cannot leave the module`, source, place);
    if (asyncImports.includes(name) || asyncImports.includes(`${from}.${name}`) || asyncHost.includes(name)) marked.add(functions);
    functions++;
  });
  return linkInstance({ instances: [], hostImports: [] }, module, () => 'host', { asyncImports: marked });
}

// Artifact --------------------------------------------------------------------------------------------------------------

/** How the host's values of a type are checked; i64 crosses as digits, which the embedder's side makes bigints of. */
const PLAN_OF: Readonly<Record<ValueType, Plan>> = {
  i32: { kind: 'number' }, f32: { kind: 'number' }, f64: { kind: 'number' }, i64: { kind: 'string' }, externref: { kind: 'any' }, funcref: { kind: 'null' },
};

function resultPlan(types: readonly ValueType[]): Plan {
  const [only] = types;
  if (only === undefined) return { kind: 'undefined' };
  return types.length === 1 ? PLAN_OF[only] : { kind: 'tuple', items: types.map((type) => PLAN_OF[type]) };
}

/** The lowered IR of everything that was linked. */
export const loweredWasm = ({ linked, front }: Pick<WasmStages, 'linked' | 'front'>): IrModule => linkedIr(linked, front.module, loadLibrary().library);

function artifactOf({ front, importPlaces, frames, linked, emitted }: WasmStages, keepLowered: boolean): Artifact {
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
    exports: front.exports.map(({ name, entry, async, type }) => ({ name, tableIndex: tableIndex(entry), async, wasm: type })),
    hostFunctions: front.context.unit.hostImports.map(({ name, type, imported }) => ({ name, result: resultPlan(type.results), location: { file: 0, offset: importPlaces[imported] ?? 0 }, wasm: type })),
    plans: [],
    sites: [],
    sourceMap: emitted.sourceMap,
    frames,
    sources: linked.sources,
    ...(keepLowered && { lowered: loweredWasm({ linked, front }) }),
  };
}
