/**
 * Reads the directives of a filetest: comments of a `.bir` file that say what to do with it.
 *
 *   ; test LANE [ARGUMENT]           run a lane of lanes.ts; several are run in order
 *   ; pass NAME                      apply a pass of lanes.ts to the module first; several are applied in order
 *   ; error: V7 [part of message]    a diagnostic that must be reported, as often as it stands here; no other may be
 *   ; run: f(1, -2.5, 0x10n) == 3    call f on every runner; several results as `== (1, 2)`, none without `==`
 *   ; run: f(1) traps divideByZero   a TrapReason; `traps 9` is the code of a trap terminator
 *   ; output:                        the rest of the file's comment lines are what the lane prints; BLESS=1 rewrites them
 *
 * Numbers are read by the function's signature: i32 and ref as integers, i64 and val with or without a final n.
 */
export interface RunCommand {
  readonly line: number;
  readonly text: string;
  readonly func: string;
  readonly args: readonly string[];
  /** A TrapReason or a trap code. */
  readonly traps?: string;
  readonly results: readonly string[];
}

export interface FileTest {
  readonly path: string;
  readonly text: string;
  readonly lanes: readonly { readonly name: string; readonly argument: string }[];
  readonly passes: readonly string[];
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  readonly runs: readonly RunCommand[];
  /** Lines behind `; output:`, without their comment sign; null if there is no such directive. */
  readonly output: string | null;
}

const DIRECTIVE = /^; (test|pass|error:|run:|output:)\s*(.*)$/;

export function readFileTest(path: string, text: string): FileTest {
  const lanes: { name: string; argument: string }[] = [];
  const passes: string[] = [];
  const errors: { code: string; message: string }[] = [];
  const runs: RunCommand[] = [];
  let output: string | null = null;
  text.split('\n').forEach((line, index) => {
    if (output !== null) {
      if (line.startsWith(';')) output += `${line.replace(/^; ?/, '')}\n`;
      return;
    }
    const [, kind, rest = ''] = DIRECTIVE.exec(line) ?? [];
    const [first = '', ...more] = rest.split(' ');
    if (kind === 'test') lanes.push({ name: first, argument: more.join(' ') });
    else if (kind === 'pass') passes.push(first);
    else if (kind === 'error:') errors.push({ code: first, message: more.join(' ') });
    else if (kind === 'run:') runs.push(readRun(rest, index + 1, path));
    else if (kind === 'output:') output = '';
  });
  if (lanes.length === 0) throw new Error(`${path} has no '; test' directive`);
  return { path, text, lanes, passes, errors, runs, output };
}

function readRun(text: string, line: number, path: string): RunCommand {
  const match = /^([\w$.]+)\(([^)]*)\)(?:\s+traps\s+(\w+)|\s*==\s*\(?([^)]*)\)?)?$/.exec(text.trim());
  const [, func, args = '', traps, results = ''] = match ?? [];
  if (func === undefined) throw new Error(`${path}:${line}: cannot read the run directive '${text}'`);
  return { line, text, func, args: splitList(args), results: splitList(results), ...(traps !== undefined && { traps }) };
}

const splitList = (text: string): string[] => (text.trim() === '' ? [] : text.split(',').map((part) => part.trim()));

/** The file's text with the lines behind `; output:` replaced. */
export function withOutput(test: FileTest, output: string): string {
  const head = test.text.slice(0, test.text.indexOf('\n; output:') + 1);
  const lines = output.trimEnd().split('\n').map((line) => (line === '' ? ';' : `; ${line}`));
  return `${head}; output:\n${lines.join('\n')}\n`;
}
