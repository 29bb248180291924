/**
 * The library's error classes as values, and `constructor`. An error class is a class like those of programs: a closure
 * with its descriptor, made when it is first mentioned. Other classes of the library are functions of their name, there to
 * be compared and named.
 */
import { ABSENT, CLASS, CLASS_CLOSURE, CLASS_FLAGS, CLOSURE, CONSTRUCT, KIND, OBJECT_HEADER, SHAPE, TAG } from '../abi.js';
import { class_descriptor, class_of_descriptor, class_register, descriptor_value } from './class-values.js';
import { class_name } from './describe.js';
import { error_init, error_new, type_error } from './errors.js';
import { field_set } from './fields.js';
import { function_name, function_rename } from './function-names.js';
import { alloc_closure, alloc_object } from './heap.js';
import {
  boxF64, boxObject, boxString, funcIndex, isNumber, isObject, isString, load32, loadRef, nativeInfo, storeVal, str, unboxRef,
  tagOf, type bool, type i32, type ref, type val,
} from './intrinsics.js';
import { list_from_iterable } from './iteration.js';
import { key_equals } from './keys.js';
import { has_fields, kind_of } from './kinds.js';
import { interned_function } from './methods.js';
import { get_field, get_property } from './properties.js';
import { root_shape } from './shapes.js';
import { string_concat } from './strings.js';

/** An error class of the library by its descriptor. */
export function error_class_value(descriptor: ref): val {
  const known: val = class_of_descriptor(descriptor);
  if (known !== ABSENT) return known;
  const statics: val = boxObject(alloc_object(root_shape(KIND.object, 0, 1, 0)));
  if (key_equals(loadRef(descriptor, CLASS.name), str('Error'))) field_set(unboxRef(statics), str('stackTraceLimit'), boxF64(10));
  const closure: ref = alloc_closure(funcIndex(error_entry), loadRef(descriptor, CLASS.info), CLASS_CLOSURE.count);
  storeVal(closure, CLOSURE.captures + CLASS_CLOSURE.statics * 8, statics);
  storeVal(closure, CLOSURE.captures + CLASS_CLOSURE.descriptor * 8, descriptor_value(descriptor));
  class_register(closure, descriptor);
  return boxObject(closure);
}

/** Closure entry of an error class: with `new` or from `super` it fills the instance, else it makes one. */
function error_entry(closure: ref, self: val, argc: i32, a0: val, a1: val, a2: val, _a3: val, _rest: ref): val {
  const descriptor: ref = class_descriptor(closure);
  const listed: bool = key_equals(loadRef(descriptor, CLASS.name), str('AggregateError'));
  const message: val = listed ? a1 : a0;
  const options: val = listed ? a2 : a1;
  const made: val = (argc & CONSTRUCT) === 0 ? boxObject(error_new(descriptor, message, options)) : self;
  if ((argc & CONSTRUCT) !== 0) error_init(unboxRef(self), message, options);
  if (listed) field_set(unboxRef(made), str('errors'), boxObject(list_from_iterable(a0)));
  return made;
}

/** `v.constructor`. */
export function constructor_of(v: val): val {
  if (!isObject(v)) return native_class(name_of_primitive(v));
  const object: ref = unboxRef(v);
  if (!has_fields(kind_of(v))) return native_class(kind_of(v) === KIND.closure ? str('Function') : class_name(object));
  const own: val = get_field(v, str('constructor'));
  if (own !== ABSENT) return own;
  const descriptor: ref = loadRef(loadRef(object, OBJECT_HEADER.shape), SHAPE.class);
  if (descriptor === 0) return native_class(str('Object'));
  const known: val = class_of_descriptor(descriptor);
  if (known !== ABSENT) return known;
  if ((load32(descriptor, CLASS.flags) & CLASS_FLAGS.error) !== 0) return error_class_value(descriptor);
  return native_class(loadRef(descriptor, CLASS.name));
}

function name_of_primitive(v: val): str {
  if (isString(v)) return str('String');
  if (isNumber(v)) return str('Number');
  if (tagOf(v) === TAG.symbol) return str('Symbol');
  if (tagOf(v) === TAG.bigint) return str('BigInt');
  get_property(v, str('constructor'));
  return str('Boolean');
}

/** The function that stands for a class of the library. */
export function native_class(name: str): val {
  const made: val = interned_function(boxString(name), funcIndex(native_entry), nativeInfo('', 0, 0));
  return key_equals(function_name(unboxRef(made)), name) ? made : function_rename(made, str(''), boxString(name));
}

function native_entry(closure: ref, _self: val, _argc: i32, _a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  throw type_error(string_concat(string_concat(str('BR2104: the class '), function_name(closure)), str(' can be called by its name only')));
}
