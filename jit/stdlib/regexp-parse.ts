/**
 * The grammar of regular expressions, in one pass from pattern to code: each term is emitted where it is read, and what
 * must stand before it (an alternative, a loop) is put in front once it is known.
 */
import { REGEXP_FLAGS, UNDEFINED } from '../abi.js';
import { array_push } from './arrays.js';
import { charge } from './fuel.js';
import { boxString, str, type bool, type i32, type ref } from './intrinsics.js';
import {
  NUMBER, builder_names, code_get, code_length, code_open, code_rotate, code_set, emit, has_flag, new_registers, number_of, peek, ranges_clear,
  set_number, skip, take_unit,
} from './regexp-builder.js';
import { emit_character, emit_dot, emit_set } from './regexp-characters.js';
import { names_class, names_property, parse_class } from './regexp-class-parse.js';
import { OP } from './regexp-code.js';
import { pattern_error } from './regexp-errors.js';
import { character_escape, group_of_name, group_of_number, is_digit, next_point, read_name } from './regexp-escapes.js';
import { unsupported_property } from './regexp-properties.js';
import { at_quantifier, repeat, set_split, take_interval, take_quantifier } from './regexp-repeat.js';
import { add_class } from './regexp-sets.js';

const OPEN = 40;
const CLOSE = 41;
const BAR = 124;
const BACKSLASH = 92;
const SPLIT_BYTES = 20;
/** What parse_atom gives for what cannot be repeated. */
const ASSERTION = 0;
const ATOM = 1;

export function parse_pattern(b: ref): void {
  find_groups(b);
  parse_disjunction(b);
  if (peek(b, 0) === CLOSE) throw pattern_error(b, str("Unmatched ')'"));
  emit(b, OP.match);
}

/** Counts the groups and notes their names, since references may come before what they refer to. */
function find_groups(b: ref): void {
  let inClass: bool = false;
  let groups: i32 = 0;
  array_push(builder_names(b), UNDEFINED);
  while (peek(b, 0) >= 0) {
    charge(1);
    const unit: i32 = peek(b, 0);
    skip(b, unit === BACKSLASH ? 2 : 1);
    if (unit === 91) inClass = true;
    else if (unit === 93) inClass = false;
    if (unit !== OPEN || inClass) continue;
    if (peek(b, 0) !== 63) {
      array_push(builder_names(b), UNDEFINED);
      groups++;
    } else if (opens_name(b)) {
      skip(b, 2);
      set_number(b, NUMBER.named, 1);
      const name: str = read_name(b);
      array_push(builder_names(b), name === 0 ? UNDEFINED : boxString(name));
      groups++;
    }
  }
  set_number(b, NUMBER.allGroups, groups);
  set_number(b, NUMBER.at, 0);
}

/** Whether `?<` of a named group follows, not of lookbehind. */
function opens_name(b: ref): bool {
  return peek(b, 0) === 63 && peek(b, 1) === 60 && peek(b, 2) !== 61 && peek(b, 2) !== 33;
}

// Alternatives --------------------------------------------------------------------------------------------------------

function parse_disjunction(b: ref): void {
  let start: i32 = code_length(b);
  let lastJump: i32 = -1;
  parse_alternative(b);
  let least: i32 = number_of(b, NUMBER.least);
  while (take_unit(b, BAR) === 1) {
    charge(1);
    code_open(b, start, SPLIT_BYTES);
    const jump: i32 = code_length(b);
    emit(b, OP.jump);
    // Until the end is known, each jump holds the way back to the one before.
    emit(b, lastJump < 0 ? 0 : jump - lastJump);
    lastJump = jump;
    set_split(b, start, SPLIT_BYTES, code_length(b) - start);
    start = code_length(b);
    parse_alternative(b);
    least = least & number_of(b, NUMBER.least);
  }
  const end: i32 = code_length(b);
  while (lastJump >= 0) {
    const way: i32 = code_get(b, lastJump + 4);
    code_set(b, lastJump + 4, end - lastJump);
    lastJump = way === 0 ? -1 : lastJump - way;
  }
  set_number(b, NUMBER.least, least);
}

function parse_alternative(b: ref): void {
  const start: i32 = code_length(b);
  let least: i32 = 0;
  while (peek(b, 0) >= 0 && peek(b, 0) !== BAR && peek(b, 0) !== CLOSE) {
    charge(1);
    const term: i32 = code_length(b);
    parse_term(b);
    least = least | number_of(b, NUMBER.least);
    if (number_of(b, NUMBER.back) === 1) code_rotate(b, start, term);
  }
  set_number(b, NUMBER.least, least);
}

// Terms ---------------------------------------------------------------------------------------------------------------

function parse_term(b: ref): void {
  const start: i32 = code_length(b);
  const groups: i32 = number_of(b, NUMBER.groups);
  if (parse_atom(b) === ATOM && take_quantifier(b)) repeat(b, start, groups);
}

/** An atom or an assertion; ASSERTION if no quantifier may follow. */
function parse_atom(b: ref): i32 {
  const unit: i32 = peek(b, 0);
  switch (unit) {
    case 94:
      return parse_edge(b, OP.lineStart);
    case 36:
      return parse_edge(b, OP.lineEnd);
    case 46:
      skip(b, 1);
      emit_dot(b);
      return ATOM;
    case 91:
      skip(b, 1);
      parse_class(b);
      return ATOM;
    case OPEN:
      skip(b, 1);
      return parse_group(b);
    case BACKSLASH:
      skip(b, 1);
      return parse_escape(b);
    case 42:
    case 43:
    case 63:
      throw pattern_error(b, str('Nothing to repeat'));
    default:
      return parse_literal(b, unit);
  }
}

