/** Host functions as the embedder gives them, and how they meet those that a program declares. */
import type { Artifact } from '../jit/artifact.js';
import { diagnosticAt } from '../jit/diagnostics.js';
import { CompileError } from '../jit/errors.js';
import { sourceAt } from '../executor/guest-stack.js';
import type { HostImplementation } from '../executor/host-calls.js';
import { withBigints } from './wasm-border.js';

/** Host functions by their declared names. Each returns a promise, or a value that counts as one. */
export type Host = Readonly<Record<string, HostImplementation>>;

export const DEFAULT_FILENAME = 'program.ts';

/** By index of the declared functions. Own properties only: a guest must not reach Object.prototype by a name. */
export function implementationsOf(artifact: Artifact, host: Host): HostImplementation[] {
  const found = artifact.hostFunctions.map(({ name }) => (Object.hasOwn(host, name) ? host[name] : undefined));
  const missing = artifact.hostFunctions.flatMap(({ name, location }, index) => {
    if (typeof found[index] === 'function') return [];
    const { name: file, text, offset } = sourceAt(artifact, location) ?? { name: DEFAULT_FILENAME, text: '', offset: 0 };
    const span = { file, text, start: offset, length: name.length };
    return [diagnosticAt('UNKNOWN_HOST_FUNCTION', '', `host function '${name}' is declared, but compile(…, { host }) has no function of that name`, span)];
  });
  if (missing.length > 0) throw new CompileError(missing);
  return found.flatMap((each, index) => (each ? [withBigints(each, artifact.hostFunctions[index]?.wasm)] : []));
}

/** Names of the functions that are async by their declaration, whatever the others give. */
export const asyncFunctions = (host: Host): string[] =>
  Object.entries(host).flatMap(([name, each]) => (Object.prototype.toString.call(each) === '[object AsyncFunction]' ? [name] : []));
