/** `brolga explain`: shows what a program compiles to; `--emit` chooses the stage. */
import { CompileError } from '../jit/errors.js';
import { EMITS, explainModule, explainProgram } from '../jit/explain.js';
import { choiceFlag, namesFlag, type CommandLine } from './options.js';
import { isWasm, PROGRAM_ENDINGS, readDeclarations, readProgram } from './source.js';

export async function explain({ positionals, options }: CommandLine): Promise<number> {
  const program = await readProgram(positionals, PROGRAM_ENDINGS);
  const declarations = await readDeclarations(options);
  const emit = choiceFlag(options.emit, 'emit', EMITS) ?? 'states';
  try {
    const { filename, text } = program;
    const listing = isWasm(program)
      ? explainModule(program.bytes ?? text, { filename, asyncImports: namesFlag(options) }, emit)
      : explainProgram(text, { filename, ...(declarations !== undefined && { declarations }) }, emit);
    process.stdout.write(listing.kind === 'bytes' ? listing.bytes : `${listing.text.trimEnd()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
