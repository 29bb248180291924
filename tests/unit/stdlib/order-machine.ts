/**
 * Runs the guest text of an order program on the library's promises, awaits and driver. Strands are generators behind
 * frames: what a compiled async body does at an await is done here by hand, call for call. The machine is the executor
 * too: it polls, and wakes timers in virtual time.
 */
import {
  ABSENT, ARRAY, ASYNC, BLOCK, CANCEL, CLOSURE, COMPLETION, FUNCTION_INFO, HEADER, KIND, POLL, PROMISE, RECORD, REQUEST, SHAPE, SHAPE_FLAGS, TAG, UNDEFINED, kindShape,
} from '../../../jit/abi.js';
import { array_get } from '../../../jit/stdlib/arrays.js';
import { await_called, await_start, await_suspend, frame_link, promise_of, return_status } from '../../../jit/stdlib/await.js';
import { block_alloc, block_free } from '../../../jit/stdlib/blocks.js';
import { call_value } from '../../../jit/stdlib/calls.js';
import { field_get } from '../../../jit/stdlib/fields.js';
import { frame_alloc } from '../../../jit/stdlib/frames.js';
import { alloc_closure } from '../../../jit/stdlib/heap.js';
import {
  ReferenceThrow, boxF64, boxObject, funcIndex, globals, isNumber, load32, loadRef, loadVal, store32, storeVal, tagOf, unboxF64, unboxRef,
  type ref, type val,
} from '../../../jit/stdlib/intrinsics.js';
import { kind_of } from '../../../jit/stdlib/kinds.js';
import { Promise$all, Promise$allSettled, Promise$any, Promise$race } from '../../../jit/stdlib/promise-combinators.js';
import { is_promise } from '../../../jit/stdlib/promise-core.js';
import { Promise$reject, Promise$resolve, Promise_catch, Promise_finally, Promise_then, promise_new } from '../../../jit/stdlib/promise-then.js';
import { task_poll } from '../../../jit/stdlib/scheduler.js';
import { global_queueMicrotask, global_setTimeout } from '../../../jit/stdlib/timers.js';
import { createRig, type Rig } from './rig.js';

export type Strand = () => Generator<Step, unknown, unknown>;
export type Step = { readonly kind: 'wait'; readonly value: unknown } | { readonly kind: 'call'; readonly strand: Strand } | { readonly kind: 'slice' };

export interface MachineOptions {
  /** Called at loop heads: true asks for the end of the slice there. */
  readonly endsSlice?: () => boolean;
  /** A planted fault. `overtake`: awaits go on inline although jobs are waiting. */
  readonly fault?: 'overtake';
}

/** Stands for the error of a cancellation. */
const CANCELLED = { cancelled: true };

/** A guest promise as the program's text sees it. */
export class GuestPromise {
  constructor(private readonly machine: OrderMachine, readonly address: ref) {}
  then(onFulfilled?: unknown, onRejected?: unknown): GuestPromise {
    return this.machine.promise(Promise_then(this.address, this.machine.box(onFulfilled), this.machine.box(onRejected)));
  }
  catch(onRejected?: unknown): GuestPromise {
    return this.machine.promise(Promise_catch(this.address, this.machine.box(onRejected)));
  }
  finally(onFinally?: unknown): GuestPromise {
    return this.machine.promise(Promise_finally(this.address, this.machine.box(onFinally)));
  }
}

type AnyFunction = (...args: unknown[]) => unknown;
let active: OrderMachine | undefined;
const machine = (): OrderMachine => {
  if (active === undefined) throw new Error('no machine runs');
  return active;
};

/** Whether a program threw it, not the test: its own errors, numbers, and the library's errors. */
const isProgramError = (error: unknown): boolean =>
  error instanceof Error ? /^([et]\d|Chaining|All promises)/.test(error.message) : !(error instanceof ReferenceThrow);

/** Closure entry of every function of the program's text; the capture is its number. */
function callEntry(closure: ref, _self: val, argc: number, a0: val, a1: val): val {
  return machine().called(closure, [a0, a1].slice(0, argc));
}
/** Resume thunk of every strand. */
const resumeStrand = (frame: ref, mode: number): [val, number] => machine().resumed(frame, mode);

export class OrderMachine {
  readonly rig: Rig;
  private readonly functions: AnyFunction[] = [];
  private readonly opaque = new Map<ref, unknown>();
  private readonly promises = new Map<ref, GuestPromise>();
  private readonly strands: Generator<Step, unknown, unknown>[] = [];
  private readonly shapes: ref[];
  private readonly info: ref;
  private readonly timers: { at: number; order: number; opId: number }[] = [];
  private now = 0;
  private order = 0;
  polls = 0;

