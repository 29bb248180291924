/**
 * The contract between compiled modules, the standard library and the executor: every number that two of them must
 * agree on stands here once. Version ABI_VERSION.
 *
 * Tables are plain `as const` objects so that the standard library, compiled by our own front end, reads them too.
 * All offsets and sizes are bytes; all addresses are i32 offsets into the arena memory; little-endian.
 */

export const ABI_VERSION = 1;

// ---------------------------------------------------------------------------------------------------------------------
// Boxed values (`val`): 64 bits. Below TAG.special << 48 (unsigned) the bits are a double, else the top 16 are a tag.
//
// Invariant B1: a NaN that is boxed has a canonical payload (0x7ff8… or 0xfff8…). WebAssembly arithmetic guarantees it
// for canonical inputs; whatever brings foreign bits in (wire values, DataView, typed arrays) canonicalizes.
// Invariant B2: the low 32 bits under a pointer tag are the address of a live object of that kind; nothing else boxes.
// ---------------------------------------------------------------------------------------------------------------------

export const TAG = { special: 0xfff9, object: 0xfffa, string: 0xfffb, bigint: 0xfffc, symbol: 0xfffd } as const;

/** Bits of the values that are no numbers and no pointers. `absent` is a hole or a missing slot, never seen by guests. */
export const UNDEFINED = 0xfff9000000000000n;
export const NULL = 0xfff9000000000001n;
export const FALSE = 0xfff9000000000002n;
export const TRUE = 0xfff9000000000003n;
export const ABSENT = 0xfff9000000000004n;
/** A binding before its initialization (temporal dead zone). */
export const UNINITIALIZED = 0xfff9000000000005n;
/** The error that unwinds a cancelled task: catch clauses pass it on, finally blocks run. */
export const CANCEL = 0xfff9000000000006n;
/** What a generator's body is resumed with, as if it were an error, by `return(v)`: it returns the value that was sent. */
export const GENERATOR_RETURN = 0xfff9000000000007n;
/** The least bits that are not a double. */
export const FIRST_TAGGED = 0xfff9000000000000n;

// ---------------------------------------------------------------------------------------------------------------------
// Status codes
// ---------------------------------------------------------------------------------------------------------------------

/** Second result of a plain function that can throw; the error is then in the global `error`. */
export const CALL = { ok: 0, thrown: 1 } as const;

/**
 * Second result of an async body; the first is a `val`: the frame (boxed as object) for pending, the value or the error.
 * `adopting`: the value is a promise or thenable returned by the function, which its own promise has yet to follow.
 */
export const ASYNC = { pending: 0, fulfilled: 1, rejected: 2, adopting: 4 } as const;

/** Result of the exported `poll(header)`. */
export const POLL = {
  /** Nothing is ready: every strand waits for a completion, or for nothing at all (see HEADER.pendingOps). */
  idle: 0,
  /** The slice is used up; poll again when it is this task's turn. */
  ready: 1,
} as const;

/** Written to HEADER.trapCode before an `unreachable`. */
export const TRAP = {
  none: 0,
  fuel: 1,
  memory: 2,
  stack: 3,
  timeout: 4,
  cancelled: 5,
  hostCalls: 6,
  logs: 7,
  payload: 8,
  unreachable: 9,
  internal: 10,
  /** Those of WebAssembly guests; WASM_TRAPS has the words. */
  memoryBounds: 11,
  tableBounds: 12,
  undefinedElement: 13,
  uninitializedElement: 14,
  indirectType: 15,
  importSize: 16,
  /** A stretch longer than HEADER.stretch. */
  stretch: 17,
} as const;

/** What a WebAssembly guest did, by TRAP code, in the words of the specification's tests. */
export const WASM_TRAPS: Readonly<Record<number, string>> = {
  [TRAP.memoryBounds]: 'out of bounds memory access',
  [TRAP.tableBounds]: 'out of bounds table access',
  [TRAP.undefinedElement]: 'undefined element',
  [TRAP.uninitializedElement]: 'uninitialized element',
  [TRAP.indirectType]: 'indirect call type mismatch',
  [TRAP.importSize]: 'incompatible import type: what is imported is smaller than the import says',
};

/** HEADER.stop, written by another thread, seen where fuel is checked. */
export const STOP = { none: 0, timeout: 1, cancel: 2, kill: 3 } as const;

