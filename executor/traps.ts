/** Why a poll threw: the guest's own trap code, a native stack overflow, or a fault that the engine reports. */
import { TRAP } from '../jit/abi.js';
import { ENDING } from './endings.js';

export interface Fault {
  readonly ending: number;
  /** Byte offset in the module of the innermost guest frame, or 0. */
  readonly codeOffset: number;
  readonly text: string;
}

/**
 * V8 prints guest frames as `wasm://wasm/8eb75dce:wasm-function[12]:0x1a3`; programs that format stacks themselves, as
 * those with source maps do, show the same place as line 1 and column offset + 1.
 */
const GUEST_FRAME = /wasm-function\[\d+\]:0x([0-9a-f]+)|wasm:\/\/wasm\/[^:\s]+:1:(\d+)/;

function codeOffsetOf(stack: string): number {
  const [, hexadecimal, column] = GUEST_FRAME.exec(stack) ?? [];
  if (hexadecimal !== undefined) return parseInt(hexadecimal, 16);
  return column === undefined ? 0 : Number(column) - 1;
}

export function faultOf(error: unknown, trapCode: number): Fault {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? String(error.stack) : '';
  const codeOffset = codeOffsetOf(stack);
  const text = describe(error);
  if (trapCode !== TRAP.none) return { ending: trapCode, codeOffset, text };
  return { ending: isStackOverflow(error) ? ENDING.stack : ENDING.unreachable, codeOffset, text };
}

const describe = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** By name, not by class: the error may come from another realm of the same thread. */
const isStackOverflow = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'RangeError' && /call stack/i.test(describe(error));
