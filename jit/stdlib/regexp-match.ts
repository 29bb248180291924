/**
 * Matching: runs a program over a text with a stack of alternatives (regexp-machine.ts), in the order in which the language
 * tries them.
 *
 * M1: where alternatives are tried often, a table of failed states is kept from then on (P1 of regexp-compile.ts), so that
 *     patterns without references, counted loops and lookarounds take time linear in the text, whatever they are.
 * M2: all else is paid for by fuel.
 */
import { BLOB, REGEXP_FLAGS } from '../abi.js';
import { charge } from './fuel.js';
import { alloc_blob, slots_get, slots_set } from './heap.js';
import { boxObject, copyBytes, elementAddress, isObject, load32, store32, unboxRef, type bool, type i32, type ref, type str } from './intrinsics.js';
import { OP, PROGRAM, RUN_BYTES, op_bytes } from './regexp-code.js';
import { ENTRY, MACHINE, STATE, change, machine_new, push, slot_get, slot_set, state_of } from './regexp-machine.js';
import {
  NONE, at_line_end, at_line_start, at_word_edge, before_point, behind_point, bit_of, code_word, match_again, program_has, scan, step,
} from './regexp-step.js';
import { flat_unit, string_base, string_length, string_start } from './strings.js';

const RUN = 0x40000000;
const GREATEST = 0x7fffffff;
/**
 * Steps before a table of failed states is kept: so many, and so many for each unit of text. An alternative is a step, and
 * so are some characters of a run.
 */
const LEAST_STEPS = 500;
const STEPS_PER_UNIT = 4;
const RUN_SHIFT = 2;
/** Steps once it was decided about the table. */
const NEVER = -0x80000000;
/** Bits of the largest table. */
const MOST_BITS = 0x4000000;

// Alternatives --------------------------------------------------------------------------------------------------------

/** Takes the last alternative: gives its pc, its place is in STATE.at; NONE if there is none. */
function retry(m: ref, program: ref, base: ref, begin: i32, end: i32): i32 {
  const state: ref = state_of(m);
  count_step(m, state, program, end - begin);
  while (load32(state, STATE.top) !== 0) {
    const top: i32 = load32(state, STATE.top) - ENTRY;
    store32(state, STATE.top, top);
    const entry: i32 = elementAddress(unboxRef(slots_get(m, MACHINE.stack)), top, BLOB.data);
    const pc: i32 = load32(entry, 0);
    if (pc < 0) {
      slot_set(state, -1 - pc, load32(entry, 4));
      continue;
    }
    if ((pc & RUN) === 0) {
      store32(state, STATE.at, load32(entry, 4));
      return pc;
    }
    if (retry_run(m, program, pc & ~RUN, load32(entry, 4), load32(entry, 8), base, begin, end)) {
      const character: i32 = (pc & ~RUN) + RUN_BYTES;
      return character + op_bytes(code_word(program, character));
    }
  }
  return NONE;
}

/** A greedy run gives up its last character, down to the place `bound`; a lazy one takes one more, `bound` at most. */
function retry_run(m: ref, program: ref, pc: i32, place: i32, bound: i32, base: ref, begin: i32, end: i32): bool {
  const state: ref = state_of(m);
  store32(state, STATE.at, place);
  if (code_word(program, pc + 12) === 0) {
    if (place > bound) push(m, pc | RUN, one_back(program, base, place, bound), bound);
    return true;
  }
  const next: i32 = step(program, pc + RUN_BYTES, base, place, begin, end);
  if (next < 0) return false;
  store32(state, STATE.at, next);
  if (bound > 1) push(m, pc | RUN, next, bound === GREATEST ? bound : bound - 1);
  return !(code_word(program, pc + 8) < 0 && has_failed(m, program, pc + 16, next, begin));
}

function one_back(program: ref, base: ref, place: i32, bound: i32): i32 {
  return program_has(program, REGEXP_FLAGS.unicode) ? before_point(base, place, bound) : place - 1;
}