// ---------------------------------------------------------------------------------------------------------------------
// Arena memory
//
//   0          256        1 KiB        8 KiB         16 KiB      32 KiB            64 KiB             192 KiB
//   | null     | arena    | kind       | thread      | (free)    | strings of one  | chunk owners     | chunks of 64 KiB
//   | page     | header   | shapes     | records     |           | Latin-1 unit    | i32 per chunk    | …
// ---------------------------------------------------------------------------------------------------------------------

export const ARENA = {
  kindShapes: 0x400,
  kindShapeBytes: 64,
  threadRecords: 0x2000,
  threadRecordBytes: 128,
  maxThreads: 64,
  /** 256 flat one-byte strings of length 1, 24 bytes each, by code unit. */
  unitStrings: 0x8000,
  unitStringBytes: 24,
  /** The flat one-byte string of length 0. */
  emptyString: 0xa000,
  chunkOwners: 0x10000,
  firstChunk: 3,
  chunkBytes: 65536,
} as const;

/**
 * A thread record: the block cache of one thread (0 is the main thread, reactors count from 1). Only its thread uses it,
 * so it needs no atomics; chunks are claimed from the owner table (an i32 per chunk: 0 free, else owner thread + 1).
 */
export const THREAD = {
  /** Heads of the free lists, an i32 per size class of BLOCK_CLASSES. */
  freeLists: 0,
  /** Where the search for a free chunk starts. */
  chunkHint: 32,
  /** Number of chunks in the arena. */
  chunkCount: 36,
  /** Shadow stack of traced values live across calls: first byte and end. */
  shadowBase: 40,
  shadowLimit: 44,
  /** Owner word of this thread: its index + 1. */
  owner: 48,
} as const;

/**
 * A block: the unit of memory outside and under the heaps. 16-byte aligned, header of 16 bytes.
 * `sizeClass` counts into BLOCK_CLASSES; from 256 on, a run of (sizeClass - 256) whole chunks. Free blocks are all zero
 * behind their header.
 */
export const BLOCK = { next: 0, sizeClass: 4, used: 8, header: 16, runClass: 256 } as const;

/** Whole sizes of blocks. Class 5 is one chunk; larger needs are runs of chunks. */
export const BLOCK_CLASSES = [64, 128, 256, 1024, 4096, 65536] as const;

/**
 * A record: a block that carries a message between guest and executor, with a wire payload (jit/stdlib/wire-write.ts, wire-read.ts; executor/wire.ts). Whoever
 * takes it owns it and frees it.
 */
export const RECORD = {
  next: 0,
  sizeClass: 4,
  kind: 8,
  opId: 12,
  /** REQUEST.hostCall: index of the host function. REQUEST.log: level. REQUEST.result: 0 value, 1 error. COMPLETION.start: table index of the entry. */
  argument: 16,
  /** Bytes of payload. */
  byteLength: 20,
  /** REQUEST.timerStart: milliseconds, a double. COMPLETION.*: an i32, 1 on the first record of a turn group. */
  number: 24,
  payload: 32,
} as const;

/** Guest to executor, linked from HEADER.outboxHead in order. */
export const REQUEST = { hostCall: 1, timerStart: 2, timerStop: 3, log: 4, result: 5, unhandled: 6 } as const;

/** Executor to guest, linked from HEADER.inbox in order. */
export const COMPLETION = { start: 1, fulfilled: 2, rejected: 3, timer: 4, cancel: 5 } as const;

/** Levels of REQUEST.log. */
export const LOG_LEVELS = ['log', 'info', 'debug', 'warn', 'error'] as const;
/** What else REQUEST.log may ask of the executor's console: codes behind the levels. */
export const LOG_ASKS = { table: 5, dir: 6, assert: 7, indent: 8, outdent: 9, count: 10, countReset: 11, time: 12, timeLog: 13, timeEnd: 14 } as const;

