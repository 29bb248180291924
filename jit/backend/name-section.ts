/**
 * The custom section "name": functions as a user knows them, globals, and locals that have names in the source. Engines
 * show the function names in stacks and profiles.
 */
import type { ByteWriter } from './byte-writer.js';
import type { FunctionObject, ObjectModule } from './function-object.js';

const SUBSECTION = { functions: 1, locals: 2, globals: 7 } as const;

export function writeNameSection(out: ByteWriter, module: ObjectModule, objects: readonly FunctionObject[]): void {
  out.u8(0);
  out.sized((custom) => {
    custom.name('name');
    subsection(custom, SUBSECTION.functions, (to) => {
      to.unsigned(objects.length);
      objects.forEach(({ shownName }, index) => {
        to.unsigned(index);
        to.part(shownName, 0, shownName.length);
      });
    });
    subsection(custom, SUBSECTION.locals, (to) => {
      to.unsigned(objects.filter(({ localNames }) => localNames).length);
      objects.forEach(({ localNames }, index) => {
        if (!localNames) return;
        to.unsigned(index);
        to.bytes(localNames);
      });
    });
    subsection(custom, SUBSECTION.globals, (to) => nameMap(to, [...module.globals.keys()]));
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
