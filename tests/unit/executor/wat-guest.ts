/**
 * A guest in WAT that follows the ABI without any compiler: what it does is chosen by the entry that COMPLETION.start
 * names (ENTRY). It makes no blocks: each message it takes is turned into the next one it sends, and is held meanwhile.
 */
import { COMPLETION, EXPORTS, HEADER, POLL, RECORD, REQUEST, STOP, TRAP } from '../../../jit/abi.js';
import type { Artifact } from '../../../jit/artifact.js';
import type { Codec } from '../../../executor/codec.js';
import type { Engine, GuestInstance } from '../../../executor/engine.js';

/** What a start asks for; the start record becomes the first request, its payload goes with it. */
export const ENTRY = {
  /** Publishes its arguments. */
  echo: 0,
  /** Fails with its arguments. */
  fail: 1,
  /** Calls host function 0 with its arguments and publishes the outcome. */
  host: 2,
  /** Sleeps 50 ms, then publishes 'fired', what an empty payload decodes to. */
  sleep: 3,
  /** Loops until fuel or a stop ends it. */
  spin: 4,
  /** Waits for nothing. */
  deadlock: 5,
  unreachable: 6,
  /** Calls itself without end. */
  recurse: 7,
  /** Returns POLL.ready three times, then publishes its arguments. */
  ready: 8,
  /** Logs its arguments, then waits for nothing. */
  log: 9,
  /** Publishes its arguments while a timer of 50 ms still runs. */
  background: 10,
  /** A rejection that nobody handles. */
  unhandled: 11,
  memory: 12,
  /** Calls itself 12,000 deep and publishes its arguments. */
  deep: 13,
  /** Sleeps 2^31-1 ms. */
  sleepLong: 14,
} as const;

const entryCase = (entry: number, body: string): string =>
  `(if (i32.eq (local.get $argument) (i32.const ${entry})) (then ${body} (return (i32.const ${POLL.idle}))))`;
const pending = (delta: number): string =>
  `(i32.store offset=${HEADER.pendingOps} (local.get $header) (i32.add (i32.load offset=${HEADER.pendingOps} (local.get $header)) (i32.const ${delta})))`;
const timer = (ms: number): string => `(f64.store offset=${RECORD.number} (local.get $record) (f64.const ${ms}))
  ${pending(1)} (call $send (local.get $header) (local.get $record) (i32.const ${REQUEST.timerStart}) (i32.const 0))`;
const result = (failed: number): string =>
  `(i32.store offset=${HEADER.published} (local.get $header) (i32.const 1))
   (call $send (local.get $header) (local.get $record) (i32.const ${REQUEST.result}) (i32.const ${failed}))`;
const trap = (code: number): string => `(i32.store offset=${HEADER.trapCode} (local.get $header) (i32.const ${code})) unreachable`;