  constructor(private readonly options: MachineOptions = {}) {
    this.rig = createRig({ memoryBytes: 8 << 20 });
    active = this;
    for (const kind of [KIND.promise, KIND.frame]) this.rig.onUnbox(kind, (address) => this.promise(address));
    this.info = this.rig.allocate(FUNCTION_INFO.bytes);
    store32(this.info, FUNCTION_INFO.captureCount, 1);
    this.shapes = [40, 48, 56, 64].map((bytes) => {
      const shape = this.rig.allocate(SHAPE.bytes);
      store32(shape, 0, kindShape(KIND.shape));
      store32(shape, SHAPE.kind, KIND.frame);
      store32(shape, SHAPE.inlineCapacity, bytes);
      store32(shape, SHAPE.rawBytes, bytes - PROMISE.bytes);
      return shape;
    });
  }

  // Values --------------------------------------------------------------------------------------------------------------

  promise(address: ref): GuestPromise {
    const known = this.promises.get(address) ?? new GuestPromise(this, address);
    this.promises.set(address, known);
    return known;
  }

  box(js: unknown): val {
    if (js === undefined) return UNDEFINED;
    if (js === CANCELLED) return CANCEL;
    if (typeof js === 'number') return boxF64(js);
    if (typeof js === 'string' || typeof js === 'boolean') return this.rig.box(js);
    if (js instanceof GuestPromise) return boxObject(js.address);
    if (typeof js === 'function') {
      const closure = alloc_closure(funcIndex(callEntry), this.info, 1);
      storeVal(closure, CLOSURE.captures, boxF64(this.functions.push(js as AnyFunction) - 1)); // called with what the library passes
      return boxObject(closure);
    }
    if (Array.isArray(js)) return boxObject(this.rig.array(js.map((item) => this.box(item))));
    if (typeof js !== 'object' || js === null) throw new Error(`no order program has ${String(js)}`);
    const then: unknown = Reflect.get(js, 'then');
    const address = then === undefined ? this.rig.object({}) : this.rig.object({ then: this.box(then) }, { flags: SHAPE_FLAGS.then });
    this.opaque.set(address, js);
    return boxObject(address);
  }

  unbox(value: val): unknown {
    if (isNumber(value)) return unboxF64(value);
    if (value === UNDEFINED) return undefined;
    if (value === CANCEL) return CANCELLED;
    if (tagOf(value) === TAG.string) return this.rig.text(unboxRef(value));
    const address = unboxRef(value);
    if (this.opaque.has(address)) return this.opaque.get(address);
    if (is_promise(value)) return this.promise(address);
    if (kind_of(value) === KIND.closure) return (arg: unknown) => callEntryOf(value, this.box(arg));
    if (kind_of(value) === KIND.array) {
      return Array.from({ length: load32(address, ARRAY.length) }, (_, i) => this.unbox(array_get(address, i)));
    }
    if (kind_of(value) !== KIND.object) return this.rig.unbox(value);
    const names = ['status', 'value', 'reason'];
    const fields = names.map((name) => [name, field_get(address, this.rig.string(name))] as const);
    return Object.fromEntries(fields.filter(([, v]) => v !== ABSENT).map(([name, v]) => [name, this.unbox(v)]));
  }

  called(closure: ref, args: readonly val[]): val {
    const func = this.functions[unboxF64(loadVal(closure, CLOSURE.captures))];
    if (func === undefined) throw new Error('a closure without a function');
    return this.guarded(() => this.box(func(...args.map((arg) => this.unbox(arg)))));
  }

  /** What the program throws is a guest throw. */
  private guarded(run: () => val): val {
    try {
      return run();
    } catch (error) {
      if (error instanceof ReferenceThrow || typeof error === 'bigint') throw error;
      throw isProgramError(error) ? new ReferenceThrow(this.box(error)) : error;
    }
  }

  // Strands: what lower-async makes of an async function --------------------------------------------------------------

  /** The body with a null frame. */
  private body(strand: Strand, mode: number): [val, number] {
    const id = this.strands.push(strand()) - 1;
    return this.run(id, 0, mode, ASYNC.fulfilled, UNDEFINED);
  }

  resumed(frame: ref, mode: number): [val, number] {
    return this.run(load32(frame, PROMISE.bytes), frame, mode, globals.resumeStatus, globals.resumeValue);
  }

  private suspended(id: number, frame: ref): ref {
    if (frame !== 0) return frame;
    const made = frame_alloc(this.shapes[id % this.shapes.length] ?? 0);
    store32(made, PROMISE.func, funcIndex(resumeStrand));
    store32(made, PROMISE.bytes, id);
    return made;
  }

  private run(id: number, first: ref, mode: number, firstStatus: number, firstValue: val): [val, number] {
    const strand = this.strands[id];
    if (strand === undefined) throw new Error(`no strand ${id}`);
    let status = firstStatus;
    let value = firstValue;
    for (;;) {
      let result: IteratorResult<Step, unknown>;
      try {
        result = status === ASYNC.rejected ? strand.throw(this.unbox(value)) : strand.next(this.unbox(value));
      } catch (error) {
        if (!isProgramError(error)) throw error;
        return [this.box(error), ASYNC.rejected];
      }
      if (result.done === true) {
        const returned = this.box(result.value);
        return [returned, return_status(returned)];
      }
      const next = this.step(result.value, id, first, mode);
      if (typeof next !== 'number') return next;
      status = next;
      value = globals.resumeValue;
    }
  }

