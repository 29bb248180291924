/**
 * From a pattern to its program: parsing, then what can be told only of the whole: which states the table of failed states
 * tells apart, and which units a match can start with.
 *
 * P1: a state is a place in the code and one in the text, and for each loop around it whether its round has matched
 *     anything. From equal states the rest goes equally, so one that failed needs no second try. That holds where nothing
 *     else decides: no references back, not within counted loops, not within lookarounds, which also end otherwise than by
 *     failing.
 */
import { BLOB } from '../abi.js';
import { alloc_blob } from './heap.js';
import { copyBytes, elementAddress, load32, store32, type bool, type i32, type ref, type str } from './intrinsics.js';
import {
  NUMBER, builder_code, builder_new, builder_sets, code_get, code_length, code_set, first_register, number_of,
} from './regexp-builder.js';
import { MOST_MARKS, OP, PROGRAM, RUN_BYTES, op_bytes } from './regexp-code.js';
import { parse_pattern } from './regexp-parse.js';
import { character_has } from './regexp-step.js';

/** States of one position in the table at most. */
const MOST_STATES = 4096;
/** How far the search for first units follows choices. */
const MOST_CHOICES = 24;

/** The program of a pattern; `names` is filled with the names of its groups. Throws a SyntaxError. */
export function regexp_compile(source: str, flags: i32, names: ref): ref {
  const b: ref = builder_new(source, flags, names);
  parse_pattern(b);
  const states: i32 = number_states(b);
  const codeBytes: i32 = code_length(b);
  const setBytes: i32 = number_of(b, NUMBER.setBytes);
  const program: ref = alloc_blob(PROGRAM.code - BLOB.data + codeBytes + setBytes);
  store32(program, PROGRAM.groups, number_of(b, NUMBER.allGroups));
  store32(program, PROGRAM.slots, first_register(b) + number_of(b, NUMBER.registers));
  store32(program, PROGRAM.memo, states);
  store32(program, PROGRAM.flags, flags);
  store32(program, PROGRAM.sets, PROGRAM.code + codeBytes);
  copyBytes(elementAddress(program, 0, PROGRAM.code), elementAddress(builder_code(b), 0, BLOB.data), codeBytes);
  copyBytes(elementAddress(program, codeBytes, PROGRAM.code), elementAddress(builder_sets(b), 0, BLOB.data), setBytes);
  store32(program, PROGRAM.hasFirst, note_first(program, 0, MOST_CHOICES) ? 1 : 0);
  return program;
}

// States --------------------------------------------------------------------------------------------------------------

function count_bits(mask: i32): i32 {
  let count: i32 = 0;
  for (let rest: i32 = mask; rest !== 0; rest = rest & (rest - 1)) count++;
  return count;
}

/** Numbers the states of all choices (P1); gives how many there are. */
function number_states(b: ref): i32 {
  const end: i32 = code_length(b);
  let states: i32 = 0;
  let mask: i32 = 0;
  let excluded: i32 = number_of(b, NUMBER.references) === 1 || number_of(b, NUMBER.registers) > 30 ? end : 0;
  let at: i32 = 0;
  while (at < end) {
    const op: i32 = code_get(b, at);
    const behind: i32 = end_of_exclusion(b, op, at);
    if (behind > excluded) excluded = behind;
    mask = mask_behind(b, op, at, mask);
    const marks: i32 = count_bits(mask);
    if ((op === OP.split || op === OP.run) && at >= excluded && marks <= MOST_MARKS && states < MOST_STATES) {
      const field: i32 = at + (op === OP.split ? 12 : 16);
      code_set(b, field, states);
      code_set(b, field + 4, mask);
      states += 1 << marks;
    }
    at += op_bytes(op);
  }
  return states;
}

/** Where a lookaround or a counted loop that starts here ends; 0 if none does. */
function end_of_exclusion(b: ref, op: i32, at: i32): i32 {
  if (op === OP.look) return at + code_get(b, at + 8);
  if (op === OP.countSplit) return at + code_get(b, at + 20);
  return 0;
}

/** The loops around what follows this instruction. */
function mask_behind(b: ref, op: i32, at: i32, mask: i32): i32 {
  if (op !== OP.mark && op !== OP.unmark && op !== OP.progress) return mask;
  const bit: i32 = 1 << ((code_get(b, at + 4) - first_register(b)) & 31);
  return op === OP.progress ? mask & ~bit : mask | bit;
}

// First units ---------------------------------------------------------------------------------------------------------

function word(program: ref, at: i32): i32 {
  return load32(elementAddress(program, at, PROGRAM.code), 0);
}

/** Notes the units below 256 that a match from this place on can start with; false if it may be empty or cannot be told. */
function note_first(program: ref, from: i32, choices: i32): bool {
  let at: i32 = from;
  let left: i32 = choices;
  while (left > 0) {
    left--;
    const op: i32 = word(program, at);
    switch (op) {
      case OP.match:
      case OP.reference:
      case OP.lookEnd:
        return false;
      case OP.jump:
        at += word(program, at + 4);
        break;
      case OP.split:
        if (!note_first(program, at + word(program, at + 4), left)) return false;
        at += word(program, at + 8);
        break;
      case OP.look:
        // What follows is a superset of what can start here, whatever the lookaround demands.
        at += word(program, at + 8);
        break;
      case OP.run:
        note_character(program, at + RUN_BYTES);
        if (word(program, at + 4) > 0) return true;
        at += RUN_BYTES + op_bytes(word(program, at + RUN_BYTES));
        break;
      case OP.countSplit:
        if (word(program, at + 8) === 0 && !note_first(program, at + word(program, at + 20), left)) return false;
        at += op_bytes(op);
        break;
      case OP.save:
      case OP.reset:
      case OP.mark:
      case OP.unmark:
      case OP.progress:
      case OP.lineStart:
      case OP.lineEnd:
      case OP.word:
      case OP.countStart:
      case OP.countEnter:
        at += op_bytes(op);
        break;
      default:
        note_character(program, at);
        return true;
    }
  }
  return false;
}

function note_character(program: ref, at: i32): void {
  for (let unit: i32 = 0; unit < 256; unit++) {
    if (!character_has(program, at, unit)) continue;
    const bits: i32 = elementAddress(program, (unit >> 5) << 2, PROGRAM.first);
    store32(bits, 0, load32(bits, 0) | (1 << (unit & 31)));
  }
}
