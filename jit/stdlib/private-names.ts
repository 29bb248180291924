/**
 * Private names: fields and members under names that no program can write, `name`; `shown` is the name in the source.
 */
import { ABSENT, OBJECT_HEADER } from '../abi.js';
import { class_descriptor, class_statics, is_class_value } from './class-values.js';
import { is_instance } from './classes.js';
import { describe_value } from './describe.js';
import { type_error } from './errors.js';
import { field_get, field_replace } from './fields.js';
import { isObject, loadRef, str, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { has_fields, kind_of } from './kinds.js';
import { find_member, member_read, member_set } from './methods.js';
import { get_property } from './properties.js';
import { string_concat } from './strings.js';

/** The object that holds the private members of a value, or 0. */
function holder_of(o: val): ref {
  if (!isObject(o)) return 0;
  if (is_class_value(o)) return unboxRef(class_statics(unboxRef(o)));
  return has_fields(kind_of(o)) ? unboxRef(o) : 0;
}

export function private_get(o: val, name: str, shown: str): val {
  const holder: ref = holder_of(o);
  if (holder !== 0) {
    const own: val = field_get(holder, name);
    if (own !== ABSENT) return own;
    const member: i32 = find_member(loadRef(holder, OBJECT_HEADER.shape), name, false);
    if (member !== 0) return member_read(member, o);
    if (find_member(loadRef(holder, OBJECT_HEADER.shape), name, true) !== 0) {
      throw type_error(string_concat(string_concat(str("'"), shown), str("' was defined without a getter")));
    }
  }
  get_property(o, shown);
  throw undeclared(str('Cannot read private member '), shown, str(' from'));
}

export function private_set(o: val, name: str, shown: str, v: val): void {
  const holder: ref = holder_of(o);
  if (holder !== 0) {
    if (field_replace(holder, name, v)) return;
    const setter: i32 = find_member(loadRef(holder, OBJECT_HEADER.shape), name, true);
    if (setter !== 0) {
      member_set(o, setter, v);
      return;
    }
    if (find_member(loadRef(holder, OBJECT_HEADER.shape), name, false) !== 0) {
      throw type_error(string_concat(string_concat(str("'"), shown), str("' was defined without a setter")));
    }
  }
  throw undeclared(str('Cannot write private member '), shown, str(' to'));
}

/** `#name in o`. */
export function private_in(o: val, name: str, shown: str): bool {
  if (!isObject(o)) {
    const head: str = string_concat(str("Cannot use 'in' operator to search for '"), shown);
    throw type_error(string_concat(string_concat(head, str("' in ")), describe_value(o)));
  }
  const holder: ref = holder_of(o);
  if (holder === 0) return false;
  if (field_get(holder, name) !== ABSENT) return true;
  const shape: ref = loadRef(holder, OBJECT_HEADER.shape);
  return find_member(shape, name, false) !== 0 || find_member(shape, name, true) !== 0;
}

/** Whether this evaluation of a class made the object, or is it. */
export function has_brand(o: val, class_: val): bool {
  return o === class_ || is_instance(o, class_descriptor(unboxRef(class_)));
}

export function check_brand(o: val, class_: val, shown: str): void {
  if (has_brand(o, class_)) return;
  get_property(o, shown);
  throw undeclared(str('Cannot read private member '), shown, str(' from'));
}

function undeclared(before: str, shown: str, preposition: str): val {
  return type_error(string_concat(string_concat(before, shown), string_concat(preposition, str(' an object whose class did not declare it'))));
}