// Failed states -------------------------------------------------------------------------------------------------------

function count_step(m: ref, state: ref, program: ref, length: i32): void {
  const steps: i32 = load32(state, STATE.steps) + 1;
  store32(state, STATE.steps, steps);
  if (steps < LEAST_STEPS + length * STEPS_PER_UNIT) return;
  store32(state, STATE.steps, NEVER);
  const states: i32 = load32(program, PROGRAM.memo);
  if (states === 0 || length >= ((MOST_BITS / states) | 0)) return;
  const bytes: i32 = (((length + 1) * states) >> 3) + 4;
  charge(bytes >> 5);
  slots_set(m, MACHINE.table, boxObject(alloc_blob(bytes)));
}

/** Whether the state whose number and mask are at `field` was here before; it was not from now on. */
function has_failed(m: ref, program: ref, field: i32, pos: i32, begin: i32): bool {
  const first: i32 = code_word(program, field);
  if (first < 0 || !isObject(slots_get(m, MACHINE.table))) return false;
  const state: ref = state_of(m);
  const registers: i32 = load32(program, PROGRAM.groups) * 2 + 2;
  let bit: i32 = (pos - begin) * load32(program, PROGRAM.memo) + first;
  let weight: i32 = 1;
  let register: i32 = registers;
  for (let mask: i32 = code_word(program, field + 4); mask !== 0; mask = mask >> 1) {
    if ((mask & 1) !== 0) {
      if (slot_get(state, register) === pos) bit += weight;
      weight = weight << 1;
    }
    register++;
  }
  const table: ref = unboxRef(slots_get(m, MACHINE.table));
  if (bit_of(table, BLOB.data, bit)) return true;
  const at: i32 = elementAddress(table, (bit >> 5) << 2, BLOB.data);
  store32(at, 0, load32(at, 0) | (1 << (bit & 31)));
  return false;
}

// Instructions --------------------------------------------------------------------------------------------------------

/** Tries a match that starts at `from`. */
function attempt(m: ref, program: ref, base: ref, begin: i32, end: i32, from: i32): bool {
  const state: ref = state_of(m);
  let pc: i32 = 0;
  let pos: i32 = from;
  let work: i32 = 0;
  while (true) {
    work++;
    if ((work & 15) === 0) charge(40);
    let ok: bool = true;
    const op: i32 = code_word(program, pc);
    if (op === OP.char) {
      ok = pos < end && flat_unit(base, pos) === code_word(program, pc + 4);
      pos++;
      pc += 8;
    } else if (op === OP.run) {
      pos = run(m, program, base, begin, end, pc, pos);
      ok = pos >= 0;
      pc = pc + RUN_BYTES;
      pc += op_bytes(code_word(program, pc));
    } else if (op === OP.split) {
      ok = !has_failed(m, program, pc + 12, pos, begin);
      if (ok) push(m, pc + code_word(program, pc + 8), pos, 0);
      pc += code_word(program, pc + 4);
    } else if (op === OP.save) {
      change(m, state, code_word(program, pc + 4), pos);
      pc += 8;
    } else if (op === OP.jump) {
      pc += code_word(program, pc + 4);
    } else if (op === OP.match) {
      slot_set(state, 0, from);
      slot_set(state, 1, pos);
      return true;
    } else if (op <= OP.point) {
      pos = step(program, pc, base, pos, begin, end);
      ok = pos >= 0;
      pc += op_bytes(op);
    } else if (op <= OP.reference) {
      pos = check(m, program, base, begin, end, pc, pos);
      ok = pos >= 0;
      pc += op_bytes(op);
    } else if (op === OP.lookEnd) {
      ok = code_word(program, pc + 4) === 0;
      if (ok) pos = slot_get(state, code_word(program, pc + 8));
      close_look(m, slot_get(state, code_word(program, pc + 8) + 1), ok);
      pc += 12;
    } else {
      pc = branch(m, program, pc, pos);
    }
    if (ok) continue;
    pc = retry(m, program, base, begin, end);
    if (pc < 0) return false;
    pos = load32(state, STATE.at);
  }
}