export const WAT = `(module
  (import "env" "memory" (memory 1 32768 shared))
  (func (export "${EXPORTS.init}") (param i32))
  (func $send (param $header i32) (param $record i32) (param $kind i32) (param $argument i32)
    (i32.store offset=${HEADER.held} (local.get $header) (i32.load offset=${RECORD.next} (local.get $record)))
    (i32.store offset=${RECORD.next} (local.get $record) (i32.const 0))
    (i32.store offset=${RECORD.kind} (local.get $record) (local.get $kind))
    (i32.store offset=${RECORD.argument} (local.get $record) (local.get $argument))
    (if (i32.eqz (i32.load offset=${HEADER.outboxHead} (local.get $header)))
      (then (i32.store offset=${HEADER.outboxHead} (local.get $header) (local.get $record)))
      (else (i32.store offset=${RECORD.next} (i32.load offset=${HEADER.outboxTail} (local.get $header)) (local.get $record))))
    (i32.store offset=${HEADER.outboxTail} (local.get $header) (local.get $record)))
  (func $recurse (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
    (i32.add (i32.const 1) (call $recurse (i32.sub (local.get $n) (i32.const 1)))))
  (func $spin (param $header i32)
    (local $stop i32)
    (loop $again
      (local.set $stop (i32.atomic.load offset=${HEADER.stop} (local.get $header)))
      (if (i32.eq (local.get $stop) (i32.const ${STOP.timeout})) (then ${trap(TRAP.timeout)}))
      (if (local.get $stop) (then ${trap(TRAP.cancelled)}))
      (i64.store offset=${HEADER.fuel} (local.get $header) (i64.sub (i64.load offset=${HEADER.fuel} (local.get $header)) (i64.const 1)))
      (if (i64.lt_s (i64.load offset=${HEADER.fuel} (local.get $header)) (i64.const 0)) (then ${trap(TRAP.fuel)}))
      (br $again)))
  (func $take (param $header i32) (param $record i32) (result i32)
    (local $kind i32) (local $argument i32)
    (i32.store offset=${RECORD.next} (local.get $record) (i32.load offset=${HEADER.held} (local.get $header)))
    (i32.store offset=${HEADER.held} (local.get $header) (local.get $record))
    (local.set $kind (i32.load offset=${RECORD.kind} (local.get $record)))
    (local.set $argument (i32.load offset=${RECORD.argument} (local.get $record)))
    (if (i32.eq (local.get $kind) (i32.const ${COMPLETION.cancel}))
      (then (i32.store offset=${HEADER.pendingOps} (local.get $header) (i32.const 0)) (return (i32.const ${POLL.idle}))))
    (if (i32.ne (local.get $kind) (i32.const ${COMPLETION.start}))
      (then
        ${pending(-1)}
        (if (i32.eqz (i32.load offset=${HEADER.published} (local.get $header)))
          (then ${result(0)}))
        (return (i32.const ${POLL.idle}))))
    ${entryCase(ENTRY.echo, result(0))}
    ${entryCase(ENTRY.fail, result(1))}
    ${entryCase(ENTRY.host, `${pending(1)} (call $send (local.get $header) (local.get $record) (i32.const ${REQUEST.hostCall}) (i32.const 0))`)}
    ${entryCase(ENTRY.sleep, timer(50))}
    ${entryCase(ENTRY.spin, '(call $spin (local.get $header))')}
    ${entryCase(ENTRY.deadlock, '')}
    ${entryCase(ENTRY.unreachable, 'unreachable')}
    ${entryCase(ENTRY.recurse, '(drop (call $recurse (i32.const -1)))')}
    ${entryCase(ENTRY.log, `(call $send (local.get $header) (local.get $record) (i32.const ${REQUEST.log}) (i32.const 4))`)}
    ${entryCase(ENTRY.background, `(i32.store offset=${HEADER.published} (local.get $header) (i32.const 1)) ${timer(50)}`)}
    ${entryCase(ENTRY.unhandled, `(call $send (local.get $header) (local.get $record) (i32.const ${REQUEST.unhandled}) (i32.const 1))`)}
    ${entryCase(ENTRY.memory, `(i32.store offset=${HEADER.trapDetail} (local.get $header) (i32.const 70000000)) ${trap(TRAP.memory)}`)}
    ${entryCase(ENTRY.deep, `(drop (call $recurse (i32.const 12000))) ${result(0)}`)}
    ${entryCase(ENTRY.sleepLong, timer(2147483647))}
    (if (i32.eq (local.get $argument) (i32.const ${ENTRY.ready}))
      (then
        (i32.store offset=${HEADER.logBytes} (local.get $header) (i32.add (i32.load offset=${HEADER.logBytes} (local.get $header)) (i32.const 1)))
        (if (i32.lt_u (i32.load offset=${HEADER.logBytes} (local.get $header)) (i32.const 4))
          (then (i32.store offset=${HEADER.current} (local.get $header) (local.get $record)) (return (i32.const ${POLL.ready}))))
        ${result(0)}))
    (i32.const ${POLL.idle}))
  (func (export "${EXPORTS.poll}") (param $header i32) (result i32)
    (local $record i32)
    (local.set $record (i32.load offset=${HEADER.current} (local.get $header)))
    (if (local.get $record) (then
      (i32.store offset=${HEADER.current} (local.get $header) (i32.const 0))
      (i32.store offset=${HEADER.held} (local.get $header) (i32.load offset=${RECORD.next} (local.get $record)))
      (return (call $take (local.get $header) (local.get $record)))))
    (loop $each
      (local.set $record (i32.load offset=${HEADER.inbox} (local.get $header)))
      (if (local.get $record) (then
        (i32.store offset=${HEADER.inbox} (local.get $header) (i32.load offset=${RECORD.next} (local.get $record)))
        (if (i32.eq (call $take (local.get $header) (local.get $record)) (i32.const ${POLL.ready})) (then (return (i32.const ${POLL.ready}))))
        (br $each))))
    (i32.const ${POLL.idle})))`;