function parse_literal(b: ref, unit: i32): i32 {
  if (unit === 123 && take_interval(b)) throw pattern_error(b, str('Nothing to repeat'));
  if ((unit === 123 || unit === 125 || unit === 93) && has_flag(b, REGEXP_FLAGS.unicode) === 1) {
    throw pattern_error(b, str('Lone quantifier brackets'));
  }
  emit_character(b, next_point(b));
  return ATOM;
}

/** `^` or `$`. */
function parse_edge(b: ref, op: i32): i32 {
  skip(b, 1);
  emit(b, op);
  emit(b, has_flag(b, REGEXP_FLAGS.multiline));
  set_number(b, NUMBER.least, 0);
  return ASSERTION;
}

function parse_escape(b: ref): i32 {
  const unit: i32 = peek(b, 0);
  if ((unit | 32) === 98) {
    skip(b, 1);
    emit(b, OP.word);
    emit(b, unit === 66 ? 1 : 0);
    set_number(b, NUMBER.least, 0);
    return ASSERTION;
  }
  if (names_class(unit)) {
    skip(b, 1);
    ranges_clear(b);
    add_class(b, unit);
    emit_set(b, false);
    return ATOM;
  }
  if (names_property(b, unit)) throw unsupported_property(b);
  const group: i32 = referred_group(b, unit);
  if (group === 0) emit_character(b, escaped(b, unit));
  else emit_reference(b, group);
  return ATOM;
}

/** The character of an escape that is no reference. */
function escaped(b: ref, unit: i32): i32 {
  if (is_digit(unit) && unit !== 48 && has_flag(b, REGEXP_FLAGS.unicode) === 1) throw pattern_error(b, str('Invalid escape'));
  return character_escape(b, false);
}

/** The group that `\1` or `\k<name>` refers to, passed over; 0 where the escape is no reference. */
function referred_group(b: ref, unit: i32): i32 {
  if (is_digit(unit) && unit !== 48) return group_of_number(b);
  if (unit !== 107 || (has_flag(b, REGEXP_FLAGS.unicode) | number_of(b, NUMBER.named)) === 0) return 0;
  skip(b, 1);
  if (take_unit(b, 60) === 0) throw pattern_error(b, str('Invalid named reference'));
  const name: str = read_name(b);
  if (name === 0) throw pattern_error(b, str('Invalid capture group name'));
  const group: i32 = group_of_name(b, name, number_of(b, NUMBER.allGroups));
  if (group === 0) throw pattern_error(b, str('Invalid named capture referenced'));
  return group;
}

function emit_reference(b: ref, group: i32): void {
  emit(b, OP.reference);
  emit(b, group);
  emit(b, number_of(b, NUMBER.back));
  set_number(b, NUMBER.least, 0);
  set_number(b, NUMBER.references, 1);
}

// Groups --------------------------------------------------------------------------------------------------------------

/** Behind the opening parenthesis. */
function parse_group(b: ref): i32 {
  if (peek(b, 0) !== 63) return parse_capture(b);
  if (opens_name(b)) {
    skip(b, 2);
    const name: str = read_name(b);
    if (name === 0) throw pattern_error(b, str('Invalid capture group name'));
    if (group_of_name(b, name, number_of(b, NUMBER.groups)) !== 0) throw pattern_error(b, str('Duplicate capture group name'));
    return parse_capture(b);
  }
  const behind: i32 = peek(b, 1) === 60 ? 1 : 0;
  const kind: i32 = peek(b, 1 + behind);
  if (kind === 61 || kind === 33) {
    skip(b, 2 + behind);
    return parse_look(b, behind, kind === 33 ? 1 : 0);
  }
  if (peek(b, 1) !== 58) throw pattern_error(b, str('Invalid group'));
  skip(b, 2);
  parse_disjunction(b);
  close_group(b);
  return ATOM;
}

function close_group(b: ref): void {
  if (take_unit(b, CLOSE) === 0) throw pattern_error(b, str('Unterminated group'));
}

function parse_capture(b: ref): i32 {
  const group: i32 = number_of(b, NUMBER.groups) + 1;
  set_number(b, NUMBER.groups, group);
  const back: i32 = number_of(b, NUMBER.back);
  emit(b, OP.save);
  emit(b, group * 2 + back);
  parse_disjunction(b);
  close_group(b);
  emit(b, OP.save);
  emit(b, group * 2 + 1 - back);
  return ATOM;
}

function parse_look(b: ref, behind: i32, negated: i32): i32 {
  const outer: i32 = number_of(b, NUMBER.back);
  const register: i32 = new_registers(b, 2);
  const start: i32 = code_length(b);
  emit(b, OP.look);
  emit(b, negated);
  emit(b, 0);
  emit(b, register);
  set_number(b, NUMBER.back, behind);
  parse_disjunction(b);
  close_group(b);
  set_number(b, NUMBER.back, outer);
  emit(b, OP.lookEnd);
  emit(b, negated);
  emit(b, register);
  code_set(b, start + 8, code_length(b) - start);
  set_number(b, NUMBER.least, 0);
  if (behind === 0 && has_flag(b, REGEXP_FLAGS.unicode) === 0) return ATOM;
  if (at_quantifier(b)) throw pattern_error(b, str('Invalid quantifier'));
  return ASSERTION;
}
