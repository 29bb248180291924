/**
 * Runs a script: links all its modules into one unit, compiles that once for each engine, then walks over the commands.
 *
 * What a module can be is known before anything runs: only sizes that grew may still keep one from linking, which its
 * instantiation finds out. So one unit serves a whole script, and functions of one module call those of another directly.
 */
import { finish } from '../../jit/webassembly/compile.js';
import { exportOf, linkInstance, WasmLinkError, type Unit } from '../../jit/webassembly/linkage.js';
import { lowerUnit } from '../../jit/webassembly/lower-unit.js';
import { readSource, type WasmInput } from '../../jit/webassembly/read-source.js';
import { CompileError } from '../../jit/errors.js';
import { ScriptEntries, type ScriptEntry } from './entries.js';
import { Machine, type EngineName, type Outcome } from './machines.js';
import { readScript, type Action, type Command, type Constant, type ModuleSource } from './script.js';
import { SPECTEST } from './spectest.js';
import { argumentBits, describeExpected, expectedOf, literalBits, matches } from './values.js';

export interface Verdict {
  readonly line: number;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What failed, or why it was skipped. */
  readonly note: string;
}

const PASSED = { status: 'passed', note: '' } as const;

/** Runs a script on each engine. */
export function runScript(text: string, engines: readonly EngineName[]): Map<EngineName, Verdict[]> {
  const commands = readScript(text);
  const drafts = new Drafts();
  const drafted = commands.map((command) => drafts.take(command));
  const front = lowerUnit(drafts.unit, [{ name: 'script', text: '' }]);
  const entries = new ScriptEntries(front);
  const spectest = entries.instantiate(0);
  const literals = literalBits(commands.flatMap(constantsOf));
  const plans = commands.map((command, index): Plan => planOf(command, drafted[index] ?? { kind: 'done', verdict: PASSED }, entries, literals));
  const stages = { front, ...finish(front, {}, () => entries.addUnmetered()) };
  return new Map(engines.map((engine) => {
    const machine = new Machine(engine, stages);
    machine.run(spectest, []);
    return [engine, plans.map((plan, index) => ({ line: commands[index]?.line ?? 0, ...verdictOf(plan, machine) }))];
  }));
}

// Plans -----------------------------------------------------------------------------------------------------------------

/** What is to be done for a command, by entries of the unit. */
type Plan =
  | { readonly kind: 'done'; readonly verdict: Omit<Verdict, 'line'> }
  | { readonly kind: 'run'; readonly entry: ScriptEntry; readonly args: readonly bigint[]; readonly judge: (outcome: Outcome) => Omit<Verdict, 'line'> };

const constantsOf = (command: Command): Constant[] => [
  ...('action' in command ? command.action.args : []),
  ...(command.kind === 'assert_return' ? command.expected : []),
];

function planOf(command: Command, draft: Draft, entries: ScriptEntries, literals: ReadonlyMap<string, bigint>): Plan {
  if (draft.kind === 'done') return draft;
  if (draft.kind === 'instantiate') return { kind: 'run', entry: entries.instantiate(draft.id), args: [], judge: (outcome) => trapVerdict(outcome, draft.trap) };
  const { action } = draft;
  const entry = entries.access(draft.id, action.kind, action.field);
  if (!entry) return { kind: 'done', verdict: { status: 'failed', note: `there is no export ${action.field} to ${action.kind}` } };
  const args = action.args.map((each) => argumentBits(each, literals));
  const unknown = args.indexOf(undefined);
  if (unknown >= 0) return { kind: 'done', verdict: { status: 'skipped', note: `no argument of WebAssembly 2.0 without SIMD: ${action.args[unknown]?.head ?? ''}` } };
  const judge = (outcome: Outcome): Omit<Verdict, 'line'> => judgeAction(command, outcome, literals);
  return { kind: 'run', entry, args: args.flatMap((each) => each ?? []), judge };
}

// Running ---------------------------------------------------------------------------------------------------------------

function verdictOf(plan: Plan, machine: Machine): Omit<Verdict, 'line'> {
  return plan.kind === 'done' ? plan.verdict : plan.judge(machine.run(plan.entry, plan.args));
}

function judgeAction(command: Command, outcome: Outcome, literals: ReadonlyMap<string, bigint>): Omit<Verdict, 'line'> {
  if (command.kind === 'assert_trap') return trapVerdict(outcome, command.message);
  if (command.kind === 'assert_exhaustion') return trapVerdict(outcome, 'call stack exhausted');
  if (command.kind !== 'assert_return' || outcome.kind === 'trap') return trapVerdict(outcome, null);
  const expected = command.expected.map((each) => expectedOf(each, literals));
  const wrong = expected.findIndex((each, index) => !matches(outcome.bits[index] ?? 0n, each));
  if (expected.length === outcome.bits.length && wrong < 0) return PASSED;
  const shown = outcome.bits.map((bits) => `0x${bits.toString(16)}`).join(' ');
  return { status: 'failed', note: `gave ${shown || 'nothing'}, not ${expected.map(describeExpected).join(' ') || 'nothing'}` };
}