interface Wabt {
  parseWat(name: string, text: string, features: object): { toBinary(options: object): { buffer: Uint8Array }; destroy(): void };
}

export async function watArtifact(wat: string = WAT): Promise<Artifact> {
  const { default: load } = (await import('wabt' as string)) as { default: () => Promise<Wabt> }; // wabt brings no types that NodeNext finds
  const wabt = await load();
  const parsed = wabt.parseWat('guest.wat', wat, { threads: true });
  const wasm = new Uint8Array(parsed.toBinary({}).buffer);
  parsed.destroy();
  return {
    abiVersion: 1,
    wasm,
    data: { bytes: new Uint8Array(16), align: 16, relocations: [] },
    topLevel: 0,
    exports: Object.entries(ENTRY).map(([name, tableIndex]) => ({ name, tableIndex, async: true })),
    hostFunctions: [{ name: 'host', result: { kind: 'any' }, location: { file: 0, offset: 0 } }],
    plans: [],
    sites: [{ functionName: 'main', location: { file: 0, offset: 8 }, async: false }],
    sourceMap: Array.from(wasm, (_byte, offset) => ({ offset, location: { file: 0, offset: 8 } })),
    frames: [],
    sources: [{ name: 'guest.ts', text: 'line 1\nline 2\nline 3\n' }],
  };
}

/** An engine without the compiler's: instantiates and calls init. */
export const testEngine: Engine = {
  name: 'test',
  instantiate(artifact, memory, dataAddress): GuestInstance {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(artifact.wasm), { env: { memory } });
    const { init, poll } = instance.exports as { init(data: number): void; poll(header: number): number }; // the ABI's exports
    init(dataAddress);
    return { poll };
  },
};

/** JSON instead of the wire format; an error is `{ $error: … }`. The guest only carries the bytes. */
export const jsonCodec: Codec = {
  encode: (value) => Buffer.from(JSON.stringify(value) ?? 'null'),
  encodeError: (error) => Buffer.from(JSON.stringify({ $rejected: error instanceof Error ? error.message : String(error) })),
  decode: (payload, makeError) => {
    const value: unknown = payload.length === 0 ? 'fired' : JSON.parse(Buffer.from(payload).toString());
    const first: unknown = Array.isArray(value) ? value[0] : undefined;
    return typeof first === 'object' && first !== null && '$error' in first
      ? makeError({ name: 'RangeError', message: String(first.$error), trace: [0], fields: { own: 7 } })
      : value;
  },
  standIn: () => undefined,
  formatLog: (payload) => Buffer.from(payload).toString(),
};

/** For workers, which make their own. */
export const createTestEngine = (): Engine => testEngine;
export const createNoEngine = (): Engine => {
  throw new Error('no engine here');
};
export const createJsonCodec = (): Codec => jsonCodec;