/** Header of a task in the arena: what compiled code knows of its task. */
export const HEADER = {
  /** i64: fuel left in the whole budget, without what the current slice holds. */
  fuel: 0,
  /** Fuel of one slice. */
  slice: 8,
  /** A STOP code, accessed atomically. */
  stop: 12,
  /** f64: Date.now(), milliseconds; frozen within a poll but for the fuel slow path. */
  clock: 16,
  /** f64: milliseconds since the task started. */
  monotonic: 24,
  /** Frame that used up its slice: resumed before anything else. */
  current: 32,
  /** The FIFO of ready jobs, linked through PROMISE.link / REACTION.link. */
  fifoHead: 36,
  fifoTail: 40,
  /** Completions handed over by the executor, in order. */
  inbox: 44,
  outboxHead: 48,
  outboxTail: 52,
  /** Host calls in flight and timers set; 0 with POLL.idle means that nothing can wake the task. */
  pendingOps: 56,
  maxHostCalls: 60,
  /** Bump allocation: next free byte and end of the free run. */
  allocNext: 64,
  allocLimit: 68,
  /** Blocks of the heap, linked by BLOCK.next. */
  blocks: 72,
  /** Bytes of the heap's blocks, and their cap. */
  heapBytes: 76,
  heapCap: 80,
  /** The record of the thread that polls. */
  thread: 84,
  /** Module variables: a SLOTS object. */
  environment: 88,
  /** Tables of the runtime: a SLOTS object, indexed by ROOT. */
  roots: 92,
  nextOpId: 96,
  /** 1 once the result of `main` was published. */
  published: 100,
  trapCode: 104,
  /** For TRAP.*: what was used or asked for, an i32. */
  trapDetail: 108,
  logBytes: 112,
  logCap: 116,
  /** i64: state of Math.random. */
  random: 120,
  /** Native stack bytes that a poll may use, as estimated by the compiler. */
  stackBytes: 128,
  /** 1 when the slice is used up and the task should return POLL.ready at the next place where order allows. */
  yieldRequested: 132,
  payloadCap: 136,
  /** Host calls in flight alone. */
  hostCalls: 140,
  /** Most fuel that a task may use, once its slice is used up, until it lets others run; 0: all it has. */
  stretch: 144,
  /** What is left of that for the running poll; only kept where `stretch` is not 0. */
  stretchLeft: 148,
  /** Free lists of frames by size in 16-byte steps, 32 to 272 bytes: 16 lists. */
  freeFrames: 152,
  /** Blocks outside the heap that the running poll holds, linked by BLOCK.next: freed by the executor if it traps. */
  held: 216,
  /** Bytes of runs and blocks handed to the allocator since the last collection. */
  allocated: 220,
  /** Bytes of objects that the last collection found alive. */
  liveBytes: 224,
  /** Free runs found by the last sweep, linked through FREE.next. */
  freeRuns: 228,
  /** For tests: collect at every so many allocations; 0 collects as needed. */
  collectEvery: 232,
  /** Allocations since the last collection, counted when collectEvery is not 0. */
  collectCount: 236,
  bytes: 240,
} as const;

/** Slots of HEADER.roots. `lookups` is a BLOB with untraced pointers: whoever frees objects zeroes it first. */
export const ROOT = {
  operations: 0, transitions: 1, unhandled: 2, timers: 3, interned: 4, joining: 5, scratch: 6, starting: 7, lookups: 8, evaluation: 9, classes: 10, symbols: 11, regexps: 12,
  count: 16,
} as const;

// ---------------------------------------------------------------------------------------------------------------------
// Heap objects: 8-byte aligned, {shape, meta} first. The shape word is the address of a shape; kinds that need no
// shape of their own share the well-known one at kindShape(kind), a constant.
// ---------------------------------------------------------------------------------------------------------------------

export const OBJECT_HEADER = { shape: 0, meta: 4 } as const;

/**
 * Bits of the meta word. `short`: a free run of 8 bytes. `wide`: a rope with two-byte leaves. The collector's own:
 * `marked`, `queued` (marked, yet to be traced, not on the mark stack), `dying` (a shape that goes with the next collection).
 */
export const META = { marked: 1, frozen: 2, sealed: 4, notExtensible: 8, short: 16, wide: 32, queued: 64, dying: 128 } as const;

