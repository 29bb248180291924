/**
 * The reviver of JSON.parse: it is called for every value, innermost first, with the object that holds it as `this`.
 *
 * Open levels stand on a stack in the heap, LEVEL.size values each: the container, its names (or its length, for arrays),
 * how many of them are done, and the name under which its own holder has it.
 */
import { KIND, UNDEFINED } from '../abi.js';
import { array_get, array_length, array_push, array_set, array_truncate } from './arrays.js';
import { call_two } from './calls.js';
import { get_element, set_element } from './elements.js';
import { charge } from './fuel.js';
import { alloc_array } from './heap.js';
import { boxF64, boxObject, boxString, isObject, str, toF64, toI32, unboxF64, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { key_of_index } from './keys.js';
import { kind_of } from './kinds.js';
import { object_new } from './objects.js';
import { own_keys } from './own-keys.js';
import { delete_property, set_property } from './properties.js';

const LEVEL = { container: 0, names: 1, done: 2, name: 3, size: 4 } as const;

/** The value as the reviver leaves it. */
export function revive(value: val, reviver: val): val {
  const holder: val = boxObject(object_new());
  set_property(holder, str(''), value);
  const stack: ref = alloc_array(LEVEL.size * 4);
  push_level(stack, holder, UNDEFINED);
  while (true) {
    charge(2);
    const base: i32 = array_length(stack) - LEVEL.size;
    const container: val = array_get(stack, base + LEVEL.container);
    const name: val = next_name(stack, base);
    if (name !== UNDEFINED) {
      const child: val = get_element(container, name);
      if (isObject(child) && kind_of(child) !== KIND.closure) push_level(stack, child, name);
      else replace(container, name, reviver);
      continue;
    }
    const own: val = array_get(stack, base + LEVEL.name);
    array_truncate(stack, base);
    if (base === 0) return get_element(container, boxString(str('')));
    replace(array_get(stack, base - LEVEL.size + LEVEL.container), own, reviver);
  }
}

function push_level(stack: ref, container: val, name: val): void {
  const isArray: bool = kind_of(container) === KIND.array;
  array_push(stack, container);
  array_push(stack, isArray ? boxF64(toF64(array_length(unboxRef(container)))) : boxObject(own_keys(container)));
  array_push(stack, boxF64(0));
  array_push(stack, name);
}

/** The next name of the level at `base`, or undefined when all are done. */
function next_name(stack: ref, base: i32): val {
  const names: val = array_get(stack, base + LEVEL.names);
  const done: i32 = toI32(unboxF64(array_get(stack, base + LEVEL.done)));
  array_set(stack, base + LEVEL.done, boxF64(toF64(done + 1)));
  if (isObject(names)) return done < array_length(unboxRef(names)) ? array_get(unboxRef(names), done) : UNDEFINED;
  return done < toI32(unboxF64(names)) ? key_of_index(done) : UNDEFINED;
}

/** Calls the reviver for one property; undefined deletes it. */
function replace(holder: val, name: val, reviver: val): void {
  const made: val = call_two(reviver, holder, name, get_element(holder, name));
  if (made === UNDEFINED) delete_property(holder, name);
  else set_element(holder, name, made);
}
