/** `brolga check`: compiles a program and reports every diagnostic; runs nothing. */
import { compile } from '../jit/compile.js';
import { CompileError } from '../jit/errors.js';
import { checkIr, isIrText } from './ir-text.js';
import type { CommandLine } from './options.js';
import { readDeclarations, readProgram, SOURCE_ENDINGS } from './source.js';

export async function check({ positionals, options }: CommandLine): Promise<number> {
  const program = await readProgram(positionals, SOURCE_ENDINGS);
  if (isIrText(program)) return checkIr(program);
  const declarations = await readDeclarations(options);
  try {
    compile(program.text, { filename: program.filename, ...(declarations !== undefined && { declarations }) });
    process.stdout.write(`${program.filename}: no errors\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    process.stderr.write(`${error.message}\n${error.diagnostics.length === 1 ? '1 error' : `${error.diagnostics.length} errors`}\n`);
    return 1;
  }
}