export const KIND = {
  object: 1,
  array: 2,
  /** Flat strings of 1-byte and 2-byte units. */
  stringOne: 3,
  stringTwo: 4,
  rope: 5,
  slice: 6,
  closure: 7,
  cell: 8,
  promise: 9,
  /** A suspended call of an async function, which is its promise too. */
  frame: 10,
  reaction: 11,
  /** Bytes without pointers. */
  blob: 12,
  /** Boxed values. */
  slots: 13,
  shape: 14,
  map: 15,
  set: 16,
  /** Like object, but an Error. */
  error: 17,
  date: 18,
  regexp: 19,
  bigint: 20,
  symbol: 21,
  arrayBuffer: 22,
  typedArray: 23,
  dataView: 24,
  generator: 25,
  iterator: 26,
  /** Object whose properties live in a hash table. */
  dictionary: 27,
  weakMap: 28,
  abortSignal: 29,
  /** A free run of the heap: FREE. */
  free: 30,
  asyncGenerator: 31,
  weakSet: 32,
  /** What a slot holds for an accessor, or a property that is not writable, enumerable and configurable: PROPERTY. */
  property: 33,
  abortController: 34,
} as const;

/** Address of the shape that all objects of a kind share. */
export const kindShape = (kind: number): number => ARENA.kindShapes + kind * ARENA.kindShapeBytes;

/**
 * A shape: an object of kind `shape`. A property's slot is its position among the keys.
 * For KIND.frame: `inlineCapacity` is the frame's whole size in bytes, then from PROMISE.bytes on come `rawBytes` bytes
 * without pointers (a multiple of 8), `valCount` boxed values and `refCount` pointers.
 */
export const SHAPE = {
  kind: 8,
  flags: 12,
  inlineCapacity: 16,
  keyCount: 20,
  /** Address of the keys: a string pointer each (4 bytes), `keyCount` of them. Points into static data or to BLOB.data. */
  keys: 24,
  /** Class descriptor, or 0. */
  class: 28,
  parent: 32,
  /** Places at `keys` that shapes made at run time share; 0 in static shapes. */
  keyCapacity: 36,
  rawBytes: 20,
  valCount: 24,
  refCount: 28,
  bytes: 40,
} as const;

/** Bits of SHAPE.flags: an object of this shape has an own or class property of that name. */
export const SHAPE_FLAGS = { then: 1, toString: 2, toJSON: 4, valueOf: 8 } as const;
/** Further bits: a property under Symbol.toPrimitive; some slot holds a PROPERTY, so no slot is read as it stands. */
export const SHAPE_BITS = { toPrimitive: 16, special: 32 } as const;
/** `getter` and `setter` are functions or undefined; a property that is no accessor has its value in `getter`. */
export const PROPERTY = { flags: 8, getter: 16, setter: 24, bytes: 32 } as const;
export const PROPERTY_FLAGS = { enumerable: 1, writable: 2, configurable: 4, all: 7, accessor: 8 } as const;

/**
 * The names that symbols are as property keys, which no program spells: `\0@`, what tells the symbol from others (nothing
 * for well-known ones, `for` for those of Symbol.for, else a number), then `@` and the description, if it has one.
 */
export const SYMBOL_NAMES = {
  iterator: '\0@@Symbol.iterator', asyncIterator: '\0@@Symbol.asyncIterator', toPrimitive: '\0@@Symbol.toPrimitive',
  toStringTag: '\0@@Symbol.toStringTag', hasInstance: '\0@@Symbol.hasInstance', dispose: '\0@@Symbol.dispose', asyncDispose: '\0@@Symbol.asyncDispose',
} as const;

/**
 * Objects: `inlineCapacity` slots, then the rest in a SLOTS object that grows. ABSENT marks a missing property.
 * A dictionary's shape keeps kind `dictionary`, class and inlineCapacity; its `overflow` is a MAP from names to values.
 * `trace` of an error: a BLOB, the count of sites, then a site each; or 0.
 */
export const OBJECT = { overflow: 8, trace: 12, slots: 16 } as const;
/**
 * `data` is a SLOTS object of at least `capacity` elements, or 0; ABSENT marks a hole. `extra`: an object with the properties
 * that have names, or 0; only the library makes one (`index`, `input` and `groups` of a match).
 */
