/**
 * What the translation of a unit shares: the IR module that grows, names of functions, numbers of types, the library's
 * signatures.
 */
import type { SymbolTypes } from '../../ir/builder.js';
import { createModule, type IrModule } from '../../ir/function.js';
import type { Signature, Type } from '../../ir/types.js';
import { GLOBALS } from '../abi.js';
import { loadLibrary } from '../library.js';
import { callGraphOf, type CallGraph } from './call-graph.js';
import { at, type FunctionTarget, type Instance, type Unit } from './linkage.js';
import { layoutUnit, type InstanceLayout } from './layout.js';
import { isReference, printFunctionType, type FunctionType, type ValueType } from './module.js';

/** References are addresses and numbers in the IR, and nothing that the collector looks at. */
export const irType = (type: ValueType): Type => (isReference(type) ? 'i32' : type);
export const irTypes = (types: readonly ValueType[]): Type[] => types.map(irType);

/** Every function of a guest takes the address of its instance's record first. */
export const bodySignature = ({ params, results }: FunctionType): Signature => ({ params: ['i32', ...irTypes(params)], results: irTypes(results) });
/** Suspending functions give what async functions give: a boxed result and a status. */
export const asyncSignature = ({ params }: FunctionType): Signature => ({ params: ['i32', ...irTypes(params)], results: ['val', 'i32'] });
/** Through tables they are entered by functions that give the promise of the result, or the result itself. */
export const promiseSignature = ({ params }: FunctionType): Signature => ({ params: ['i32', ...irTypes(params)], results: ['val'] });

export class UnitContext {
  readonly module: IrModule;
  readonly calls: CallGraph;
  readonly layouts: readonly InstanceLayout[];
  readonly slotCount: number;
  readonly #typeNumbers = new Map<string, number>();
  readonly #librarySignatures = new Map<string, Signature>();
  /** Of functions that calls may come to before they are translated. */
  readonly #declared = new Map<string, Signature>();

  constructor(readonly unit: Unit, sources: IrModule['sources']) {
    this.module = createModule();
    this.module.sources.push(...sources);
    for (const { name, type } of GLOBALS) this.module.globals.set(name, { name, type, mutable: true, initial: type === 'i64' || type === 'val' ? 0n : 0 });
    this.calls = callGraphOf(unit);
    const { layouts, slotCount } = layoutUnit(unit.instances);
    this.layouts = layouts;
    this.slotCount = slotCount;
    for (const { functions } of unit.instances) for (const target of functions) this.#declare(target);
  }

  #declare(target: FunctionTarget): void {
    const { type } = target;
    const called = target.kind === 'host' ? { params: irTypes(type.params), results: ['ref' as const] } : this.calls.suspending.has(target) ? asyncSignature(type) : bodySignature(type);
    this.#declared.set(bodySymbol(target), called);
  }

  readonly symbols: SymbolTypes = {
    signature: (name) => this.module.functions.get(name) ?? this.#declared.get(name) ?? this.#librarySignature(name),
    globalType: (name) => this.module.globals.get(name)?.type ?? 'i32',
  };

  instance(id: number): Instance {
    return at(this.unit.instances, id);
  }

  layout(id: number): InstanceLayout {
    return at(this.layouts, id);
  }

  /** Equal for equal types, wherever they are declared. */
  typeNumber(type: FunctionType): number {
    const key = printFunctionType(type);
    const known = this.#typeNumbers.get(key);
    if (known !== undefined) return known;
    this.#typeNumbers.set(key, this.#typeNumbers.size + 1);
    return this.#typeNumbers.size;
  }

  #librarySignature(name: string): Signature {
    const known = this.#librarySignatures.get(name);
    if (known) return known;
    const found = loadLibrary().interface.functions[name];
    if (!found) throw new Error(`the library has no function ${name}`);
    const made: Signature = {
      params: found.params.map(({ type }) => machineType(type)),
      results: [...(found.result === 'void' ? [] : [machineType(found.result)]), ...(found.throws ? (['i32'] as const) : [])],
    };
    this.#librarySignatures.set(name, made);
    return made;
  }
}

const MACHINE_TYPES: Readonly<Record<string, Type>> = { i32: 'i32', i64: 'i64', f64: 'f64', ref: 'ref', val: 'val', str: 'ref', bool: 'i32' };

/** A type of the library's dialect as the IR has it. */
function machineType(name: string): Type {
  const type = MACHINE_TYPES[name];
  if (!type) throw new Error(`the library's type ${name} has no machine type`);
  return type;
}

/** Symbol of a function's body. */
export function bodySymbol(target: FunctionTarget): string {
  return target.kind === 'host' ? `host$${target.host}` : `w${target.instance}$f${target.index}`;
}

/** Symbol of the function that tables hold for one of a type that may suspend. */
export const promiseSymbol = (target: FunctionTarget): string => `${bodySymbol(target)}$promise`;
