/**
 * Plans from types: how a host value of a declared type is checked and copied (Plan of jit/artifact.ts).
 *
 * Recursive and shared object types become entries of one table, so a plan is always finite. What the wire cannot carry
 * (functions, symbols) plans as `any`: the codec then refuses the value itself, with its path.
 */
import ts = require('typescript');
import type { Plan, PlanField } from '../artifact.js';

export class Planner {
  readonly plans: Plan[] = [];
  readonly #indexes = new Map<ts.Type, number>();

  constructor(
    readonly checker: ts.TypeChecker,
    readonly place: ts.Node,
  ) {}

  /** The plan of what a promise of this type resolves to. */
  ofPromised(type: ts.Type): Plan {
    return this.of(this.checker.getAwaitedType(type) ?? type);
  }

  of(type: ts.Type): Plan {
    const { flags } = type;
    const literal = literalOf(type, this.checker);
    if (literal) return literal;
    for (const [flag, kind] of PRIMITIVES) if (flags & flag) return { kind };
    if (type.isUnion()) return { kind: 'union', of: type.types.map((each) => this.of(each)) };
    if (type.isTypeParameter()) return this.of(this.checker.getBaseConstraintOfType(type) ?? this.checker.getUnknownType());
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return this.#ofObject(type);
    return { kind: 'any' };
  }

  #ofObject(type: ts.Type): Plan {
    const known = this.#indexes.get(type);
    if (known !== undefined) return { kind: 'ref', plan: known };
    const name = type.getSymbol()?.name ?? '';
    const scalar = LIBRARY_SCALARS[name];
    if (scalar && this.#isLibrary(type)) return { kind: scalar };
    const index = this.plans.push({ kind: 'any' }) - 1;
    this.#indexes.set(type, index);
    this.plans[index] = this.#structure(type, name);
    return { kind: 'ref', plan: index };
  }

  #structure(type: ts.Type, name: string): Plan {
    const { checker } = this;
    // Type arguments exist exactly on references, which arrays, tuples, maps and sets are.
    const typeArguments = (): readonly ts.Type[] => checker.getTypeArguments(type as ts.TypeReference);
    const item = (index: number): Plan => {
      const argument = typeArguments()[index];
      return argument ? this.of(argument) : { kind: 'any' };
    };
    if (checker.isTupleType(type)) return this.#tuple(type as ts.TypeReference);
    if (checker.isArrayType(type)) return { kind: 'array', item: item(0) };
    if (this.#isLibrary(type)) {
      if (name === 'Map' || name === 'ReadonlyMap') return { kind: 'map', key: item(0), value: item(1) };
      if (name === 'Set' || name === 'ReadonlySet') return { kind: 'set', item: item(0) };
      return { kind: 'any' };
    }
    if (type.getCallSignatures().length > 0) return { kind: 'any' };
    const fields = checker.getPropertiesOfType(type).map((symbol) => this.#field(symbol));
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    return { kind: 'object', fields, ...(index && { index: this.of(index.type) }) };
  }

  #tuple(type: ts.TypeReference): Plan {
    const target = type.target as ts.TupleType; // what isTupleType says
    const items = this.checker.getTypeArguments(type).map((each) => this.of(each));
    const fixed = target.elementFlags.every((flag) => flag === ts.ElementFlags.Required);
    return fixed ? { kind: 'tuple', items } : { kind: 'array', item: { kind: 'union', of: items } };
  }

  #field(symbol: ts.Symbol): PlanField {
    return {
      name: symbol.name,
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
      plan: this.of(this.checker.getTypeOfSymbolAtLocation(symbol, this.place)),
    };
  }

  #isLibrary(type: ts.Type): boolean {
    const declaration = type.getSymbol()?.declarations?.[0];
    return declaration?.getSourceFile().fileName.startsWith('brolga:lib/') ?? false;
  }
}

const LIBRARY_SCALARS: Readonly<Record<string, 'date' | 'bytes'>> = {
  Date: 'date',
  Uint8Array: 'bytes',
  Int8Array: 'bytes',
  Uint8ClampedArray: 'bytes',
  Int16Array: 'bytes',
  Uint16Array: 'bytes',
  Int32Array: 'bytes',
  Uint32Array: 'bytes',
  Float32Array: 'bytes',
  Float64Array: 'bytes',
};

const PRIMITIVES: readonly (readonly [ts.TypeFlags, 'number' | 'string' | 'boolean' | 'bigint' | 'undefined' | 'null'])[] = [
  [ts.TypeFlags.Boolean, 'boolean'],
  [ts.TypeFlags.NumberLike, 'number'],
  [ts.TypeFlags.StringLike, 'string'],
  [ts.TypeFlags.BigIntLike, 'bigint'],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, 'undefined'],
  [ts.TypeFlags.Null, 'null'],
];

function literalOf(type: ts.Type, checker: ts.TypeChecker): Plan | null {
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { kind: 'literal', value: checker.typeToString(type) === 'true' };
  return null;
}
