/**
 * Guest errors for the embedder: stacks and places in lines of the snippet, from the sites of the artifact.
 */
import { lineAndColumn } from '../ir/diagnostics.js';
import type { Artifact } from '../jit/artifact.js';
import type { SourceLocation } from '../ir/function.js';
import type { CrossedError } from './codec.js';
import { GuestError } from './errors.js';

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly frame: string;
}

/** Draws the lines around an offset; injected, since code frames belong to the compiler. */
export type DrawFrame = (file: string, text: string, offset: number) => string;

export function placeOf(artifact: Artifact, location: SourceLocation, draw: DrawFrame): Place | undefined {
  const source = sourceAt(artifact, location);
  if (!source) return undefined;
  const { name, text, offset } = source;
  return { file: name, ...lineAndColumn(text, offset), frame: draw(name, text, offset) };
}

/** The source of a location, or the evaluation of a session that it stands in. */
export function sourceAt({ sources, evaluations }: Artifact, { file, offset }: SourceLocation): { name: string; text: string; offset: number } | undefined {
  const source = sources[file];
  if (!source || !evaluations || file !== 0) return source && { ...source, offset };
  const number = evaluations.filter((start) => start <= offset).length;
  const start = evaluations[number - 1] ?? 0;
  const text = source.text.slice(start, evaluations[number]).replace(/\n;\n$/, '');
  return { name: `${source.name}#${number}`, text, offset: offset - start };
}

const noFrame: DrawFrame = () => '';

/** The lines `    at f (file:line:column)` of a trace. */
export function stackLines(artifact: Artifact, trace: readonly number[]): string[] {
  return trace.flatMap((index) => {
    const site = artifact.sites[index];
    const place = site && placeOf(artifact, site.location, noFrame);
    if (!site || !place) return [];
    const where = `${place.file}:${place.line}:${place.column}`;
    return [site.functionName === '' ? `    at ${where}` : `    at ${site.async ? 'async ' : ''}${site.functionName} (${where})`];
  });
}

function stackOf(artifact: Artifact, error: CrossedError): string {
  const head = error.message === '' ? error.name : `${error.name}: ${error.message}`;
  return [head, ...stackLines(artifact, error.trace)].join('\n');
}

/** The embedder's error for one that crossed: with `file`, `line`, `column` and `frame` of its innermost site. */
export function guestError(artifact: Artifact, error: CrossedError, draw: DrawFrame): GuestError {
  const made = new GuestError(error.name, error.message, stackOf(artifact, error), error.fields);
  const site = error.trace.map((index) => artifact.sites[index]).find((each) => each !== undefined);
  return site ? withPlace(made, placeOf(artifact, site.location, draw)) : made;
}

/** Adds a place where the error has no such field of its own. */
export function withPlace<E extends Error>(error: E, place: Place | undefined): E {
  for (const [key, value] of Object.entries(place ?? {})) {
    if (!Object.hasOwn(error, key)) Object.defineProperty(error, key, { value, enumerable: false, configurable: true, writable: true });
  }
  return error;
}