/** Instructions that read no text, or only look at it: the place stays, but for references. */
function check(m: ref, program: ref, base: ref, begin: i32, end: i32, pc: i32, pos: i32): i32 {
  const state: ref = state_of(m);
  const operand: i32 = code_word(program, pc + 4);
  switch (code_word(program, pc)) {
    case OP.reset:
      for (let i: i32 = operand; i < code_word(program, pc + 8); i++) change(m, state, i, NONE);
      return pos;
    case OP.mark:
      change(m, state, operand, pos);
      return pos;
    case OP.unmark:
      change(m, state, operand, NONE);
      return pos;
    case OP.progress:
      return slot_get(state, operand) === pos ? NONE : pos;
    case OP.lineStart:
      return at_line_start(base, pos, begin, operand) ? pos : NONE;
    case OP.lineEnd:
      return at_line_end(base, pos, end, operand) ? pos : NONE;
    case OP.word:
      return at_word_edge(program, base, pos, begin, end) === (operand === 0) ? pos : NONE;
    default: {
      const from: i32 = slot_get(state, operand * 2);
      const to: i32 = slot_get(state, operand * 2 + 1);
      if (from < 0 || to < 0) return pos;
      return match_again(program, base, from, to, pos, begin, end, code_word(program, pc + 8));
    }
  }
}

/** Starts of lookarounds, and counted loops; gives the next pc. */
function branch(m: ref, program: ref, pc: i32, pos: i32): i32 {
  const state: ref = state_of(m);
  const operand: i32 = code_word(program, pc + 4);
  switch (code_word(program, pc)) {
    case OP.look: {
      const register: i32 = code_word(program, pc + 12);
      slot_set(state, register, pos);
      slot_set(state, register + 1, load32(state, STATE.top));
      // Where a negated one finds nothing, the way on is the last alternative.
      if (operand === 1) push(m, pc + code_word(program, pc + 8), pos, 0);
      return pc + 16;
    }
    case OP.countStart:
      change(m, state, operand, 0);
      return pc + 8;
    case OP.countSplit:
      return count_split(m, program, pc, pos, slot_get(state, operand));
    default: {
      const done: i32 = slot_get(state, operand);
      change(m, state, operand + 1, done < code_word(program, pc + 8) ? NONE : pos);
      change(m, state, operand, done + 1);
      return pc + 12;
    }
  }
}

function count_split(m: ref, program: ref, pc: i32, pos: i32, done: i32): i32 {
  const behind: i32 = pc + code_word(program, pc + 20);
  const round: i32 = pc + 24;
  const max: i32 = code_word(program, pc + 12);
  if (done < code_word(program, pc + 8)) return round;
  if (max >= 0 && done >= max) return behind;
  if (code_word(program, pc + 16) === 1) {
    push(m, round, pos, 0);
    return behind;
  }
  push(m, behind, pos, 0);
  return round;
}

/** Repeats the character behind the instruction; gives the place behind, or NONE. */
function run(m: ref, program: ref, base: ref, begin: i32, end: i32, pc: i32, from: i32): i32 {
  const character: i32 = pc + RUN_BYTES;
  const min: i32 = code_word(program, pc + 4);
  const max: i32 = code_word(program, pc + 8);
  let pos: i32 = from;
  for (let i: i32 = 0; i < min; i++) {
    if ((i & 15) === 15) charge(16);
    pos = step(program, character, base, pos, begin, end);
    if (pos < 0) return NONE;
  }
  if (min === max) return pos;
  const most: i32 = max < 0 ? GREATEST : max - min;
  if (code_word(program, pc + 12) === 1) {
    if (max < 0 && has_failed(m, program, pc + 16, pos, begin)) return NONE;
    push(m, pc | RUN, pos, most);
    return pos;
  }
  if (max < 0 && code_word(program, pc + 16) >= 0 && isObject(slots_get(m, MACHINE.table))) return run_once(m, program, base, begin, end, pc, pos);
  const to: i32 = scan(program, character, base, pos, end, most);
  const state: ref = state_of(m);
  store32(state, STATE.steps, load32(state, STATE.steps) + ((to - pos) >> RUN_SHIFT));
  if (to > pos) push(m, pc | RUN, one_back(program, base, to, pos), pos);
  return to;
}

