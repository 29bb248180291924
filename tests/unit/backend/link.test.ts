/** Linking pulls in what is reached, and the linked module runs under the V8 engine. */
import { describe, expect, test } from '@jest/globals';
import { createModule, type IrModule } from '../../../ir/function.js';
import { verifyModule } from '../../../ir/verify.js';
import { ABI_VERSION, GLOBALS, HEADER, POLL, THREAD, TRAP } from '../../../jit/abi.js';
import type { Artifact } from '../../../jit/artifact.js';
import { emitModule } from '../../../jit/backend/backend.js';
import { createV8Engine } from '../../../jit/engines/v8.js';
import { link, LinkError, type Library } from '../../../jit/link.js';
import { dataSymbol, define, sharedMemory } from './rig.js';

const HEADER_AT = 1024;
const THREAD_AT = 2048;

/** A library whose driver uses 30 fuel, allocates 16 bytes and calls `used`; `unused` is reached by nobody. */
function smallLibrary(): Library & { readonly module: IrModule } {
  const module = createModule();
  for (const { name, type } of GLOBALS) module.globals.set(name, { name, type, mutable: true, initial: 0 });
  define(module, 'fuel_slow', [], [], (b) => b.trap(TRAP.fuel));
  define(module, 'used', [], ['i32'], (b) => {
    const table = b.op('data.addr', [], 'pointers');
    b.ret(b.load('i32', b.load('ref', table, 0), 0));
  });
  define(module, 'unused', [], [], (b) => b.ret());
  define(module, 'task_poll', [], ['i32'], (b) => {
    b.emit('global.set', [b.op('i64.sub', [b.op('global.get', [], 'fuel'), b.i64(30n)])], 'fuel');
    b.emit('global.set', [b.op('i32.add', [b.op('global.get', [], 'next'), b.i32(16)])], 'next');
    b.emit('global.set', [b.val(7n)], 'error');
    b.store('i32', b.op('global.get', [], 'header'), HEADER.published, b.call('used', [])[0] ?? b.i32(0));
    b.ret(b.i32(POLL.ready));
  });
  module.data.set('word', dataSymbol('word', 4, [77, 0, 0, 0]));
  module.data.set('lost', dataSymbol('lost', 4, [1, 0, 0, 0]));
  const relocations = [{ offset: 0, symbol: 'word' }];
  const functionRelocations = [{ offset: 4, func: 'used' }];
  module.data.set('pointers', dataSymbol('pointers', 4, [0, 0, 0, 0, 0, 0, 0, 0], { relocations, functionRelocations }));
  return {
    module,
    function: (name) => module.functions.get(name),
    data: (name) => module.data.get(name),
    signature: (name) => module.functions.get(name),
  };
}

function artifactOf(module: IrModule): Artifact {
  const { wasm, sourceMap, data } = emitModule(module);
  const lists = { exports: [], hostFunctions: [], plans: [], sites: [], frames: [], sources: [] };
  return { abiVersion: ABI_VERSION, wasm, sourceMap, data, topLevel: 0, ...lists };
}

/** Loads static data as an executor does. */
function load(artifact: Artifact, memory: WebAssembly.Memory, at: number): void {
  new Uint8Array(memory.buffer).set(artifact.data.bytes, at);
  const view = new DataView(memory.buffer);
  for (const offset of artifact.data.relocations) view.setInt32(at + offset, view.getInt32(at + offset, true) + at, true);
}

describe('linking', () => {
  test('brings what is reached by calls, addresses and data, and nothing else', () => {
    const linked = link(createModule(), smallLibrary());
    expect([...linked.functions.keys()]).toEqual(['fuel_slow', '$init', '$poll', 'task_poll', 'used']);
    expect([...linked.data.keys()]).toEqual(['pointers', 'word']);
    expect([...linked.exports]).toEqual([['init', '$init'], ['poll', '$poll']]);
    expect(linked.table).toEqual(['', 'used']);
    expect(verifyModule(linked)).toEqual([]);
  });

  test('keeps the table entries of the program first', () => {
    const program = createModule();
    define(program, 'entry', [], [], (b) => b.ret());
    program.exports.clear();
    program.table = ['', 'entry'];
    expect(link(program, smallLibrary()).table).toEqual(['', 'entry', 'used']);
  });

  test('names what nobody defines', () => {
    const program = createModule();
    define(program, 'missing', [], [], (b) => b.ret());
    define(program, 'f', [], [], (b) => {
      b.call('missing', []);
      b.ret();
    });
    program.functions.delete('missing');
    expect(() => link(program, smallLibrary())).toThrow(LinkError);
    expect(() => link(program, smallLibrary())).toThrow('missing');
  });
});

describe('the V8 engine', () => {
  test('poll takes a slice of the budget, and gives back what is left', () => {
    const artifact = artifactOf(link(createModule(), smallLibrary()));
    const memory = sharedMemory();
    const view = new DataView(memory.buffer);
    view.setBigInt64(HEADER_AT + HEADER.fuel, 1000n, true);
    view.setInt32(HEADER_AT + HEADER.slice, 100, true);
    view.setInt32(HEADER_AT + HEADER.allocNext, 4096, true);
    view.setInt32(HEADER_AT + HEADER.thread, THREAD_AT, true);
    view.setInt32(THREAD_AT + THREAD.shadowBase, 8192, true);
    view.setInt32(THREAD_AT + THREAD.shadowLimit, 12288, true);
    load(artifact, memory, 16384);
    const instance = createV8Engine().instantiate(artifact, memory, 16384);
    expect(instance.poll(HEADER_AT)).toBe(POLL.ready);
    expect(instance.poll(HEADER_AT)).toBe(POLL.ready);
    expect(view.getBigInt64(HEADER_AT + HEADER.fuel, true)).toBe(940n);
    expect(view.getInt32(HEADER_AT + HEADER.allocNext, true)).toBe(4096 + 32);
    expect(view.getInt32(HEADER_AT + HEADER.published, true)).toBe(77);
  });

  test('a trap leaves poll as a WebAssembly.RuntimeError, with its code in the header', () => {
    const library = smallLibrary();
    define(library.module, 'task_poll', [], ['i32'], (b) => b.trap(TRAP.stack));
    const memory = sharedMemory();
    const instance = createV8Engine().instantiate(artifactOf(link(createModule(), library)), memory, 0);
    expect(() => instance.poll(HEADER_AT)).toThrow(WebAssembly.RuntimeError);
    expect(new DataView(memory.buffer).getInt32(HEADER_AT + HEADER.trapCode, true)).toBe(TRAP.stack);
  });
});
