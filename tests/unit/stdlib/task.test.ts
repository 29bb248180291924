/** A task seen from its executor: start, result, host calls, timers, turn groups, rejections, cancellation. */
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../../executor/limits.js';
import { wireCodec } from '../../../executor/wire.js';
import { CLOSURE, COMPLETION, HEADER, POLL, RECORD, REQUEST, TRAP, UNDEFINED } from '../../../jit/abi.js';
import { block_alloc, block_free } from '../../../jit/stdlib/blocks.js';
import { host_call } from '../../../jit/stdlib/host-calls.js';
import { ReferenceThrow, boxF64, load32, loadRef, store32, unboxRef, type val } from '../../../jit/stdlib/intrinsics.js';
import { task_poll } from '../../../jit/stdlib/scheduler.js';
import { global_clearInterval, global_clearTimeout, global_setImmediate, global_setInterval, global_setTimeout } from '../../../jit/stdlib/timers.js';
import { GuestPromise, OrderMachine, type Step } from './order-machine.js';

/** What a guest function of a test throws. */
class PlannedError extends Error {}

interface Request {
  readonly kind: number;
  readonly opId: number;
  readonly argument: number;
  readonly ms: number;
  readonly value: unknown;
}

/** A task and the executor's hands on it. */
class Task {
  readonly machine = new OrderMachine();
  readonly logs: string[] = [];
  readonly requests: Request[] = [];

  readonly log = (text: string): void => void this.logs.push(text);
  host(index: number, ...args: unknown[]): GuestPromise {
    return this.machine.promise(host_call(index, unboxRef(this.machine.box(args))));
  }
  wait(value: unknown): Step {
    return this.machine.rt.wait(value);
  }
  closure(run: (...args: readonly val[]) => unknown): val {
    return this.machine.rig.closureOfValues((args) => {
      try {
        return this.machine.box(run(...args));
      } catch (error) {
        throw error instanceof PlannedError ? new ReferenceThrow(this.machine.rig.box(new Error(error.message))) : error;
      }
    });
  }
  /** Table index of a function's entry. */
  entry(run: (...args: readonly val[]) => unknown): number {
    return load32(unboxRef(this.closure(run)), CLOSURE.func);
  }

  send(kind: number, opId: number, value?: unknown, options: { readonly argument?: number; readonly sameTurn?: boolean } = {}): void {
    const payload = value === undefined ? new Uint8Array(0) : wireCodec.encode(value, { kind: 'any' }, [], DEFAULT_LIMITS, 'value');
    const record = block_alloc(RECORD.payload + payload.length);
    store32(record, RECORD.kind, kind);
    store32(record, RECORD.opId, opId);
    store32(record, RECORD.argument, options.argument ?? 0);
    store32(record, RECORD.number, options.sameTurn === true ? 0 : 1);
    store32(record, RECORD.byteLength, payload.length);
    new Uint8Array(this.machine.rig.view.buffer).set(payload, record + RECORD.payload);
    let link = this.machine.rig.header + HEADER.inbox;
    while (load32(link, 0) !== 0) link = load32(link, 0);
    store32(link, 0, record);
  }

  /** Polls until idle; gives what the task asked for since the last time. */
  poll(): Request[] {
    const first = this.requests.length;
    let code: number;
    do {
      code = task_poll();
      this.drain();
    } while (code === POLL.ready);
    return this.requests.slice(first);
  }

  private drain(): void {
    const { header, view } = this.machine.rig;
    let record = loadRef(header, HEADER.outboxHead);
    store32(header, HEADER.outboxHead, 0);
    while (record !== 0) {
      const payload = new Uint8Array(view.buffer, record + RECORD.payload, load32(record, RECORD.byteLength));
      this.requests.push({
        kind: load32(record, RECORD.kind),
        opId: load32(record, RECORD.opId),
        argument: load32(record, RECORD.argument),
        ms: view.getFloat64(record + RECORD.number, true),
        value: wireCodec.decode(payload, ({ name, message }) => `${name}: ${message}`),
      });
      const next = load32(record, RECORD.next);
      block_free(record);
      record = next;
    }
  }

  word(offset: number): number {
    return load32(this.machine.rig.header, offset);
  }
  get pending(): number {
    return this.word(HEADER.pendingOps);
  }
}

const kinds = (requests: readonly Request[]): number[] => requests.map(({ kind }) => kind);

