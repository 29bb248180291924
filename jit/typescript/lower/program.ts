/**
 * Program: what lowering knows and collects over a whole guest program.
 *
 * Needs the checked source, scope facts and the interface of the library. Collects the module, sites for stacks, host
 * functions and diagnostics.
 */
import ts = require('typescript');
import type { SymbolTypes } from '../../../ir/builder.js';
import { createFunction, type IrFunction, type IrModule, type SourceLocation } from '../../../ir/function.js';
import type { Signature, Type } from '../../../ir/types.js';
import type { HostFunction, Site } from '../../artifact.js';
import type { Diagnostic } from '../../diagnostics.js';
import type { Planner } from '../plans.js';
import { refuse } from '../refusals.js';
import { IR_TYPE, type MachineType } from '../privileged/machine-types.js';
import type { LibraryInterface } from '../privileged/library.js';
import type { LibrarySignature } from '../privileged/library-scope.js';
import { parametersOf, takesList, type Binding, type Unit } from './bindings.js';
import type { EntryRequest } from './entry-requests.js';
import type { Predictor } from './prediction.js';
import { TYPE_OF_REP } from './representation.js';
import type { ScopeFacts } from './scope-analysis.js';
import { startOf, type SessionPart } from './session.js';
import type { Analysed } from './throws-analysis.js';

export class Program {
  readonly sites: Site[] = [];
  readonly hostFunctions: HostFunction[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly lowered: Analysed[] = [];
  /** Closure entries that were asked for, by symbol. */
  readonly entries = new Map<string, EntryRequest>();
  /** Keys of the shapes that object literals of this program have. */
  readonly shapes = new Map<string, readonly string[]>();
  readonly #hostIndexes = new Map<string, number>();
  /** In a session, whose text is lowered again and again. */
  readonly #siteIndexes = new Map<string, number>();
  readonly #signatures = new Map<string, Signature>();

  constructor(
    readonly file: ts.SourceFile,
    readonly checker: ts.TypeChecker,
    readonly facts: ScopeFacts,
    readonly predictor: Predictor,
    readonly library: LibraryInterface,
    readonly planner: Planner,
    readonly module: IrModule,
    readonly session: SessionPart | null = null,
  ) {
    if (!session) return;
    const { sites, hostFunctions, hostKeys, plans, shapes } = session.memory;
    for (const site of sites) this.#siteIndexes.set(keyOfSite(site), this.sites.push(site) - 1);
    this.hostFunctions.push(...hostFunctions);
    for (const key of hostKeys) this.#hostIndexes.set(key, this.#hostIndexes.size);
    planner.plans.push(...plans);
    for (const [name, keys] of shapes) this.shapes.set(name, keys);
  }

  /** Where the text starts that is to run. */
  get start(): number {
    return startOf(this.session);
  }

  /** See SessionMemory. */
  get hostKeys(): readonly string[] {
    return [...this.#hostIndexes.keys()];
  }

  readonly symbols: SymbolTypes = {
    signature: (name) => this.module.functions.get(name) ?? this.#librarySignature(name),
    globalType: (name) => {
      const global = this.module.globals.get(name);
      if (!global) throw new Error(`there is no instance global ${name}`);
      return global.type;
    },
  };

  /** The library function of this name, if the library has it. */
  libraryFunction(name: string): LibrarySignature | undefined {
    return Object.hasOwn(this.library.functions, name) ? this.library.functions[name] : undefined;
  }

  #librarySignature(name: string): Signature {
    const known = this.#signatures.get(name);
    if (known) return known;
    const signature = this.libraryFunction(name);
    if (!signature) throw new Error(`the library has no function ${name}`);
    const types = (list: readonly MachineType[]): Type[] => list.flatMap((type) => IR_TYPE[type] ?? []);
    const made: Signature = {
      params: types(signature.params.map(({ type }) => type)),
      results: [...types([signature.result]), ...(signature.throws ? (['i32'] as const) : [])],
    };
    this.#signatures.set(name, made);
    return made;
  }

  /** `module.sources` lists the program first, then the embedder's declarations. */
  locationOf(node: ts.Node): SourceLocation {
    const file = this.module.sources.findIndex(({ name }) => name === node.getSourceFile().fileName);
    return { file, offset: node.getStart() };
  }

  site(functionName: string, node: ts.Node, isAsync: boolean): number {
    const site = { functionName, location: this.locationOf(node), async: isAsync };
    if (!this.session) return this.sites.push(site) - 1;
    const key = keyOfSite(site);
    const known = this.#siteIndexes.get(key);
    if (known !== undefined) return known;
    const index = this.sites.push(site) - 1;
    this.#siteIndexes.set(key, index);
    return index;
  }

  /** Index of the host function that an ambient declaration names. */
  hostFunction(declaration: ts.FunctionDeclaration): number {
    const name = declaration.name?.text ?? '';
    const key = this.session ? `${declaration.getSourceFile().fileName}:${name}` : name;
    const known = this.#hostIndexes.get(key);
    if (known !== undefined) return known;
    const signature = this.checker.getSignatureFromDeclaration(declaration);
    if (!signature) throw new Error(`${name} has no signature`);
    if (signature.getReturnType().getSymbol()?.name !== 'Promise') return refuse('BR1007', declaration, name);
    const index = this.hostFunctions.push({
      name,
      result: this.planner.ofPromised(signature.getReturnType()),
      location: this.locationOf(declaration),
    }) - 1;
    this.#hostIndexes.set(key, index);
    return index;
  }

  addFunction(func: IrFunction): IrFunction {
    this.module.functions.set(func.name, func);
    return func;
  }

  /** Makes the IR function of a unit, still without blocks. */
  declareUnit(unit: Unit): void {
    const suspends = unit.async || unit.generator;
    const convention = suspends ? 'async' : 'plain';
    const results: Type[] = [suspends ? 'val' : TYPE_OF_REP[unit.result], 'i32'];
    const func = createFunction(unit.symbol, { params: unitParams(unit), results }, convention);
    func.displayName = unit.name === '' ? '<anonymous>' : unit.name;
    func.location = this.locationOf(unit.node);
    this.addFunction(func);
  }
}

const keyOfSite = ({ functionName, location, async }: Site): string => `${functionName} ${location.file} ${location.offset} ${async}`;

/** Parameters of a unit's body: its generator if it is one's, captures, `this` if it is used, then the source's parameters. */
export function unitParams(unit: Unit): Type[] {
  return [
    ...(unit.generator ? (['ref'] as const) : []),
    ...unit.captures.map(captureType),
    ...(unit.self ? (['val'] as const) : []),
    ...(takesList(unit) ? (['ref'] as const) : []),
    ...parametersOf(unit.node).map((parameter) => parameterType(unit, parameter)),
  ];
}

export const captureType = (binding: Binding): Type => (binding.storage === 'cell' ? 'ref' : TYPE_OF_REP[binding.rep]);

/** Rest parameters are arrays. In async functions a failed check must reject, so it is made inside. */
export function parameterType(unit: Unit, parameter: ts.ParameterDeclaration): Type {
  if (parameter.dotDotDotToken) return 'ref';
  return TYPE_OF_REP[parameterRep(unit, parameter)];
}

export function parameterRep(unit: Unit, parameter: ts.ParameterDeclaration): 'f64' | 'bool' | 'str' | 'val' {
  if (unit.async || unit.generator || parameter.initializer || parameter.questionToken || !ts.isIdentifier(parameter.name)) return 'val';
  return unit.parameterReps.get(parameter) ?? 'val';
}
