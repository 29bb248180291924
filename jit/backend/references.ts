/** References: the symbols that a function's code names, in order of appearance, each once. Object code knows its own. */
import type { IrFunction, IrModule } from '../../ir/function.js';
import { opcodeRow } from '../../ir/opcodes.js';
import type { Signature } from '../../ir/types.js';

export interface References {
  /** Called, or address taken. */
  readonly functions: readonly string[];
  /** Functions whose table index is asked for. */
  readonly addresses: readonly string[];
  readonly data: readonly string[];
  readonly globals: readonly string[];
  /** Of indirect calls. */
  readonly signatures: readonly Signature[];
}

/** What linking and laying out need to know of a function: it may be IR or object code. */
export type Linkable = IrFunction | (Signature & { readonly name: string; readonly references: References });

/** A module whose functions are in some form. */
export interface ModuleOf<Func> extends Omit<IrModule, 'functions'> {
  readonly functions: Map<string, Func>;
}

export const referencesOf = (func: Linkable): References => ('references' in func ? func.references : namedIn(func));

function namedIn(func: IrFunction): References {
  const functions = new Set<string>();
  const addresses = new Set<string>();
  const data = new Set<string>();
  const globals = new Set<string>();
  const signatures: Signature[] = [];
  const setOf = { func: functions, data, global: globals } as const;
  for (const block of func.blocks) {
    for (const { opcode, immediates } of block?.instructions ?? []) {
      if (immediates.length === 0) continue;
      const [immediate] = immediates;
      const [kind] = opcodeRow(opcode).immediates;
      if (typeof immediate === 'object') signatures.push(immediate);
      if (typeof immediate !== 'string' || (kind !== 'func' && kind !== 'data' && kind !== 'global')) continue;
      setOf[kind].add(immediate);
      if (opcode === 'func.index') addresses.add(immediate);
    }
    if (block?.terminator?.kind === 'await_call') functions.add(block.terminator.callee);
  }
  return { functions: [...functions], addresses: [...addresses], data: [...data], globals: [...globals], signatures };
}