export const ARRAY = { length: 8, capacity: 12, data: 16, extra: 20, bytes: 24 } as const;
export const SLOTS = { length: 8, data: 16 } as const;
export const BLOB = { byteLength: 8, data: 16 } as const;
/** Length in UTF-16 units; hash 0 means not computed. */
export const STRING = { hash: 8, length: 12, units: 16, left: 16, right: 20, base: 16, start: 20, bytes: 24 } as const;
/** `func` is the table index of the closure entry, `info` the address of a FUNCTION_INFO; captures are boxed values. */
export const CLOSURE = { func: 8, info: 12, captures: 16 } as const;
/** Static facts of a function. `asyncEntry`: table index of its await entry, or 0. */
export const FUNCTION_INFO = { name: 0, parameterCount: 4, captureCount: 8, flags: 12, class: 16, asyncEntry: 20, bytes: 24 } as const;
export const FUNCTION_FLAGS = { async: 1, generator: 2, class: 4, arrow: 8 } as const;
/**
 * Map, Set and the table of a dictionary. `entries` is a SLOTS object: the successor (see jit/stdlib/hash-table.ts), then
 * a key and a value per entry in order of insertion, `used` of them, deleted ones with an ABSENT key; `index` is a BLOB.
 */
export const MAP = { size: 8, used: 12, index: 16, entries: 20, bytes: 24 } as const;
/** Boxed values all. `reason` is ABSENT until the abort; `listeners`, `dependents` and `sources` are arrays or undefined. */
export const ABORT = { reason: 8, onabort: 16, listeners: 24, dependents: 32, sources: 40, bytes: 48 } as const;
export const ABORT_CONTROLLER = { signal: 8, bytes: 16 } as const;
/** A free run. One of 8 bytes has neither word but META.short; one that the allocator knows stands in HEADER.freeRuns. */
export const FREE = { byteLength: 8, next: 12 } as const;
/** An iterator of the library: `target` and `state` are private to jit/stdlib/iteration.ts, `value` is the last one given. */
export const ITERATOR = { kind: 8, position: 12, target: 16, state: 24, value: 32, bytes: 40 } as const;
/**
 * A generator, laid out as an iterator of kind `iteration` so that loops walk it as one. `state` is a GENERATOR_STATE,
 * `frame` the suspended body, `sent` what `return` brought, `value` what was yielded or returned last. An async one has a
 * queue of requests too: REACTIONs, linked, each with how to resume (RESUME), the promise and the value.
 */
export const GENERATOR = { kind: 8, state: 12, frame: 16, sent: 24, value: 32, queue: 40, last: 48, bytes: 56, iteration: 9 } as const;
export const GENERATOR_STATE = { start: 0, suspended: 1, running: 2, done: 3, draining: 4 } as const;
/** How a generator goes on; the first two agree with ASYNC. */
export const RESUME = { next: 1, throw: 2, return: 3 } as const;
/** A captured variable that is assigned after its capture. */
export const CELL = { value: 8, bytes: 16 } as const;
/**
 * A bigint, boxed under TAG.bigint: `length` digits of 32 bits, least first, the last not zero; zero has none and no sign.
 * `room`: digits that there is room for, and the sign in the top bit.
 */
export const BIGINT = { room: 8, length: 12, digits: 16 } as const;
/**
 * A regular expression. `flags`: REGEXP_FLAGS. `program` (jit/stdlib/regexp-code.ts) and `names` (an array: the name of each
 * group or undefined; 0 if none has one) are shared by equal expressions. `func`: table index of the closure entry that
 * carries out what string methods ask for, so that programs without regular expressions link nothing of them.
 */
export const REGEXP = { flags: 8, program: 12, source: 16, names: 20, lastIndex: 24, func: 32, bytes: 40 } as const;
/** In the order in which `flags` lists them: d g i m s u y. */
export const REGEXP_FLAGS = { hasIndices: 1, global: 2, ignoreCase: 4, multiline: 8, dotAll: 16, unicode: 32, sticky: 64 } as const;
/** `time`: milliseconds since 1970 in UTC, a double; NaN for an invalid date. */
export const DATE = { time: 8, bytes: 16 } as const;

/**
 * A promise, and the header of a frame.
 * `state`: bits 0-1 SETTLED, bit 2 handled, bit 3 direct (only a direct await owns it), bits 4-5 status of the resume
 * (ASYNC.fulfilled or .rejected), bits 16-31 the state that dispatch resumes at.
 * `link`: next in the list the object stands in as a job or as a waiter (one at a time).
 * `reactions`: waiters while pending, latest first. `value`: the result; for a suspended frame that was made ready, the
 * value its await receives.
 */