describe('start and result', () => {
  test('the top level runs, then what it left to do, then main with its arguments', () => {
    const task = new Task();
    const topLevel = task.entry(() => {
      task.log('top');
      void task.machine.rt.resolve(1).then(() => task.log('left')).then(() => task.log('left again'));
    });
    const main = task.entry((...args) => {
      task.log('main');
      return args.map((arg) => task.machine.unbox(arg));
    });
    task.send(COMPLETION.start, topLevel, [1, undefined, 3, 4, 5, 6], { argument: main });
    const requests = task.poll();
    expect(task.logs).toEqual(['top', 'left', 'left again', 'main']);
    expect(requests).toMatchObject([{ kind: REQUEST.result, argument: 0, value: [1, undefined, 3, 4, 5, 6] }]);
    expect(task.word(HEADER.published)).toBe(1);
  });

  test('the top level alone gives its completion value', () => {
    const task = new Task();
    task.send(COMPLETION.start, task.entry(() => 42), undefined, { argument: -1 });
    expect(task.poll()).toMatchObject([{ kind: REQUEST.result, argument: 0, value: 42 }]);
  });

  test('an async main is waited for', () => {
    const task = new Task();
    const main = task.entry(() => task.machine.rt.start(function* () {
      const value = yield task.wait(task.host(0, 'x'));
      return `got ${String(value)}`;
    }));
    task.send(COMPLETION.start, task.entry(() => undefined), [], { argument: main });
    const [call] = task.poll();
    expect(call).toMatchObject({ kind: REQUEST.hostCall, argument: 0, value: ['x'] });
    expect(task.word(HEADER.published)).toBe(0);
    task.send(COMPLETION.fulfilled, call?.opId ?? 0, 7);
    expect(task.poll()).toMatchObject([{ kind: REQUEST.result, argument: 0, value: 'got 7' }]);
  });

  test.each(['top level', 'main'])('what the %s throws is the result', (where) => {
    const task = new Task();
    const fail = task.entry(() => {
      throw new PlannedError('e1');
    });
    const fine = task.entry(() => undefined);
    task.send(COMPLETION.start, where === 'main' ? fine : fail, [], { argument: where === 'main' ? fail : fine });
    expect(task.poll()).toMatchObject([{ kind: REQUEST.result, argument: 1, value: 'Error: e1' }]);
  });
});

describe('host calls', () => {
  test('are counted in flight and settle once; a stale completion is dropped', () => {
    const task = new Task();
    task.host(3, 1).then((value: unknown) => task.log(`value ${String(value)}`));
    const [call] = task.poll();
    expect([task.pending, task.word(HEADER.hostCalls)]).toEqual([1, 1]);
    task.send(COMPLETION.fulfilled, call?.opId ?? 0, 5);
    task.send(COMPLETION.fulfilled, call?.opId ?? 0, 6);
    task.poll();
    expect(task.logs).toEqual(['value 5']);
    expect([task.pending, task.word(HEADER.hostCalls)]).toEqual([0, 0]);
    task.host(3, 2).then((value: unknown) => task.log(`value ${String(value)}`));
    task.send(COMPLETION.fulfilled, call?.opId ?? 0, 7);
    task.poll();
    expect(task.logs).toEqual(['value 5']);
  });

  test('of one turn group settle before any of their reactions run', () => {
    const task = new Task();
    const chain = (name: string): void => void task.host(0).then(() => task.log(name)).then(() => task.log(`${name}${name}`));
    ['a', 'b', 'c'].forEach(chain);
    const [a, b, c] = task.poll();
    task.send(COMPLETION.fulfilled, a?.opId ?? 0, 1);
    task.send(COMPLETION.fulfilled, b?.opId ?? 0, 1, { sameTurn: true });
    task.send(COMPLETION.fulfilled, c?.opId ?? 0, 1);
    task.poll();
    expect(task.logs).toEqual(['a', 'b', 'aa', 'bb', 'c', 'cc']);
  });

  test('rejections carry the host error', () => {
    const task = new Task();
    task.host(0).catch((error: unknown) => task.log(String(error)));
    const [call] = task.poll();
    task.send(COMPLETION.rejected, call?.opId ?? 0, new TypeError('bad'));
    task.poll();
    expect(task.logs).toEqual(['TypeError: bad']);
  });

  test('ten thousand operations keep apart, in any order of completion', () => {
    const task = new Task();
    let sum = 0;
    for (let i = 0; i < 3000; i++) task.host(i).then((value: unknown) => (sum += Number(value) * (i + 1)));
    const calls = task.poll();
    for (const call of [...calls].reverse()) task.send(COMPLETION.fulfilled, call.opId, call.argument, { sameTurn: true });
    task.poll();
    expect(sum).toBe(Array.from({ length: 3000 }, (_, i) => i * (i + 1)).reduce((a, b) => a + b));
    expect(task.pending).toBe(0);
  });

  test('over the limit the task traps', () => {
    const task = new Task();
    store32(task.machine.rig.header, HEADER.maxHostCalls, 2);
    task.host(0);
    task.host(0);
    expect(() => task.host(0)).toThrow(`trap ${TRAP.hostCalls}`);
  });
});

