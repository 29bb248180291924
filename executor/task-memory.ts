/**
 * What a task has in the arena when it starts: its header, in a block of its own that main owns from before the spawn
 * until after the end, so that main may write its stop and clock words at any time in between.
 */
import { BLOCK, HEADER, RECORD, STOP } from '../jit/abi.js';
import type { Arena } from './arena.js';
import type { BlockCache } from './block-cache.js';
import type { Limits } from './limits.js';
import { arenaFull } from './records.js';
import { observe, replace } from './sync.js';

export interface TaskBudget {
  readonly limits: Limits;
  readonly stackBytes: number;
  readonly seed: bigint;
  readonly wall: number;
}

/** Gives the header's address; throws MemoryLimitError when the arena is full. */
export function makeHeader(blocks: BlockCache, { limits, stackBytes, seed, wall }: TaskBudget): number {
  const { arena } = blocks;
  const block = blocks.alloc(BLOCK.header + HEADER.bytes);
  if (block === 0) throw arenaFull(arena);
  const header = block + BLOCK.header;
  const set = (offset: number, value: number): void => {
    arena.words[(header + offset) >> 2] = value;
  };
  arena.longs[(header + HEADER.fuel) >> 3] = BigInt(Math.floor(limits.fuel));
  arena.longs[(header + HEADER.random) >> 3] = seed;
  arena.doubles[(header + HEADER.clock) >> 3] = wall;
  set(HEADER.slice, limits.sliceFuel);
  set(HEADER.stretch, Math.ceil(limits.stretchFuel));
  set(HEADER.maxHostCalls, limits.hostCalls);
  set(HEADER.heapCap, Math.min(2 ** 31 - 1, Math.floor(limits.memoryMiB * 2 ** 20)));
  set(HEADER.collectEvery, limits.collectEvery);
  set(HEADER.logCap, limits.logBytes);
  set(HEADER.payloadCap, limits.payloadBytes);
  set(HEADER.stackBytes, stackBytes);
  return header;
}

/** The payload of a start without arguments: the fuel of an evaluation, a double. */
export const evaluationBudget = ({ fuel }: Limits): Uint8Array => new Uint8Array(Float64Array.of(Math.floor(fuel)).buffer);

/** Gives the task what the start of an evaluation brings. Called by the poller, before the poll that starts it. */
export function renewBudget(arena: Arena, header: number, start: number): void {
  arena.longs[(header + HEADER.fuel) >> 3] = BigInt(arena.doubles[(start + RECORD.payload) >> 3] ?? 0);
  arena.words[(header + HEADER.logBytes) >> 2] = 0;
}

/** A poll begins. Called by the poller. */
export function beginStretch(arena: Arena, header: number): void {
  arena.words[(header + HEADER.stretchLeft) >> 2] = arena.words[(header + HEADER.stretch) >> 2] ?? 0;
}

export const freeHeader = (blocks: BlockCache, header: number): void => blocks.free(header - BLOCK.header);

/** Asks the poller to end the task; the first such stop stays. Pairs with the fuel slow path and Scheduler.step. */
export function requestStop(arena: Arena, header: number, stop: number): void {
  const at = (header + HEADER.stop) >> 2;
  const old = observe(arena.words, at);
  // Main and the poller may both find a reason: one of them wins.
  if (old === STOP.none || old === STOP.cancel) replace(arena.words, at, old, stop);
}

/** Moves the clock that the fuel slow path reads. */
export function refreshClock(arena: Arena, header: number, wall: number): void {
  arena.doubles[(header + HEADER.clock) >> 3] = wall;
}
