/**
 * The custom section "name": functions as a user knows them, locals and globals by their names in the IR. Engines show
 * the function names in stacks and profiles.
 */
import type { ByteWriter } from './byte-writer.js';
import { localNames } from './names.js';
import type { ModulePlan } from './plan-module.js';

const SUBSECTION = { functions: 1, locals: 2, globals: 7 } as const;

export function writeNameSection(out: ByteWriter, plan: ModulePlan): void {
  out.u8(0);
  out.sized((custom) => {
    custom.name('name');
    const { functions, globals } = plan;
    subsection(custom, SUBSECTION.functions, (to) => nameMap(to, functions.map(({ plan: { func } }) => func.displayName ?? func.name)));
    subsection(custom, SUBSECTION.locals, (to) => {
      to.unsigned(functions.length);
      functions.forEach(({ plan: func }, index) => {
        to.unsigned(index);
        nameMap(to, localNames(func));
      });
    });
    subsection(custom, SUBSECTION.globals, (to) => nameMap(to, globals.map(({ name }) => name)));
  });
}

function subsection(out: ByteWriter, id: number, write: (to: ByteWriter) => void): void {
  out.u8(id);
  out.sized(write);
}

function nameMap(out: ByteWriter, names: readonly string[]): void {
  out.unsigned(names.length);
  names.forEach((name, index) => {
    out.unsigned(index);
    out.name(name);
  });
}
