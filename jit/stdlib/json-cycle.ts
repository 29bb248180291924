/** The TypeError for a structure that contains itself, in V8's words: where the circle starts, how it goes, what closes it. */
import { JSON_LEVEL } from './json-level.js';
import { array_get, array_length } from './arrays.js';
import { class_name } from './describe.js';
import { type_error } from './errors.js';
import { isString, str, unboxRef, type i32, type ref, type val } from './intrinsics.js';
import { to_string } from './operators.js';
import { string_concat, string_length } from './strings.js';

/** Levels named behind the start, and before the end, of a long circle. */
const FIRST_NAMED = 2;
const LAST_NAMED = 1;

function constructor_text(container: val): str {
  return string_concat(string_concat(str('object with constructor \''), class_name(unboxRef(container))), str('\''));
}

/** A property's name, or an index. */
function name_text(name: val): str {
  if (!isString(name)) return string_concat(str('index '), to_string(name));
  if (string_length(unboxRef(name)) === 0) return str('<anonymous>');
  return string_concat(string_concat(str('property \''), unboxRef(name)), str('\''));
}

/** "\n    |     property 'a' -> object with constructor 'Object'" for the level at `base`. */
function level_line(stack: ref, base: i32): str {
  const name: str = name_text(array_get(stack, base + JSON_LEVEL.name));
  const container: str = constructor_text(array_get(stack, base + JSON_LEVEL.container));
  return string_concat(string_concat(string_concat(str('\n    |     '), name), str(' -> ')), container);
}

/** The error; `start` is the level whose container was met again under `name`. */
export function cycle_error(stack: ref, start: i32, name: val): val {
  const end: i32 = array_length(stack);
  const size: i32 = JSON_LEVEL.size;
  let text: str = string_concat(
    str('Converting circular structure to JSON\n    --> starting at '),
    constructor_text(array_get(stack, start + JSON_LEVEL.container)),
  );
  let base: i32 = start + size;
  while (base < end && base < start + size * (FIRST_NAMED + 1)) {
    text = string_concat(text, level_line(stack, base));
    base = base + size;
  }
  if (end > base + LAST_NAMED * size) {
    text = string_concat(text, str('\n    |     ...'));
    base = end - LAST_NAMED * size;
  }
  while (base < end) {
    text = string_concat(text, level_line(stack, base));
    base = base + size;
  }
  text = string_concat(string_concat(text, str('\n    --- ')), name_text(name));
  return type_error(string_concat(text, str(' closes the circle')));
}