export const PROMISE = { link: 8, state: 12, reactions: 16, func: 20, value: 24, bytes: 32 } as const;
export const PROMISE_STATE = { settledMask: 3, handled: 4, direct: 8, resumeShift: 4, resumeMask: 48, dispatchShift: 16 } as const;
export const SETTLED = { pending: 0, fulfilled: 1, rejected: 2 } as const;

/** A job or a reaction of a promise. `kind` is a JOB of jit/stdlib/job-kinds.ts. */
export const REACTION = { link: 8, kind: 12, derived: 16, onFulfilled: 24, onRejected: 32, value: 40, bytes: 48 } as const;

/**
 * A class descriptor, in static data or (where methods capture variables) a BLOB: its header comes first in either case.
 * `methods`: address of METHODs.
 * `shape`: the shape that instances start with, all slots ABSENT; or 0, then one is made of flags. `statics`: the
 * descriptor of the members of the class itself, or 0. `info`: the FUNCTION_INFO of a library class that can be a value.
 */
export const CLASS = { name: 16, parent: 20, methodCount: 24, methods: 28, shape: 32, flags: 36, statics: 40, info: 44, bytes: 48 } as const;
/**
 * Bits of CLASS.flags. `library`: a class of the library (`class$Error`); its name is what instances read as `name`.
 * `error`: instances are of kind error. From `shapeFlags` on: SHAPE_FLAGS that members bring; from `capacity` on: inline slots.
 */
export const CLASS_FLAGS = { library: 1, error: 2, shapeFlags: 8, shapeFlagsMask: 31, capacity: 16 } as const;
/** A member of a class. `kind`: 0 method, 1 getter, 2 setter. `closure`: the function itself, in descriptors made at run time. */
export const METHOD = { name: 0, kind: 4, func: 8, info: 12, closure: 16, bytes: 20 } as const;
/** Static data of a tagged template: how many strings, then for each its value and its raw text. */
export const TEMPLATE = { count: 0, strings: 4 } as const;
/** The first captures of a closure that is a class: the object with its static properties, the address of its descriptor. */
export const CLASS_CLOSURE = { statics: 0, descriptor: 1, count: 2 } as const;
/** Bit of the argument count by which `new` and `super` call the entry of a class; `this` is the instance. */
export const CONSTRUCT = 0x40000000;

// ---------------------------------------------------------------------------------------------------------------------
// WebAssembly guests (jit/webassembly). Instances, memories and tables are BLOBs that HEADER.environment keeps alive; their
// addresses are plain i32, since nothing ever moves. WASM_SLOT says which slots; instances lay out the rest themselves.
//
// Invariant W1: guest code reaches memory only as data + address with address + width <= bytes, checked each time.
// ---------------------------------------------------------------------------------------------------------------------

/** `data`: address of byte 0. `bytes` of `capacity` are the guest's; the rest is zero. `slot`: where the BLOB is kept alive. */
export const WASM_MEMORY = { data: 0, bytes: 4, maximumPages: 8, capacity: 12, slot: 16, size: 24 } as const;
/** Elements are i32: addresses of WASM_FUNCTIONs, numbers of externs, 0 for null. */
export const WASM_TABLE = { data: 0, length: 4, maximum: 8, capacity: 12, slot: 16, size: 24 } as const;
/** What a funcref points to: table index of the entry, the instance it runs in, number of its type. */
export const WASM_FUNCTION = { code: 0, instance: 4, type: 8, size: 16 } as const;
/** Slot 0: the values that externrefs stand for, an ARRAY; reference n is element n - 1. Then the instances' own. */
export const WASM_SLOT = { externs: 0, first: 1 } as const;
export const WASM_PAGE_BYTES = 65536;
/** Beyond what an arena can hold. */
export const WASM_MOST_PAGES = 32000;

// ---------------------------------------------------------------------------------------------------------------------
// Instance globals, declared by every module. Only `data` and the stack words outlive a poll: the rest is loaded from
// the header at entry and stored back at exit, and after a trap none is trusted.
// ---------------------------------------------------------------------------------------------------------------------

