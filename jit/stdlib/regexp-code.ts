/**
 * The program that a regular expression becomes: instructions of 32-bit words behind a header, then sets of characters.
 *
 *   BLOB {byteLength, header PROGRAM, code…, sets…}        set  {a bit per unit below 256: 8 words, count, (first, last)…}
 *
 * C1: jumps are relative to their instruction and stay within the term that holds them, so terms can be moved and copied.
 * C2: slots hold the captures first (start and end of each group, group 0 the match), then the registers of loops and
 *     lookarounds. Whatever is written to one that an alternative may need again is written down on the stack of
 *     alternatives first.
 */
import type { i32 } from './intrinsics.js';

/** Fields of the header. `memo`: bits that one position takes in the table of failed states; `sets`: where sets start. */
export const PROGRAM = { groups: 16, slots: 20, memo: 24, flags: 28, sets: 32, hasFirst: 36, first: 40, code: 72 } as const;

/**
 * Instructions, each with its operands. `memo` is the number of the first bit of a state in its position, or -1; `mask`
 * has a bit for each register whose loop the state is in. `back`: 1 where text is matched from right to left.
 */
export const OP = {
  /** unit */
  char: 0,
  /** set */
  set: 1,
  /** what `.` matches without the flag s */
  dot: 2,
  all: 3,
  /** first target, second target, memo, mask */
  split: 4,
  /** min, max (-1: none), lazy, memo, mask; the instruction behind is the one character to repeat */
  run: 5,
  /** slot */
  save: 6,
  /** target */
  jump: 7,
  match: 8,
  /** canonical unit */
  charFold: 9,
  /** set of canonical units */
  setFold: 10,
  /** set or POINT, back; a code point under the flag u, else a unit */
  point: 11,
  /** first slot, end */
  reset: 12,
  /** register */
  mark: 13,
  /** register */
  unmark: 14,
  /** register: fails where nothing was matched since `mark` */
  progress: 15,
  /** multiline */
  lineStart: 16,
  /** multiline */
  lineEnd: 17,
  /** negated */
  word: 18,
  /** group, back */
  reference: 19,
  /** negated, target behind, register (two) */
  look: 20,
  /** negated, register */
  lookEnd: 21,
  /** register (two) */
  countStart: 22,
  /** register, min, max (-1: none), lazy, target behind */
  countSplit: 23,
  /** register, min */
  countEnter: 24,
} as const;

/** What `point` takes in place of a set. */
export const POINT = { all: -1, dot: -2 } as const;

/** Bytes of the instruction `run` before the character that it repeats. */
export const RUN_BYTES = 24;
/** Most loops around a state whose progress its bits tell apart. */
export const MOST_MARKS = 4;

/** Bytes of an instruction; of `run` without its character. */
export function op_bytes(op: i32): i32 {
  switch (op) {
    case OP.dot:
    case OP.all:
    case OP.match:
      return 4;
    case OP.point:
    case OP.reset:
    case OP.reference:
    case OP.lookEnd:
    case OP.countEnter:
      return 12;
    case OP.look:
      return 16;
    case OP.split:
      return 20;
    case OP.run:
    case OP.countSplit:
      return RUN_BYTES;
    default:
      return 8;
  }
}
