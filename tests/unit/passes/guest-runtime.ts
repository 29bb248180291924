/**
 * The runtime that lowered functions call, written in IR, so that whole engines can run them: a queue of frames that are
 * ready, and `drive`, which calls `f` and resumes frames until the first has ended.
 *
 * It settles awaits as `settle` of drive.ts does. Bit `count % 16` of the mask says whether an await goes on inline.
 *
 *   a frame that waits:  link = its place in the queue, value and reactions = outcome; handled = the frame to resume after it
 */
import { Builder, symbolTypesOf } from '../../../ir/builder.js';
import { createFunction, type IrModule } from '../../../ir/function.js';
import type { Signature, Value } from '../../../ir/types.js';
import { ASYNC, PROMISE, RESUME_SIGNATURE, SHAPE, TRAP } from '../../../jit/abi.js';
import { RUNTIME } from '../../../jit/passes/context.js';

/** Words of the frame's header that this runtime uses: next ready frame, frame that waits for it, status it is resumed with. */
const NEXT = PROMISE.link;
const WAITER = PROMISE.reactions;
/** Behind the object header's shape, where the real runtime has its meta word. */
const STATUS = 4;
const FIRST_FRAME = 8192;

const WORDS = ['ready', 'last', 'top', 'mask', 'count', 'status'] as const;

/** Replaces the runtime's declarations and adds `drive(…parameters of f, mask) -> (value, status)`. */
export function addGuestRuntime(module: IrModule): void {
  for (const name of WORDS) module.globals.set(name, { name, type: 'i32', mutable: true, initial: 0 });
  // The driver takes slots of the shadow stack before it could set these.
  for (const [name, initial] of [['shadow', 0x30000], ['shadowLimit', 0x40000]] as const) module.globals.set(name, { name, type: 'i32', mutable: true, initial });
  module.globals.set('outcome', { name: 'outcome', type: 'val', mutable: true, initial: 0n });
  const define = (name: string, signature: Signature, body: (build: Builder, params: Value[]) => void): void => {
    const func = createFunction(name, signature);
    module.functions.set(name, func);
    const build = new Builder(func, symbolTypesOf(module));
    body(build, build.entry());
  };
  define('answer', { params: ['val', 'i32'], results: ['i32'] }, buildAnswer);
  define('enqueue', { params: ['ref', 'val', 'i32'], results: [] }, buildEnqueue);
  define('await_start', RUNTIME.await_start, buildAwaitStart);
  define('await_called', RUNTIME.await_called, (build, [value, status]) => build.ret(...build.call('answer', [value!, status!]))); // as many as the signature has
  define('await_suspend', RUNTIME.await_suspend, (build, [frame]) => {
    build.call('enqueue', [frame!, build.op('global.get', [], 'outcome'), build.op('global.get', [], 'status')]); // as above
    build.ret();
  });
  define('await_turn', RUNTIME.await_turn, (build) => build.trap(TRAP.internal));
  define('frame_alloc', RUNTIME.frame_alloc, buildFrameAlloc);
  define('frame_link', RUNTIME.frame_link, (build, [callee, frame]) => {
    build.store('ref', callee!, WAITER, frame!); // as above
    build.ret();
  });
  define('fuel_slow', RUNTIME.fuel_slow, (build) => {
    build.emit('global.set', [build.i64(1_000_000n)], 'fuel');
    build.ret();
  });
  define('drive', { params: ['val', 'i32', 'f64', 'i32'], results: ['val', 'i32'] }, buildDrive);
}

/** Goes on inline or remembers the outcome. */
function buildAnswer(build: Builder, [value, status]: Value[]): void {
  const count = build.op('global.get', [], 'count');
  build.emit('global.set', [build.op('i32.add', [count, build.i32(1)])], 'count');
  const shifted = build.op('i32.shr_u', [build.op('global.get', [], 'mask'), build.op('i32.and', [count, build.i32(15)])]);
  const inline = build.block();
  const later = build.block();
  build.brif(build.op('i32.and', [shifted, build.i32(1)]), { block: inline, args: [] }, { block: later, args: [] });
  build.switchTo(inline);
  build.emit('global.set', [value!], 'resumeValue'); // the signature has two parameters
  build.ret(status!); // as above
  build.switchTo(later);
  build.emit('global.set', [value!], 'outcome'); // as above
  build.emit('global.set', [status!], 'status'); // as above
  build.ret(build.i32(0));
}

