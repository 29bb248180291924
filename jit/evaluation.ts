/**
 * The compiler for sessions: each evaluation is compiled as the end of the session's whole text, so that it sees what was
 * declared before, and becomes a module that holds all functions of the session.
 *
 *   text of all evaluations -> check -> lower all functions, and the last top level -> passes
 *     -> functions of earlier modules take the place of their new selves -> link -> emit
 *
 * C1 A function is compiled once: frames and closures that live in the session's heap fit the code that made them.
 * C2 Table indices and offsets in static data stay: a new module's table and data begin with those of the one before.
 * C3 Text counts as accepted only with the state that a successful compile gives.
 */
import ts = require('typescript');
import { lineAndColumn } from '../ir/diagnostics.js';
import type { IrFunction, IrModule } from '../ir/function.js';
import type { Artifact } from './artifact.js';
import { emitObjects } from './backend/backend.js';
import type { ObjectModule } from './backend/function-object.js';
import { artifactOf, sourceName } from './compile.js';
import { diagnosticAt, type Diagnostic } from './diagnostics.js';
import { reportFailures } from './compiler-failure.js';
import { CompileError } from './errors.js';
import { loadLibrary } from './library.js';
import { linkAfter } from './link.js';
import { lowerModule } from './pipeline.js';
import { checkProgram, diagnosticsOf, type CheckedProgram, type SourceText } from './typescript/checker.js';
import { lowerProgram } from './typescript/lower/modules.js';
import { NO_MEMORY, type SessionMemory } from './typescript/lower/session.js';

/** What a session has come to; plain data to its owner. */
export interface SessionState {
  /** The text of all evaluations that compiled. */
  readonly text: string;
  readonly starts: readonly number[];
  readonly failed: ReadonlySet<number>;
  readonly memory: SessionMemory;
  /** The session's own functions, lowered. */
  readonly functions: ReadonlyMap<string, IrFunction>;
  readonly linked: ObjectModule | null;
}

export interface EvaluationOptions {
  /** Shown in errors and stacks, with the number of the evaluation. */
  readonly filename: string;
  /** Ambient declarations of host functions. */
  readonly declarations?: string | undefined;
  /** Host functions; those that nothing declares take and give anything. */
  readonly hostNames: readonly string[];
  readonly keepLowered?: boolean;
}

export const NEW_SESSION: SessionState = { text: 'export {};\n', starts: [], failed: new Set(), memory: NO_MEMORY, functions: new Map(), linked: null };

/** Ends every evaluation: no statement goes on in the next one, not even behind a comment. */
const SEPARATOR = '\n;\n';

/** Throws CompileError, whose places count from the start of `text`. */
export function compileEvaluation(state: SessionState, text: string, options: EvaluationOptions): Evaluation {
  return reportFailures(options.filename, text, () => evaluationOf(state, text, options));
}

interface Evaluation {
  readonly artifact: Artifact;
  readonly next: SessionState;
}

function evaluationOf(state: SessionState, text: string, options: EvaluationOptions): Evaluation {
  const starts = [...state.starts, state.text.length];
  const checked = checkAll(state, text, options);
  refuseAny(state, text, options, diagnosticsOf(checked));
  const { objects, bodies, interface: libraryInterface } = loadLibrary();
  const front = lowerProgram(checked, libraryInterface, { starts, failed: state.failed, memory: state.memory });
  refuseAny(state, text, options, front.diagnostics);
  const { frames } = lowerModule(front.module, { library: libraryInterface.facts, bodies });
  const functions = withoutKnown(front.module, state.functions);
  const linked = linkAfter(state.linked, front.module, objects);
  const emitted = emitObjects(linked);
  const stages = { front: { ...front, module: { ...front.module, functions } }, frames, linked, emitted };
  const artifact = { ...artifactOf(stages, options.keepLowered ?? false), evaluations: starts };
  const memory = { ...front.memory, table: emitted.table };
  return { artifact, next: { text: state.text + text + SEPARATOR, starts, failed: state.failed, memory, functions, linked } };
}

/** The state once the latest evaluation has failed: its variables may never have been initialized. */
export const afterFailure = (state: SessionState): SessionState => ({ ...state, failed: new Set([...state.failed, state.starts.length - 1]) });

