/** `brolga check`: compiles a program and reports every diagnostic; runs nothing. */
import { compileSource } from '../jit/compile-source.js';
import { CompileError } from '../jit/errors.js';
import { checkIr, isIrText } from './ir-text.js';
import { namesFlag, type CommandLine } from './options.js';
import { readDeclarations, readProgram, SOURCE_ENDINGS } from './source.js';

export async function check({ positionals, options }: CommandLine): Promise<number> {
  const program = await readProgram(positionals, SOURCE_ENDINGS);
  if (isIrText(program)) return checkIr(program);
  const declarations = await readDeclarations(options);
  try {
    await compileSource(program.bytes ?? program.text, { filename: program.filename, asyncImports: namesFlag(options), ...(declarations !== undefined && { declarations }) });
    process.stdout.write(`${program.filename}: no errors\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    process.stderr.write(`${error.message}\n${error.diagnostics.length === 1 ? '1 error' : `${error.diagnostics.length} errors`}\n`);
    return 1;
  }
}
