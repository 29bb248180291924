/**
 * Takes one suspension apart: the attempt, the way on, and the way out of the function.
 *
 *   block:  k = await_start(operand, mode)        on:  value = resumeValue            leave:  frame ? save : allocate
 *           k ? on(k) : leave                          k is rejected ? error : ok     allocate: frame_alloc, first saves
 *   resume: loads; jump on(resumeStatus)                                              save: state, saves, register, return
 *
 * An await of what is known to be no object needs no library to go on: it does where nobody could tell, which is a test
 * of the mode and of two words of the task's header, and else saves, and takes its turn.
 *
 * An await of an i32 is an attempt that the body made itself, as a generator's yield is: where it is 0 the body leaves,
 * and whoever holds the frame resumes it.
 * An `await_call` first calls; if the callee is pending it leaves too, and the callee's frame is linked with the own one.
 * Values known before any suspension are saved once, where the frame is allocated: a frame that exists holds them.
 */
import { Builder, addParam } from '../../ir/builder.js';
import { blockOf, typeOf, type IrFunction, type Terminator } from '../../ir/function.js';
import type { Block, Value } from '../../ir/types.js';
import { ASYNC, HEADER, MAX_INLINE_DEPTH, PROMISE, PROMISE_STATE, TAG } from '../abi.js';
import type { PassContext } from './context.js';
import { frameShapeSymbol, type FramePlan } from './frame-layout.js';

export type Suspension = Extract<Terminator, { kind: 'await' | 'await_call' }>;

/** What all suspensions of a function share. */
export interface SuspensionScope {
  readonly func: IrFunction;
  readonly context: PassContext;
  readonly plan: FramePlan;
  readonly frame: Value;
  readonly mode: Value;
  /** Values whose definition no resume can reach again. */
  readonly early: ReadonlySet<Value>;
  /** Whether a value is certainly no object, so that awaiting it gives it back. */
  readonly isPlain: (value: Value) => boolean;
}

/** Symbol of the thunk that resumes a function's frames. */
export const resumeSymbol = (funcName: string): string => `${funcName}$resume`;

/** Byte offset of the 16 bits of PROMISE.state that hold the state to dispatch to. */
export const DISPATCH_OFFSET = PROMISE.state + PROMISE_STATE.dispatchShift / 8;

/**
 * Lowers the suspension at the end of a block and gives the block where resumes join in: its first parameter is the
 * status, `fulfilled` or `rejected`.
 */
export function lowerSuspension(scope: SuspensionScope, block: Block, state: number, live: readonly Value[]): Block {
  const { func, context } = scope;
  const { terminator } = blockOf(func, block);
  if (terminator?.kind !== 'await' && terminator?.kind !== 'await_call') throw new Error(`block${block} does not suspend`);
  const build = new Builder(func, context.symbols);
  build.location = terminator.location;
  const on = buildContinuation(build, terminator);
  blockOf(func, block).terminator = null;
  build.switchTo(block);
  if (terminator.kind === 'await' && scope.isPlain(terminator.operand)) {
    const leave = build.block();
    const { ok } = terminator;
    build.brif(buildBusy(build, scope.mode), { block: leave, args: [] }, { block: ok.block, args: [terminator.operand, ...ok.args] });
    buildLeave(build, scope, leave, state, live, { kind: 'turn', value: terminator.operand });
  } else if (terminator.kind === 'await') {
    const leave = build.block();
    const own = typeOf(func, terminator.operand) === 'i32';
    const status = own ? terminator.operand : build.op('call', [terminator.operand, scope.mode], 'await_start');
    build.brif(status, { block: on, args: [status] }, { block: leave, args: [] });
    buildLeave(build, scope, leave, state, live, { kind: own ? 'nobody' : 'awaited' });
  } else {
    buildCall(build, scope, terminator, on, state, live);
  }
  return on;
}

/** `on(status)`: splits into the ways behind the await. */
function buildContinuation(build: Builder, { ok, error }: Suspension): Block {
  const on = build.block();
  const status = addParam(build.func, on, 'i32');
  build.switchTo(on);
  const value = build.op('global.get', [], 'resumeValue');
  const rejected = build.op('i32.eq', [status, build.i32(ASYNC.rejected)]);
  build.brif(rejected, { block: error.block, args: [value, ...error.args] }, { block: ok.block, args: [value, ...ok.args] });
  return on;
}