/** The type of an expression, as TypeScript writes it. Throws CompileError. */
export function typeOfExpression(state: SessionState, expression: string, options: EvaluationOptions): string {
  const text = `(${expression}\n)`;
  return reportFailures(options.filename, text, () => typeOf(state, text, options));
}

function typeOf(state: SessionState, text: string, options: EvaluationOptions): string {
  const checked = checkAll(state, text, options);
  refuseAny(state, text, options, diagnosticsOf(checked));
  const last = checked.file.statements.at(-1);
  if (!last || !ts.isExpressionStatement(last)) return 'void';
  return checked.checker.typeToString(checked.checker.getTypeAtLocation(last.expression), undefined, ts.TypeFormatFlags.NoTruncation);
}

function checkAll(state: SessionState, text: string, options: EvaluationOptions): CheckedProgram {
  const { filename, declarations, hostNames } = options;
  const ambient: SourceText[] = declarations === undefined ? [] : [{ name: 'declarations.d.ts', text: declarations }];
  const declared = declaredFunctions(declarations ?? '');
  const missing = hostNames.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && !declared.has(name));
  ambient.push({ name: 'host.d.ts', text: missing.map((name) => `declare function ${name}(...args: any[]): Promise<any>;\n`).join('') });
  try {
    return checkProgram({ name: sourceName(filename), text: state.text + text }, ambient);
  } catch (error) {
    if (error instanceof CompileError) refuseAny(state, text, options, error.diagnostics);
    throw error;
  }
}

function declaredFunctions(declarations: string): ReadonlySet<string> {
  const { statements } = ts.createSourceFile('declarations.d.ts', declarations, ts.ScriptTarget.ESNext);
  return new Set(statements.flatMap((each) => (ts.isFunctionDeclaration(each) && each.name ? [each.name.text] : [])));
}

// Diagnostics -------------------------------------------------------------------------------------------------------------

function refuseAny(state: SessionState, text: string, options: EvaluationOptions, found: readonly Diagnostic[]): void {
  if (found.length === 0) return;
  const first = lineAndColumn(state.text, state.text.length).line;
  const own = found.filter(({ file, line }) => file !== sourceName(options.filename) || line >= first);
  // What is told of both declarations of a name is the later one's mistake.
  throw new CompileError((own.length > 0 ? own : found).map((each) => relocated(state, text, options, each)));
}

/** The diagnostic with its place in the new text; what is wrong with earlier text only now is told at the start. */
function relocated(state: SessionState, text: string, { filename }: EvaluationOptions, found: Diagnostic): Diagnostic {
  const file = `${filename}#${state.starts.length + 1}`;
  if (found.file !== sourceName(filename)) return found;
  const line = found.line - lineAndColumn(state.text, state.text.length).line + 1;
  const { code, number, message } = found;
  if (line < 1) return diagnosticAt(code, number, `${message} (in an earlier evaluation)`, { file, text, start: 0, length: 1 });
  const lines = text.split(/(?<=\n|\r(?!\n))/);
  const start = lines.slice(0, line - 1).join('').length + found.column - 1;
  const length = /\| +(\^+)/.exec(found.frame)?.[1]?.length ?? 1;
  return diagnosticAt(code, number, message, { file, text, start, length });
}

// Linking -----------------------------------------------------------------------------------------------------------------

const ACCESSOR = /^[gs]et\$/;

/**
 * Leaves in the module only what is new, and gives all functions of the session (C1). Accessors alone are made anew: they
 * know more shapes each time, and nothing of them outlives a call.
 */
function withoutKnown(module: IrModule, known: ReadonlyMap<string, IrFunction>): Map<string, IrFunction> {
  const all = new Map([...known, ...module.functions]);
  for (const [name, func] of module.functions) {
    const old = known.get(name);
    if (!old || ACCESSOR.test(name)) continue;
    if (signatureOf(old) !== signatureOf(func)) throw new Error(`${name} changed its signature from one evaluation to the next (C1)`);
    module.functions.delete(name);
    all.set(name, old);
  }
  return all;
}

const signatureOf = ({ params, results, convention }: IrFunction): string => `${convention}(${params.join()})(${results.join()})`;
