/**
 * Runners: what can execute the `; run:` directives of a filetest. All of RUNNERS must give the same results.
 *
 * To add an engine, add a row: it gets a verified module and calls functions by symbol.
 */
import type { IrModule } from '../../../ir/function.js';
import { Interpreter } from '../../../ir/interpret.js';
import { createMemory } from '../../../ir/machine.js';
import type { Scalar } from '../../../ir/scalars.js';
import { v8Runner } from './v8-runner.js';

export interface Runner {
  readonly name: string;
  /** True if the runner can do nothing with this module, for example because it awaits. */
  skips(module: IrModule): boolean;
  /** False if the runner traps there too but has no name of its own for this reason or code; fuel it may not have at all. */
  canTell(traps: string): boolean;
  /** A fresh instance with one page of memory; static data lies at 1024. The call throws an error of name `Trap` with `reason` and `code`. */
  instantiate(module: IrModule): (func: string, args: readonly Scalar[]) => readonly Scalar[];
}

export const RUNNERS: Runner[] = [
  {
    name: 'interpreter',
    skips: () => false,
    canTell: () => true,
    instantiate(module) {
      // An odd awaited value is an error: enough of a host for both paths of an await.
      const onAwait = (operand: bigint) => ({ kind: operand & 1n ? ('error' as const) : ('ok' as const), value: operand * 10n });
      const interpreter = new Interpreter(module, { memory: createMemory(1, 4), fuel: 1_000_000, onAwait });
      return (func, args) => interpreter.call(func, args);
    },
  },
  v8Runner,
];