/** Calls; on a result the await of it may still have to take its turn, and leaves without a callee to link. */
function buildCall(
  build: Builder,
  scope: SuspensionScope,
  { callee, operands }: Extract<Suspension, { kind: 'await_call' }>,
  on: Block,
  state: number,
  live: readonly Value[],
): void {
  const leave = build.block('ref');
  const settled = build.block();
  const nested = build.op('i32.add', [scope.mode, build.op('i32.ne', [scope.mode, build.i32(0)])]);
  const [value, status] = build.emit('call', [build.op('ref.null', []), nested, ...operands], callee);
  if (value === undefined || status === undefined) throw new Error(`${callee} is no async function`);
  build.brif(status, { block: settled, args: [] }, { block: leave, args: [build.op('ref.from_val', [value])] });
  build.switchTo(settled);
  const known = build.op('call', [value, status, scope.mode], 'await_called');
  build.brif(known, { block: on, args: [known] }, { block: leave, args: [build.op('ref.null', [])] });
  buildLeave(build, scope, leave, state, live, { kind: 'callee', frame: build.param(leave, 0) });
}

/**
 * Not zero where an await has to take its turn: some caller is not waiting itself, too many are, other jobs are ready, or
 * the slice is used up (A1 of jit/stdlib/await.ts).
 */
function buildBusy(build: Builder, mode: Value): Value {
  const header = build.op('global.get', [], 'header');
  const deep = build.op('i32.gt_u', [build.op('i32.sub', [mode, build.i32(1)]), build.i32(MAX_INLINE_DEPTH - 1)]);
  const jobs = build.op('i32.or', [build.load('i32', header, HEADER.fifoHead), build.load('i32', header, HEADER.yieldRequested)]);
  return build.op('i32.or', [jobs, deep]);
}

/** What a frame that leaves waits for. */
type Awaited =
  /** What the library remembered. */
  | { readonly kind: 'awaited' }
  /** Whoever holds the frame resumes it. */
  | { readonly kind: 'nobody' }
  /** Its turn, with a value that is known. */
  | { readonly kind: 'turn'; readonly value: Value }
  /** A callee's frame, or what the library remembered if that is null. */
  | { readonly kind: 'callee'; readonly frame: Value };

/** The way out. */
function buildLeave(
  build: Builder,
  scope: SuspensionScope,
  leave: Block,
  state: number,
  live: readonly Value[],
  awaited: Awaited,
): void {
  const { func, plan, frame, early } = scope;
  const allocate = build.block();
  const save = build.block('ref');
  const own = build.param(save, 0);
  build.switchTo(leave);
  build.brif(build.op('i32.from_ref', [frame]), { block: save, args: [frame] }, { block: allocate, args: [] });

  build.switchTo(allocate);
  const fresh = build.op('call', [build.op('data.addr', [], frameShapeSymbol(func.name))], 'frame_alloc');
  build.store('i32', fresh, PROMISE.func, build.op('func.index', [], resumeSymbol(func.name)));
  storeAll(build, plan, fresh, live.filter((value) => early.has(value)));
  build.jump(save, fresh);

  build.switchTo(save);
  build.emit('i32.store16', [own, build.i32(state)], DISPATCH_OFFSET);
  storeAll(build, plan, own, live.filter((value) => !early.has(value)));
  if (awaited.kind === 'awaited') build.emit('call', [own], 'await_suspend');
  else if (awaited.kind === 'turn') build.emit('call', [own, awaited.value, scope.mode], 'await_turn');
  else if (awaited.kind === 'callee') buildRegistration(build, own, awaited.frame);
  build.ret(build.op('val.box', [own], TAG.object), build.i32(ASYNC.pending));
}

/** Links with the callee's frame, or waits for what await_called found; goes on in a block of its own. */
function buildRegistration(build: Builder, own: Value, callee: Value): void {
  const link = build.block();
  const wait = build.block();
  const done = build.block();
  build.brif(build.op('i32.from_ref', [callee]), { block: link, args: [] }, { block: wait, args: [] });
  build.switchTo(link);
  build.emit('call', [callee, own], 'frame_link');
  build.jump(done);
  build.switchTo(wait);
  build.emit('call', [own], 'await_suspend');
  build.jump(done);
  build.switchTo(done);
}

function storeAll(build: Builder, plan: FramePlan, frame: Value, values: readonly Value[]): void {
  for (const value of values) build.store(typeOf(build.func, value), frame, offsetOf(plan, value), value);
}

export function offsetOf(plan: FramePlan, value: Value): number {
  const byteOffset = plan.byteOffsets.get(value);
  if (byteOffset === undefined) throw new Error(`v${value} has no slot in the frame (F1)`);
  return byteOffset;
}