/** As `run`, where failed states are known: no place is tried twice, however many ways lead there. */
function run_once(m: ref, program: ref, base: ref, begin: i32, end: i32, pc: i32, from: i32): i32 {
  const character: i32 = pc + RUN_BYTES;
  const behind: i32 = character + op_bytes(code_word(program, character));
  let pos: i32 = from;
  while (!has_failed(m, program, pc + 16, pos, begin)) {
    charge(2);
    const next: i32 = step(program, character, base, pos, begin, end);
    if (next < 0) return pos;
    push(m, behind, pos, 0);
    pos = next;
  }
  return NONE;
}

/** Drops the alternatives within a lookaround; slots keep what it captured (they can still be undone) or, if not, get it undone. */
function close_look(m: ref, height: i32, keeps: bool): void {
  const state: ref = state_of(m);
  const stack: ref = unboxRef(slots_get(m, MACHINE.stack));
  if (!keeps) {
    for (let at: i32 = load32(state, STATE.top) - ENTRY; at >= height; at -= ENTRY) {
      const entry: i32 = elementAddress(stack, at, BLOB.data);
      if (load32(entry, 0) < 0) slot_set(state, -1 - load32(entry, 0), load32(entry, 4));
    }
    store32(state, STATE.top, height);
    return;
  }
  let to: i32 = height;
  for (let at: i32 = height; at < load32(state, STATE.top); at += ENTRY) {
    const entry: i32 = elementAddress(stack, at, BLOB.data);
    if (load32(entry, 0) >= 0) continue;
    copyBytes(elementAddress(stack, to, BLOB.data), entry, ENTRY);
    to += ENTRY;
  }
  charge((load32(state, STATE.top) - height) >> 4);
  store32(state, STATE.top, to);
}

// Search --------------------------------------------------------------------------------------------------------------

/** The first place from `from` on where a match can start, or NONE. */
function candidate(program: ref, base: ref, from: i32, end: i32): i32 {
  if (load32(program, PROGRAM.hasFirst) === 0) return from;
  for (let at: i32 = from; at < end; at++) {
    const unit: i32 = flat_unit(base, at);
    if (unit > 255 || bit_of(program, PROGRAM.first, unit)) {
      charge((at - from) >> 1);
      return at;
    }
  }
  charge((end - from) >> 1);
  return NONE;
}

/** The state after the first match at or behind `start` (at it, if sticky); 0 if there is none. Places count from the base's start. */
export function regexp_match(program: ref, s: str, start: i32, sticky: bool): ref {
  const base: ref = string_base(s);
  const begin: i32 = string_start(s);
  const end: i32 = begin + string_length(s);
  const slots: i32 = load32(program, PROGRAM.slots);
  const m: ref = machine_new(program);
  const state: ref = state_of(m);
  let at: i32 = begin + start;
  while (true) {
    if (!sticky) at = candidate(program, base, at, end);
    if (at < 0) return 0;
    charge(2);
    for (let i: i32 = 0; i < slots; i++) slot_set(state, i, NONE);
    store32(state, STATE.top, 0);
    if (attempt(m, program, base, begin, end, at)) return state;
    if (sticky || at >= end) return 0;
    at = program_has(program, REGEXP_FLAGS.unicode) ? behind_point(base, at, end) : at + 1;
  }
}
