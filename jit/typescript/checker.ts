/**
 * The adapter to TypeScript's own checker: the only file that makes a program, so that a checker with another API
 * touches one place.
 *
 * Needs the library declarations beside it (lib/*.d.ts). Promises a checked program: strict, against our library alone,
 * with the checker's complaints as diagnostics of ours. Library files are parsed once per process.
 */
import { readdirSync, readFileSync } from 'node:fs';
import ts = require('typescript');
import { diagnosticAt, type Diagnostic } from '../diagnostics.js';
import { CompileError } from '../errors.js';
import { refusal, REFUSALS } from './refusals.js';
import { orTooDeep, sourceLimits } from './source-limits.js';

export interface CheckedProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly file: ts.SourceFile;
  /** Files of ambient declarations that the embedder gave. */
  readonly declarations: readonly ts.SourceFile[];
}

export interface SourceText {
  readonly name: string;
  readonly text: string;
}

const LIBRARY_FOLDER = new URL('./lib/', import.meta.url);
const LIBRARY_PREFIX = 'brolga:lib/';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noLib: true,
  noEmit: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
};

/** Parents are set when the file is bound, and comments say nothing to the checker. */
const LIBRARY_PARSING: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

/** The checker's complaints about imports, which are refused as such. */
const UNRESOLVED_IMPORT: ReadonlySet<number> = new Set([2307, 2792]);

let library: ReadonlyMap<string, ts.SourceFile> | null = null;

function libraryFiles(): ReadonlyMap<string, ts.SourceFile> {
  library ??= new Map(
    readdirSync(LIBRARY_FOLDER)
      .filter((name) => name.endsWith('.d.ts'))
      .sort()
      .map((name) => {
        const fileName = LIBRARY_PREFIX + name;
        const text = readFileSync(new URL(name, LIBRARY_FOLDER), 'utf8');
        return [fileName, ts.createSourceFile(fileName, text, LIBRARY_PARSING)];
      }),
  );
  return library;
}

/** True for declarations of our own library, whose names the front end binds to library functions. */
export const isLibraryFile = (file: ts.SourceFile): boolean => file.fileName.startsWith(LIBRARY_PREFIX);

function hostFor(files: ReadonlyMap<string, ts.SourceFile>): ts.CompilerHost {
  return {
    getSourceFile: (name) => files.get(name) ?? libraryFiles().get(name),
    getDefaultLibFileName: () => `${LIBRARY_PREFIX}core.d.ts`,
    writeFile: () => {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => files.has(name) || libraryFiles().has(name),
    readFile: (name) => files.get(name)?.text,
    resolveModuleNameLiterals: (literals) => literals.map(() => ({ resolvedModule: undefined })),
  };
}

/** What is wrong with the source by itself and by its types, in source order; empty when it is good. */
export function diagnosticsOf(checked: CheckedProgram): Diagnostic[] {
  const { program, file, declarations } = checked;
  const files = [file, ...declarations];
  const syntactic = files.flatMap((each) => [...program.getSyntacticDiagnostics(each)]);
  const found = syntactic.length > 0 ? syntactic : files.flatMap((each) => [...program.getSemanticDiagnostics(each)]);
  const own = [...suppressions(file), ...imports(file)];
  const relevant = own.length > 0 ? found.filter((each) => !UNRESOLVED_IMPORT.has(each.code)) : found;
  return [...relevant.map((each) => fromChecker(each, file, syntactic.length > 0)), ...own].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

/** Every program is a module, also without `export`: its names are its own, and it may await at the top level. */
function parseModule({ name, text }: SourceText): ts.SourceFile {
  return ts.createSourceFile(name, text, { languageVersion: ts.ScriptTarget.ESNext, setExternalModuleIndicator: markAsModule }, true);
}

/** The parser's mark of a module, which TypeScript's public types leave out. */
const markAsModule = (file: ts.SourceFile & { externalModuleIndicator?: unknown }): void => {
  file.externalModuleIndicator = true;
};

/** Parses and binds a program of one file; nothing is checked before `diagnosticsOf` asks. Throws CompileError where a text is too large. */
export function checkProgram(source: SourceText, ambient: readonly SourceText[] = []): CheckedProgram {
  const parse = ({ name, text }: SourceText): ts.SourceFile => ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const file = orTooDeep(source, parseModule);
  const declarations = ambient.map((each) => orTooDeep(each, parse));
  const tooLarge = [file, ...declarations].flatMap(sourceLimits);
  if (tooLarge.length > 0) throw new CompileError(tooLarge);
  const files = new Map([file, ...declarations].map((each) => [each.fileName, each]));
  const rootNames = [...libraryFiles().keys(), ...files.keys()];
  const program = ts.createProgram({ rootNames, options: OPTIONS, host: hostFor(files) });
  return { program, checker: program.getTypeChecker(), file, declarations };
}

function fromChecker(diagnostic: ts.Diagnostic, fallback: ts.SourceFile, syntactic: boolean): Diagnostic {
  const file = diagnostic.file ?? fallback;
  return diagnosticAt(syntactic ? 'SYNTAX' : 'TYPE', `TS${diagnostic.code}`, ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'), {
    file: file.fileName,
    text: file.text,
    start: diagnostic.start ?? 0,
    length: diagnostic.length ?? 1,
  });
}

/** What the parser noted of comments that would silence the checker; not in TypeScript's public types. */
interface Suppressing {
  readonly commentDirectives?: readonly { readonly range: ts.TextRange }[];
  readonly pragmas?: ReadonlyMap<string, unknown>;
}

function suppressions(file: ts.SourceFile & Suppressing): Diagnostic[] {
  const ranges = (file.commentDirectives ?? []).map((directive) => directive.range);
  const nocheck = file.pragmas?.has('ts-nocheck') ? [{ pos: file.text.indexOf('@ts-nocheck'), end: file.text.indexOf('@ts-nocheck') + 11 }] : [];
  return [...nocheck, ...ranges].map(({ pos, end }) =>
    diagnosticAt('UNSUPPORTED', 'BR1005', REFUSALS.BR1005, { file: file.fileName, text: file.text, start: pos, length: end - pos }),
  );
}

function imports(file: ts.SourceFile): Diagnostic[] {
  return file.statements
    .filter((node) => ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node))
    .map((node) => refusal('BR1004', node));
}