function buildAwaitStart(build: Builder, [operand]: Value[]): void {
  const scaled = build.op('i64.mul', [build.op('i64.from_val', [operand!]), build.i64(0x9e3779b97f4a7c15n)]); // the signature has it
  const mixed = build.op('i64.and', [build.op('i64.add', [scaled, build.i64(0x1234567n)]), build.i64((1n << 52n) - 1n)]);
  const value = build.op('val.from_i64', [build.op('i64.shr_u', [mixed, build.i64(3n)])]);
  const rejects = build.op('i64.eqz', [build.op('i64.rem_u', [mixed, build.i64(5n)])]);
  const status = build.op('select', [build.i32(ASYNC.rejected), build.i32(ASYNC.fulfilled), rejects]);
  build.ret(...build.call('answer', [value, status]));
}

/** Puts a frame with the outcome it goes on with at the end of the queue. */
function buildEnqueue(build: Builder, [frame, value, status]: Value[]): void {
  build.store('val', frame!, PROMISE.value, value!); // as many as the signature has
  build.store('i32', frame!, STATUS, status!); // as above
  build.store('ref', frame!, NEXT, build.op('ref.null', [])); // as above
  const address = build.op('i32.from_ref', [frame!]); // as above
  const empty = build.block();
  const append = build.block();
  const done = build.block();
  build.brif(build.op('global.get', [], 'ready'), { block: append, args: [] }, { block: empty, args: [] });
  build.switchTo(empty);
  build.emit('global.set', [address], 'ready');
  build.jump(done);
  build.switchTo(append);
  build.store('i32', build.op('global.get', [], 'last'), NEXT, address);
  build.jump(done);
  build.switchTo(done);
  build.emit('global.set', [address], 'last');
  build.ret();
}

function buildFrameAlloc(build: Builder, [shape]: Value[]): void {
  const top = build.op('global.get', [], 'top');
  const bytes = build.load('i32', shape!, SHAPE.inlineCapacity); // the signature has it
  build.emit('memory.fill', [top, build.i32(0xa5), bytes]);
  build.emit('global.set', [build.op('i32.add', [top, bytes])], 'top');
  const frame = build.op('ref.from_i32', [top]);
  build.store('ref', frame, WAITER, build.op('ref.null', []));
  build.ret(frame);
}

function buildDrive(build: Builder, [value, word, number, mask]: Value[]): void {
  build.emit('memory.grow', [build.i32(3)]);
  for (const [name, initial] of [['ready', 0], ['count', 0], ['top', FIRST_FRAME], ['stack', 1_000_000]] as const) {
    build.emit('global.set', [build.i32(initial)], name);
  }
  build.emit('global.set', [mask!], 'mask'); // the signature has it
  const [first, status] = build.emit('call', [build.op('ref.null', []), build.i32(0), value!, word!, number!], 'f'); // as above
  const turn = build.block();
  const ended = build.block('val', 'i32');
  const root = build.op('i32.wrap_i64', [build.op('i64.from_val', [first!])]); // f gives a value
  build.brif(status!, { block: ended, args: [first!, status!] }, { block: turn, args: [] }); // and a status
  build.switchTo(ended);
  build.ret(build.param(ended, 0), build.param(ended, 1));

  build.switchTo(turn);
  const address = build.op('global.get', [], 'ready');
  const frame = build.op('ref.from_i32', [address]);
  build.emit('global.set', [build.load('i32', frame, NEXT)], 'ready');
  build.emit('global.set', [build.load('val', frame, PROMISE.value)], 'resumeValue');
  build.emit('global.set', [build.load('i32', frame, STATUS)], 'resumeStatus');
  const thunk = build.load('i32', frame, PROMISE.func);
  const [result, resultStatus] = build.emit('call_indirect', [thunk, frame, build.i32(0)], RESUME_SIGNATURE);
  const settled = build.block();
  const inner = build.block();
  build.brif(resultStatus!, { block: settled, args: [] }, { block: turn, args: [] }); // a thunk gives two results
  build.switchTo(settled);
  build.brif(build.op('i32.eq', [address, root]), { block: ended, args: [result!, resultStatus!] }, { block: inner, args: [] }); // as above
  build.switchTo(inner);
  build.call('enqueue', [build.load('ref', frame, WAITER), result!, resultStatus!]); // as above
  build.jump(turn);
}
