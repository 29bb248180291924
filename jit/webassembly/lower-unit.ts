/** Lowers a unit: its functions, what brings its instances to life, and the ways in. */
import type { IrModule } from '../../ir/function.js';
import { buildExports, buildTopLevel, type WasmExport } from './entries.js';
import { buildHostCalls, buildPromiseEntries } from './host-functions.js';
import { buildInstantiate } from './instantiate.js';
import type { Unit } from './linkage.js';
import { translateFunction } from './translate.js';
import { UnitContext } from './unit-context.js';

export interface LoweredUnit {
  readonly module: IrModule;
  readonly context: UnitContext;
  /** Symbol of the closure entry that brings the instances to life. */
  readonly topLevel: string;
  /** Those of the last instance. */
  readonly exports: readonly WasmExport[];
}

export function lowerUnit(unit: Unit, sources: IrModule['sources']): LoweredUnit {
  const context = new UnitContext(unit, sources);
  buildHostCalls(context);
  for (const instance of unit.instances) {
    instance.module.functions.forEach((_, index) => translateFunction(context, instance, index));
  }
  buildPromiseEntries(context);
  for (const instance of unit.instances) buildInstantiate(context, instance);
  const topLevel = buildTopLevel(context);
  const last = unit.instances.at(-1);
  const exports = last ? buildExports(context, last) : [];
  context.module.table = [...new Set(['', topLevel, ...exports.map(({ entry }) => entry)])];
  return { module: context.module, context, topLevel, exports };
}