  /** A status to go on with, or the pending result. */
  private step(step: Step, id: number, first: ref, mode: number): number | [val, number] {
    if (step.kind === 'slice') {
      if (this.options.endsSlice?.() === true) store32(globals.header, HEADER.yieldRequested, 1);
      globals.resumeValue = UNDEFINED;
      return ASYNC.fulfilled;
    }
    let status: number;
    if (step.kind === 'call') {
      const [value, ended] = this.body(step.strand, mode + (mode !== 0 ? 1 : 0));
      if (ended === ASYNC.pending) {
        const frame = this.suspended(id, first);
        frame_link(unboxRef(value), frame);
        return [boxObject(frame), ASYNC.pending];
      }
      status = this.overtaking(() => await_called(value, ended, mode));
    } else {
      const value = this.box(step.value);
      status = this.overtaking(() => await_start(value, mode));
    }
    if (status !== 0) return status;
    const frame = this.suspended(id, first);
    await_suspend(frame);
    return [boxObject(frame), ASYNC.pending];
  }

  private overtaking(run: () => number): number {
    if (this.options.fault !== 'overtake') return run();
    const head = load32(globals.header, HEADER.fifoHead);
    store32(globals.header, HEADER.fifoHead, 0);
    const status = run();
    if (head !== 0 && load32(globals.header, HEADER.fifoHead) === 0) store32(globals.header, HEADER.fifoHead, head);
    return status;
  }

  // What the text of a program calls ----------------------------------------------------------------------------------

  readonly rt = {
    start: (strand: Strand): GuestPromise => {
      const [value, status] = this.body(strand, 0);
      return this.promise(status === ASYNC.pending ? unboxRef(value) : promise_of(value, status));
    },
    call: (strand: Strand): Step => ({ kind: 'call', strand }),
    wait: (value: unknown): Step => ({ kind: 'wait', value }),
    slice: (): Step => ({ kind: 'slice' }),
    resolve: (value: unknown) => this.promise(Promise$resolve(this.box(value))),
    reject: (value: unknown) => this.promise(Promise$reject(this.box(value))),
    create: (executor: unknown) => this.promise(promise_new(this.box(executor))),
    all: (items: unknown) => this.promise(Promise$all(this.box(items))),
    allSettled: (items: unknown) => this.promise(Promise$allSettled(this.box(items))),
    any: (items: unknown) => this.promise(Promise$any(this.box(items))),
    race: (items: unknown) => this.promise(Promise$race(this.box(items))),
    queueMicrotask: (callback: unknown) => global_queueMicrotask(this.box(callback)),
    setTimeout: (callback: unknown, ms: number) => void global_setTimeout(this.box(callback), boxF64(ms), 0),
  };

  // The executor --------------------------------------------------------------------------------------------------------

  /** Polls until nothing can happen any more. */
  finish(): void {
    for (let wakes = 0; wakes < 500; wakes++) {
      do {
        this.polls++;
        if (this.polls > 100_000) throw new Error('the program does not end');
      } while (this.poll() === POLL.ready);
      this.timers.sort((a, b) => a.at - b.at || a.order - b.order);
      const timer = this.timers.shift();
      if (timer === undefined) return;
      this.now = Math.max(this.now, timer.at);
      this.send(COMPLETION.timer, timer.opId);
    }
  }

  private poll(): number {
    const code = task_poll();
    let record = loadRef(this.rig.header, HEADER.outboxHead);
    store32(this.rig.header, HEADER.outboxHead, 0);
    while (record !== 0) {
      const next = load32(record, RECORD.next);
      if (load32(record, RECORD.kind) === REQUEST.timerStart) {
        const at = this.now + this.rig.view.getFloat64(record + RECORD.number, true);
        this.timers.push({ at, order: this.order++, opId: load32(record, RECORD.opId) });
      }
      block_free(record);
      record = next;
    }
    return code;
  }

  private send(kind: number, opId: number): void {
    const record = block_alloc(BLOCK.header + RECORD.payload);
    store32(record, RECORD.kind, kind);
    store32(record, RECORD.opId, opId);
    store32(record, RECORD.number, 1);
    store32(this.rig.header, HEADER.inbox, record);
  }
}

/** Calls a native closure of the library (a resolving function) with one argument. */
function callEntryOf(closure: val, argument: val): void {
  machine().rig.guest(() => call_value(closure, UNDEFINED, 1, argument, UNDEFINED, UNDEFINED, UNDEFINED, 0));
}
