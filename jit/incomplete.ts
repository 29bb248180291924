/** What the parser alone tells of text that is typed in line by line: whether it lacks its end, whether it is an expression. */
import ts = require('typescript');

/** The parser's numbers of an open comment and an open template, which it misses at their start. */
const OPEN: ReadonlySet<number> = new Set([1010, 1160]);

const OPTIONS: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };

const mistakes = (text: string): readonly ts.Diagnostic[] => ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: OPTIONS }).diagnostics ?? [];

/** Whether the text stands as an expression in parentheses, as an object literal does that looks like a block. */
export const isExpression = (text: string): boolean => mistakes(`(${text}\n)`).length === 0;

/** True if what the parser misses first, it misses behind the last character. */
export function isIncomplete(text: string): boolean {
  const [first] = mistakes(text);
  if (!first) return false;
  return OPEN.has(first.code) || (first.start ?? 0) >= text.trimEnd().length;
}
