/** Why a poll threw: the guest's own trap code, a native stack overflow, or a fault that the engine reports. */
import { TRAP } from '../jit/abi.js';
import { ENDING } from './endings.js';

/** Ended, but not at a place of the program's source. */
export const NO_PLACE = -1;

export interface Fault {
  readonly ending: number;
  /** Bytes of the module where the guest's frames stood, innermost first. */
  readonly offsets: readonly number[];
  readonly text: string;
}

/**
 * V8 prints guest frames as `wasm://wasm/8eb75dce:wasm-function[12]:0x1a3`; programs that format stacks themselves, as
 * those with source maps do, show the same place as line 1 and column offset + 1.
 */
const GUEST_FRAMES = /wasm-function\[\d+\]:0x([0-9a-f]+)|wasm:\/\/wasm\/[^:\s]+:1:(\d+)/g;

export function faultOf(error: unknown, trapCode: number): Fault {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  const offsets = [...stack.matchAll(GUEST_FRAMES)].map(([, offset, column]) => (offset === undefined ? Number(column) - 1 : parseInt(offset, 16)));
  const text = describe(error);
  if (trapCode !== TRAP.none) return { ending: trapCode, offsets, text };
  return { ending: isStackOverflow(error) ? ENDING.stack : ENDING.unreachable, offsets, text };
}

/** A fault of the executor's own side: the module cannot be instantiated. */
export const internalFault = (error: unknown): Fault => ({ ending: ENDING.internal, offsets: [], text: describe(error) });

const describe = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** By name, not by class: the error may come from another realm of the same thread. */
const isStackOverflow = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'RangeError' && /call stack/i.test(describe(error));