export const GLOBALS = [
  { name: 'header', type: 'i32', doc: 'address of the task header' },
  { name: 'data', type: 'i32', doc: 'address of the static data of this module' },
  { name: 'fuel', type: 'i64', doc: 'fuel left in the slice' },
  { name: 'stack', type: 'i32', doc: 'native stack bytes left' },
  { name: 'shadow', type: 'i32', doc: 'top of the shadow stack; 0: there is none, nothing is ever collected' },
  { name: 'shadowLimit', type: 'i32', doc: 'end of the shadow stack' },
  { name: 'next', type: 'i32', doc: 'bump allocation: next free byte' },
  { name: 'limit', type: 'i32', doc: 'bump allocation: end of the free run' },
  { name: 'error', type: 'val', doc: 'the error of the last CALL.thrown' },
  { name: 'resumeValue', type: 'val', doc: 'value or error that an await goes on with' },
  { name: 'resumeStatus', type: 'i32', doc: 'ASYNC.fulfilled or ASYNC.rejected, with resumeValue' },
  { name: 'awaited', type: 'ref', doc: 'what await_suspend registers the frame with' },
] as const;

/** Parameters of a closure entry: closure, this, argument count, the first four arguments, array of the further ones or null. */
export const CLOSURE_SIGNATURE = {
  params: ['ref', 'val', 'i32', 'val', 'val', 'val', 'val', 'ref'],
  results: ['val', 'i32'],
} as const;

/** A resume thunk: (frame, mode) to (value, status). Async bodies take (frame, mode, …arguments). */
export const RESUME_SIGNATURE = { params: ['ref', 'i32'], results: ['val', 'i32'] } as const;

/**
 * `mode` of an async body: 0 where some caller on the stack is not waiting in a direct await, else how many async
 * frames are nested, from 1. An await may go on inline while 1 <= mode <= MAX_INLINE_DEPTH and the FIFO is empty.
 */
export const MAX_INLINE_DEPTH = 256;

/** Names of a module's exports. `init(dataAddress)` once per instance; `poll(header)` as often as the task is ready. */
export const EXPORTS = { init: 'init', poll: 'poll' } as const;

// ---------------------------------------------------------------------------------------------------------------------
// Wire format: values that cross between guest and host, self-describing, packed without alignment.
//
//   node   = tag u8, then by tag:
//   f64      8 bytes                     string1  u32 units, a byte each       string2  u32 units, two bytes each
//   array    u32 count, nodes (`hole` for holes)                               object   u32 count, (string node, node)*
//   date     f64                         bytes    u8 element kind, u32 byte length, bytes
//   error    name node of the library class, class name node, message node (undefined if it has none), u32 trace length,
//            i32 site each, u32 count of own fields, (string node, node)*, among them `cause` and `errors`
//   map, set u32 count, nodes            instance class name node, then as object
//   function u8 FUNCTION_FLAGS, name node, node of the parent class's name or undefined, u32 count of own fields, (string node, node)*
//   promise  u8 SETTLED, node
//   bigint   u8 sign, u32 digit count, u32 digits, least first       circular u32 levels up, 0 = too deep
//   symbol   node of its name (SYMBOL_NAMES)    regexp  source node, flags node
//   foreign  node of the name of what cannot cross (an iterator, a WeakMap)
//   accessor u8: 1 has a getter, 2 a setter     hidden  the node of a field that is not enumerable (both in logs only)
//   fielded  an array node, then its properties with names: u32 count, (string node, node)*
//   longer   u32 whole length, then an array, fielded, map or set node of which only the first items were sent (in logs only)
//
// A guest value that the host cannot take (function, promise, circular, symbol, bigint where not declared) is refused by
// the host when it decodes; only logs show them.
// ---------------------------------------------------------------------------------------------------------------------

export const WIRE = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  f64: 4,
  string1: 5,
  string2: 6,
  array: 7,
  object: 8,
  hole: 9,
  date: 10,
  bytes: 11,
  error: 12,
  map: 13,
  set: 14,
  instance: 15,
  function: 16,
  promise: 17,
  bigint: 18,
  circular: 19,
  symbol: 20,
  regexp: 21,
  longer: 22,
  accessor: 23,
  hidden: 24,
  foreign: 25,
  fielded: 26,
} as const;