describe('timers', () => {
  test('setTimeout calls once with its arguments, after whole milliseconds of at least one', () => {
    const task = new Task();
    const callback = task.closure((...args) => task.log(args.map((arg) => task.machine.unbox(arg)).join()));
    for (const ms of [5.9, 0, -1, NaN, 2 ** 31]) global_setTimeout(callback, boxF64(ms), unboxRef(task.machine.box([ms, 'x'.length])));
    const requests = task.poll();
    expect(requests.map(({ kind, ms }) => [kind, ms])).toEqual([5, 1, 1, 1, 1].map((ms) => [REQUEST.timerStart, ms]));
    expect(task.pending).toBe(5);
    for (const { opId } of requests.slice(0, 2)) task.send(COMPLETION.timer, opId);
    task.poll();
    expect(task.logs).toEqual(['5.9,1', '0,1']);
    expect(task.pending).toBe(3);
  });

  test('each timer is a turn of its own', () => {
    const task = new Task();
    for (const name of ['a', 'b']) {
      global_setTimeout(task.closure(() => {
        task.log(name);
        void task.machine.rt.resolve(1).then(() => task.log(`${name} job`));
      }), boxF64(1), 0);
    }
    for (const { opId } of task.poll()) task.send(COMPLETION.timer, opId);
    task.poll();
    expect(task.logs).toEqual(['a', 'a job', 'b', 'b job']);
  });

  test('a cleared timer never calls, though its completion is under way', () => {
    const task = new Task();
    const handle = global_setTimeout(task.closure(() => task.log('called')), boxF64(1), 0);
    const [start] = task.poll();
    global_clearTimeout(handle);
    global_clearTimeout(handle);
    task.send(COMPLETION.timer, start?.opId ?? 0);
    expect(kinds(task.poll())).toEqual([REQUEST.timerStop]);
    expect(task.logs).toEqual([]);
    expect(task.pending).toBe(0);
  });

  test('clearing what is no timer does nothing', () => {
    const task = new Task();
    for (const value of [undefined, null, 5, 'x', {}, [1]]) global_clearTimeout(task.machine.rig.box(value));
    expect(task.poll()).toEqual([]);
  });

  test('an interval is armed again after each call until it is cleared, also from within', () => {
    const task = new Task();
    let calls = 0;
    const handle: val = global_setInterval(task.closure(() => {
      task.log(`call ${++calls}`);
      if (calls === 2) global_clearInterval(handle);
    }), boxF64(10), 0);
    const [first] = task.poll();
    task.send(COMPLETION.timer, first?.opId ?? 0);
    const again = task.poll();
    expect(again).toMatchObject([{ kind: REQUEST.timerStart, ms: 10, opId: first?.opId }]);
    task.send(COMPLETION.timer, first?.opId ?? 0);
    expect(task.poll()).toEqual([]);
    expect([task.logs, task.pending]).toEqual([['call 1', 'call 2'], 0]);
  });

  test('setImmediate asks for no delay', () => {
    const task = new Task();
    global_setImmediate(task.closure(() => undefined), 0);
    expect(task.poll()).toMatchObject([{ kind: REQUEST.timerStart, ms: 0 }]);
  });

  test('a callback that is no function is a TypeError', () => {
    const task = new Task();
    expect(() => task.machine.rig.guest(() => global_setTimeout(UNDEFINED, boxF64(1), 0))).toThrow('The "callback" argument must be of type function.');
  });
});

