/**
 * Regular expressions as objects: making them, `exec` and `test`.
 *
 * Expressions that a program writes as literals are compiled once per task; ROOT.regexps has their programs.
 */
import { ABSENT, KIND, REGEXP, ROOT, UNDEFINED } from '../abi.js';
import { table_get, table_new, table_set } from './hash-table.js';
import { alloc_array } from './heap.js';
import { boxObject, boxString, funcIndex, loadRef, str, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { kind_of, root_get, root_set } from './kinds.js';
import { to_string } from './operators.js';
import { regexp_again, regexp_of } from './regexp-again.js';
import { regexp_compile } from './regexp-compile.js';
import { regexp_entry } from './regexp-entry.js';
import { regexp_error } from './regexp-errors.js';
import { exec_state, match_array } from './regexp-exec.js';
import { flag_of_letter } from './regexp-flags.js';
import { regexp_text, source_text } from './regexp-text.js';
import { string_concat, string_length, string_unit } from './strings.js';

/** What a literal gives: a new object at each evaluation. `key` is the literal's text. */
export function regexp_literal(key: str, pattern: str, flags: i32): ref {
  if (root_get(ROOT.regexps) === UNDEFINED) root_set(ROOT.regexps, boxObject(table_new(KIND.map)));
  const known: val = table_get(unboxRef(root_get(ROOT.regexps)), boxString(key));
  if (known !== ABSENT) return regexp_again(unboxRef(known));
  const made: ref = regexp_new(pattern, flags);
  table_set(unboxRef(root_get(ROOT.regexps)), boxString(key), boxObject(regexp_again(made)));
  return made;
}

export function regexp_new(pattern: str, flags: i32): ref {
  const names: ref = alloc_array(2);
  const program: ref = regexp_compile(pattern, flags, names);
  return regexp_of(source_text(pattern), flags, program, names, funcIndex(regexp_entry));
}

function flags_of_text(text: str): i32 {
  let flags: i32 = 0;
  for (let i: i32 = 0; i < string_length(text); i++) {
    const flag: i32 = flag_of_letter(string_unit(text, i));
    if (flag === 0 || (flags & flag) !== 0) {
      throw regexp_error(string_concat(string_concat(str("Invalid flags supplied to RegExp constructor '"), text), str("'")));
    }
    flags = flags | flag;
  }
  return flags;
}

/** `new RegExp(pattern, flags)`. */
export function RegExp$new(pattern: val, flags: val): ref {
  if (kind_of(pattern) === KIND.regexp) {
    const from: ref = unboxRef(pattern);
    if (flags === UNDEFINED) return regexp_again(from);
    return regexp_new(loadRef(from, REGEXP.source), flags_of_text(to_string(flags)));
  }
  const text: str = pattern === UNDEFINED ? str('') : to_string(pattern);
  return regexp_new(text, flags === UNDEFINED ? 0 : flags_of_text(to_string(flags)));
}

/** `RegExp(pattern, flags)` without `new`. */
export function global_RegExp(pattern: val, flags: val): ref {
  if (kind_of(pattern) === KIND.regexp && flags === UNDEFINED) return unboxRef(pattern);
  return RegExp$new(pattern, flags);
}

export function RegExp_exec(self: ref, text: str): val {
  return match_array(self, text, exec_state(self, text));
}

export function RegExp_test(self: ref, text: str): bool {
  return exec_state(self, text) !== 0;
}

export function RegExp_toString(self: ref): str {
  return regexp_text(self);
}
