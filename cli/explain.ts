/** `brolga explain`: shows what a program compiles to; `--emit` chooses the stage. */
import { CompileError } from '../jit/errors.js';
import { EMITS, explainProgram } from '../jit/explain.js';
import { choiceFlag, type CommandLine } from './options.js';
import { readDeclarations, readProgram } from './source.js';

export async function explain({ positionals, options }: CommandLine): Promise<number> {
  const program = await readProgram(positionals);
  const declarations = await readDeclarations(options);
  const emit = choiceFlag(options.emit, 'emit', EMITS) ?? 'states';
  try {
    const listing = explainProgram(program.text, { filename: program.filename, ...(declarations !== undefined && { declarations }) }, emit);
    process.stdout.write(listing.kind === 'bytes' ? listing.bytes : `${listing.text.trimEnd()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
