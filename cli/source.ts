/** Reads what a subcommand works on: the program text, the host module, ambient declarations. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Options } from './options.js';
import { UsageError } from './options.js';

export interface ProgramText {
  readonly filename: string;
  readonly text: string;
  /** Of a binary module, which has no text. */
  readonly bytes?: Uint8Array;
}

/** The FILE that stands for standard input. */
export const STANDARD_INPUT = '-';

/** Programs: TypeScript, and WebAssembly modules in text and binary. */
export const PROGRAM_ENDINGS: readonly string[] = ['.ts', '.wat', '.wasm'];
/** What `run` and `check` take: a program, or the IR's text form. */
export const SOURCE_ENDINGS: readonly string[] = [...PROGRAM_ENDINGS, '.bir'];
export const isWasm = ({ filename }: ProgramText): boolean => /\.(?:wat|wasm)$/.test(filename);

/** The one FILE of a subcommand; `-` reads a program from standard input. */
export async function readProgram(positionals: readonly string[], endings: readonly string[] = PROGRAM_ENDINGS): Promise<ProgramText> {
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('which file? Give its name, or `-` for standard input');
  if (more.length > 0) throw new UsageError(`one file at a time, but there is also ${more.join(' ')}`);
  if (file === STANDARD_INPUT) return { filename: 'stdin.ts', text: await readAll() };
  if (!endings.some((ending) => file.endsWith(ending))) throw new UsageError(`${file}: the name must end in ${endings.join(' or ')}`);
  if (file.endsWith('.wasm')) return { filename: file, text: '', bytes: await readNamed(file) };
  return { filename: file, text: await readText(file) };
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

const readText = async (file: string): Promise<string> => (await readNamed(file)).toString('utf8');

async function readNamed(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export type HostFunctions = Record<string, (...args: never[]) => unknown>;

/** The functions that a host module exports; other exports are left out. */
export async function loadHost(options: Options): Promise<HostFunctions> {
  if (options.host === undefined) return {};
  let namespace: object;
  try {
    namespace = await import(pathToFileURL(resolve(options.host)).href);
  } catch (error) {
    throw new UsageError(`cannot load the host module ${options.host}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return Object.fromEntries(Object.entries(namespace).filter(([, value]) => typeof value === 'function'));
}

export async function readDeclarations(options: Options): Promise<string | undefined> {
  return options.declarations === undefined ? undefined : readText(options.declarations);
}
