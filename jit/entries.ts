/**
 * The two entries of every module, written in IR: `init(dataAddress)` and `poll(header)`.
 *
 * Needs the library function `task_poll`. Instance globals are a cache of the task's header while it is polled:
 *
 *   poll:  header -> globals      fuel (one slice of the budget), stack, shadow, next, limit
 *          task_poll()
 *          globals -> header      fuel given back, next, limit
 *
 * Promises that nothing of one poll is left in a global for the next, whose task may be another one.
 */
import { Builder, type SymbolTypes } from '../ir/builder.js';
import { createFunction, type IrFunction } from '../ir/function.js';
import type { Value } from '../ir/types.js';
import { HEADER, THREAD, UNDEFINED } from './abi.js';

/** Symbols of the entries; a `$` cannot stand first in a function of the guest or the library. */
export const ENTRY_SYMBOLS = { init: '$init', poll: '$poll' } as const;

/** Globals that mirror an i32 of the header. */
const MIRRORED = [
  { global: 'next', offset: HEADER.allocNext },
  { global: 'limit', offset: HEADER.allocLimit },
] as const;

export function initEntry(symbols: SymbolTypes): IrFunction {
  const func = createFunction(ENTRY_SYMBOLS.init, { params: ['i32'], results: [] });
  const builder = new Builder(func, symbols);
  const [dataAddress] = builder.entry();
  if (dataAddress !== undefined) builder.emit('global.set', [dataAddress], 'data');
  builder.ret();
  return func;
}

export function pollEntry(symbols: SymbolTypes): IrFunction {
  const func = createFunction(ENTRY_SYMBOLS.poll, { params: ['i32'], results: ['i32'] });
  const builder = new Builder(func, symbols);
  const [header] = builder.entry();
  if (header === undefined) throw new Error('poll has a parameter');
  func.valueNames.set(header, 'header');
  builder.emit('global.set', [header], 'header');
  const budget = builder.load('i64', header, HEADER.fuel);
  takeSlice(builder, header, budget);
  for (const { global, offset } of MIRRORED) builder.emit('global.set', [builder.load('i32', header, offset)], global);
  builder.emit('global.set', [builder.load('i32', header, HEADER.stackBytes)], 'stack');
  const thread = builder.load('i32', header, HEADER.thread);
  builder.emit('global.set', [builder.load('i32', thread, THREAD.shadowBase)], 'shadow');
  builder.emit('global.set', [builder.load('i32', thread, THREAD.shadowLimit)], 'shadowLimit');
  const [status] = builder.call('task_poll', []);
  for (const { global, offset } of MIRRORED) builder.store('i32', header, offset, builder.op('global.get', [], global));
  giveBackFuel(builder, header);
  forgetValues(builder);
  builder.ret(...(status === undefined ? [] : [status]));
  return func;
}

/** fuel = min(budget, slice); the header keeps the rest. */
function takeSlice(builder: Builder, header: Value, budget: Value): void {
  const slice = builder.op('i64.extend_i32_u', [builder.load('i32', header, HEADER.slice)]);
  const granted = builder.op('select', [slice, budget, builder.op('i64.lt_s', [slice, budget])]);
  builder.emit('global.set', [granted], 'fuel');
  builder.store('i64', header, HEADER.fuel, builder.op('i64.sub', [budget, granted]));
}

/** What the slices granted meanwhile did not use goes back. */
function giveBackFuel(builder: Builder, header: Value): void {
  const rest = builder.load('i64', header, HEADER.fuel);
  const left = builder.op('i64.add', [rest, builder.op('global.get', [], 'fuel')]);
  builder.store('i64', header, HEADER.fuel, left);
}

function forgetValues(builder: Builder): void {
  for (const global of ['error', 'resumeValue']) builder.emit('global.set', [builder.val(UNDEFINED)], global);
  builder.emit('global.set', [builder.op('ref.null', [])], 'awaited');
}