describe('errors that nobody handles', () => {
  test('a rejection is reported when the jobs are done, the oldest first', () => {
    const task = new Task();
    task.machine.rt.reject('one');
    task.machine.rt.reject('two');
    const late = task.machine.rt.reject('late');
    void task.machine.rt.resolve(0).then(() => late.catch(() => task.log('handled')));
    expect(task.poll().map(({ kind, value }) => [kind, value])).toEqual([[REQUEST.unhandled, 'one'], [REQUEST.unhandled, 'two']]);
    expect(task.logs).toEqual(['handled']);
  });

  test('before the next turn begins', () => {
    const task = new Task();
    global_setTimeout(task.closure(() => task.log('timer')), boxF64(1), 0);
    for (const { opId } of task.poll()) task.send(COMPLETION.timer, opId);
    task.machine.rt.reject('early');
    expect(task_poll()).toBe(POLL.ready);
    expect(task.logs).toEqual([]);
    expect(task.poll()).toMatchObject([{ kind: REQUEST.unhandled }]);
    expect(task.logs).toEqual(['timer']);
  });

  test('what a timer or a microtask throws is reported too', () => {
    const task = new Task();
    const fail = task.closure(() => {
      throw new PlannedError('e1');
    });
    global_setTimeout(fail, boxF64(1), 0);
    for (const { opId } of task.poll()) task.send(COMPLETION.timer, opId);
    expect(task.poll()).toMatchObject([{ kind: REQUEST.unhandled, value: 'Error: e1' }]);
  });

  test('a promise that resolves to itself is rejected', () => {
    const task = new Task();
    let resolve: (value: unknown) => void = () => {};
    const promise = task.machine.rt.create((settle: (value: unknown) => void) => (resolve = settle));
    promise.catch((error: unknown) => task.log(String(error)));
    resolve(promise);
    task.poll();
    expect(task.logs).toEqual(['TypeError: Chaining cycle detected for promise #<Promise>']);
  });
});

describe('cancellation', () => {
  /** Strands of all kinds, each with a finally block. */
  function suspended(): Task {
    const task = new Task();
    const strand = (name: string, wait: () => unknown): void => void task.machine.rt.start(function* () {
      try {
        yield task.wait(wait());
        task.log(`${name} went on`);
      } finally {
        task.log(`${name} finally`);
      }
    });
    strand('host', () => task.host(0));
    strand('timer', () => task.machine.rt.create((done: () => void) => task.machine.rt.setTimeout(done, 1000)));
    strand('nobody', () => task.machine.rt.create(() => undefined));
    strand('inner', () => task.machine.rt.start(function* () {
      try {
        yield task.wait(task.host(1));
      } finally {
        task.log('innermost finally');
      }
    }));
    return task;
  }

  test('runs each finally block once, the oldest strand first, inner before outer', () => {
    const task = suspended();
    task.poll();
    task.send(COMPLETION.cancel, 0);
    task.poll();
    expect(task.logs).toEqual(['host finally', 'timer finally', 'nobody finally', 'innermost finally', 'inner finally']);
    expect(task.pending).toBe(0);
    task.send(COMPLETION.cancel, 0);
    task.poll();
    expect(task.logs.length).toBe(5);
  });

  test('publishes, reports no unhandled rejection, drops late completions', () => {
    const task = suspended();
    const calls = task.poll();
    task.send(COMPLETION.cancel, 0);
    expect(kinds(task.poll())).toEqual([REQUEST.result]);
    for (const { opId } of calls) task.send(COMPLETION.fulfilled, opId, 1);
    expect(task.poll()).toEqual([]);
    expect(task.logs.filter((line) => line.includes('went on'))).toEqual([]);
  });

  test('passes by callbacks of then, runs those of finally', () => {
    const task = new Task();
    task.host(0).then(() => task.log('then'), () => task.log('catch')).finally(() => task.log('finally'));
    task.poll();
    task.send(COMPLETION.cancel, 0);
    task.poll();
    expect(task.logs).toEqual(['finally']);
  });

  test('reaches a task that never runs out of jobs', () => {
    const task = new Task();
    task.machine.rt.start(function* () {
      try {
        for (;;) {
          yield task.machine.rt.slice();
          yield task.wait(1);
          store32(task.machine.rig.header, HEADER.yieldRequested, 1);
        }
      } finally {
        task.log('finally');
      }
    });
    for (let i = 0; i < 5; i++) expect(task_poll()).toBe(POLL.ready);
    task.send(COMPLETION.cancel, 0);
    task.poll();
    expect(task.logs).toEqual(['finally']);
  });

  test('a finally block may still wait for a host call', () => {
    const task = new Task();
    task.machine.rt.start(function* () {
      try {
        yield task.wait(task.host(0));
      } finally {
        task.log(`cleaned ${String(yield task.wait(task.host(9)))}`);
      }
    });
    task.poll();
    task.send(COMPLETION.cancel, 0);
    const call = task.poll().find(({ kind }) => kind === REQUEST.hostCall);
    task.send(COMPLETION.fulfilled, call?.opId ?? 0, 'up');
    task.poll();
    expect(task.logs).toEqual(['cleaned up']);
  });
});
