/**
 * How V8's messages name a value: 5, abc, #<Point>, [object Array].
 */
import { CLASS, KIND, OBJECT_HEADER, SHAPE, TAG, UNDEFINED } from '../abi.js';
import { Error_toString } from './errors.js';
import { is_class } from './function-fields.js';
import { boxObject, isObject, isString, loadRef, str, tagOf, unboxRef, type i32, type ref, type val } from './intrinsics.js';
import { kind_at } from './kinds.js';
import { function_text, to_string, type_of } from './operators.js';
import { get_property } from './properties.js';
import { regexp_text } from './regexp-text.js';
import { string_concat } from './strings.js';
import { symbol_text } from './symbols.js';

/** A value in a message such as "… is not a function". */
export function describe_value(v: val): str {
  if (isObject(v)) return describe_object(unboxRef(v));
  if (tagOf(v) === TAG.symbol) return symbol_text(unboxRef(v));
  return to_string(v);
}

export function describe_object(object: ref): str {
  const kind: i32 = kind_at(object);
  if (kind === KIND.array) return str('[object Array]');
  if (kind === KIND.closure && is_class(object)) return string_concat(str('class '), unboxRef(get_property(boxObject(object), str('name'))));
  if (kind === KIND.closure) return function_text(object);
  if (kind === KIND.error) return Error_toString(object);
  if (kind === KIND.regexp) return regexp_text(object);
  return string_concat(string_concat(str('#<'), class_name(object)), str('>'));
}

/** Name of the object's class, or of the library's own. */
export function class_name(object: ref): str {
  const descriptor: ref = loadRef(loadRef(object, OBJECT_HEADER.shape), SHAPE.class);
  if (descriptor !== 0) return loadRef(descriptor, CLASS.name);
  switch (kind_at(object)) {
    case KIND.array:
      return str('Array');
    case KIND.map:
      return str('Map');
    case KIND.set:
      return str('Set');
    case KIND.promise:
    case KIND.frame:
      return str('Promise');
    case KIND.date:
      return str('Date');
    case KIND.regexp:
      return str('RegExp');
    case KIND.abortSignal:
      return str('AbortSignal');
    case KIND.abortController:
      return str('AbortController');
    case KIND.weakMap:
      return str('WeakMap');
    case KIND.weakSet:
      return str('WeakSet');
    default:
      return str('Object');
  }
}

/** "number 5", "object null": type and value, as messages about iterables say. */
export function describe_typed(v: val): str {
  if (isString(v)) return string_concat(str('string '), unboxRef(v));
  if (isObject(v) || v === UNDEFINED) return type_of(v);
  return string_concat(string_concat(type_of(v), str(' ')), describe_value(v));
}