/** `wanted`: the words for the trap, null for none. */
function trapVerdict(outcome: Outcome, wanted: string | null): Omit<Verdict, 'line'> {
  if (outcome.kind === 'results') return wanted === null ? PASSED : { status: 'failed', note: `gave results, not the trap "${wanted}"` };
  if (wanted === null) return { status: 'failed', note: `trapped: ${outcome.message}` };
  const same = outcome.message.includes(wanted) || wanted.startsWith(outcome.message) || (wanted !== '' && outcome.message.startsWith(wanted));
  return same ? PASSED : { status: 'failed', note: `trapped with "${outcome.message}", not "${wanted}"` };
}

// Drafts ----------------------------------------------------------------------------------------------------------------

/** What is known of a command when its module has been read and linked. */
type Draft =
  | { readonly kind: 'done'; readonly verdict: Omit<Verdict, 'line'> }
  /** `trap`: the words for the trap that it must come to. */
  | { readonly kind: 'instantiate'; readonly id: number; readonly trap: string | null }
  | { readonly kind: 'action'; readonly id: number; readonly action: Action };

const failed = (note: string): Draft => ({ kind: 'done', verdict: { status: 'failed', note } });
const skipped = (note: string): Draft => ({ kind: 'done', verdict: { status: 'skipped', note } });
const PASSED_DRAFT: Draft = { kind: 'done', verdict: PASSED };

/** Reads and links modules as the commands come, and remembers names. */
class Drafts {
  unit: Unit = linkInstance({ instances: [], hostImports: [] }, readSource(SPECTEST, 'spectest.wat').module, () => undefined, { asyncImports: new Set() });
  /** Instances by the names of scripts; the current one under ''. A text: why there is none. */
  readonly #named = new Map<string, number | string>();
  readonly #registered = new Map<string, number>([['spectest', 0]]);

  take(command: Command): Draft {
    switch (command.kind) {
      case 'module':
        return this.#module(command.module);
      case 'register':
        return this.#with(command.module, (id) => {
          this.#registered.set(command.as, id);
          return PASSED_DRAFT;
        });
      case 'action':
      case 'assert_return':
      case 'assert_trap':
      case 'assert_exhaustion':
        return this.#with(command.action.module, (id) => ({ kind: 'action', id, action: command.action }));
      case 'assert_invalid':
      case 'assert_malformed':
        return this.#rejected(command.module);
      case 'assert_unlinkable':
      case 'assert_trap_module':
        return this.#doomed(command.module, command.kind === 'assert_unlinkable' ? 'incompatible import type' : command.message);
      case 'unknown':
        return skipped(`the command ${command.head} is not of this edition`);
    }
  }

  #with(name: string | null, then: (id: number) => Draft): Draft {
    const found = this.#named.get(name ?? '');
    if (typeof found === 'number') return then(found);
    return skipped(found ?? `there is no module ${name ?? ''}`);
  }

  #module(source: ModuleSource): Draft {
    const input = read(source);
    const linked = 'refused' in input ? input : this.#link(input);
    const entry = 'refused' in linked ? `its module was not taken: ${linked.refused.message.split('\n')[0] ?? ''}` : linked.id;
    this.#named.set('', entry);
    if (source.name !== null) this.#named.set(source.name, entry);
    if (!('refused' in linked)) return { kind: 'instantiate', id: linked.id, trap: null };
    return isBeyond(linked.refused) ? skipped(linked.refused.message.split('\n')[0] ?? '') : failed(linked.refused.message);
  }

  #rejected(source: ModuleSource): Draft {
    const input = read(source);
    if (!('refused' in input)) return failed('the module was taken');
    return isBeyond(input.refused) ? skipped(`refused, but for another reason: ${input.refused.message.split('\n')[0] ?? ''}`) : PASSED_DRAFT;
  }

  /** A module that must not link, or trap when it is instantiated. */
  #doomed(source: ModuleSource, trap: string): Draft {
    const input = read(source);
    if ('refused' in input) return isBeyond(input.refused) ? skipped(input.refused.message.split('\n')[0] ?? '') : failed(input.refused.message);
    const linked = this.#link(input);
    if ('refused' in linked) return trap === 'incompatible import type' ? PASSED_DRAFT : failed(linked.refused.message);
    return { kind: 'instantiate', id: linked.id, trap };
  }

  #link({ module }: WasmInput): { id: number } | { refused: WasmLinkError } {
    try {
      this.unit = linkInstance(this.unit, module, ({ module: from, name }) => {
        const exporter = this.unit.instances[this.#registered.get(from) ?? -1];
        return exporter && exportOf(exporter, name, () => false);
      }, { asyncImports: new Set() });
      return { id: this.unit.instances.length - 1 };
    } catch (error) {
      if (!(error instanceof WasmLinkError)) throw error;
      return { refused: error };
    }
  }
}

function read(source: ModuleSource): WasmInput | { refused: CompileError } {
  try {
    return readSource(source.kind === 'binary' ? source.bytes : source.text, 'module.wat');
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    return { refused: error };
  }
}

/** True for what brolga does not take though it is valid. */
const isBeyond = (error: CompileError | WasmLinkError): boolean => error instanceof CompileError && error.number === 'BR3001';
