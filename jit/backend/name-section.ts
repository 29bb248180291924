/**
 * The custom section "name": the program's functions as a user knows them, globals, and locals that have names in the
 * source. Engines show the function names in stacks and profiles; the library's would be a sixth of a small module.
 */
import type { ByteWriter } from './byte-writer.js';
import type { FunctionObject, ObjectModule } from './function-object.js';

const SUBSECTION = { functions: 1, locals: 2, globals: 7 } as const;

export function writeNameSection(out: ByteWriter, module: ObjectModule, objects: readonly FunctionObject[]): void {
  out.u8(0);
  out.sized((custom) => {
    custom.name('name');
    subsection(custom, SUBSECTION.functions, (to) => those(to, objects.map(({ shownName }) => shownName)));
    subsection(custom, SUBSECTION.locals, (to) => those(to, objects.map(({ localNames }) => localNames)));
    subsection(custom, SUBSECTION.globals, (to) => nameMap(to, [...module.globals.keys()]));
  });
}

function subsection(out: ByteWriter, id: number, write: (to: ByteWriter) => void): void {
  out.u8(id);
  out.sized(write);
}

/** Entries by index, of functions that have one. */
function those(out: ByteWriter, entries: readonly (Uint8Array | null)[]): void {
  out.unsigned(entries.filter((entry) => entry).length);
  entries.forEach((entry, index) => {
    if (!entry) return;
    out.unsigned(index);
    out.bytes(entry);
  });
}

function nameMap(out: ByteWriter, names: readonly string[]): void {
  out.unsigned(names.length);
  names.forEach((name, index) => {
    out.unsigned(index);
    out.name(name);
  });
}
