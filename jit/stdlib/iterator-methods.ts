/** The methods of the library's iterators and of generators, and `x[Symbol.iterator]()` of any value. */
import { FALSE, GENERATOR, KIND, NULL, RESUME, TRUE, UNDEFINED } from '../abi.js';
import { call_not_function } from './errors.js';
import { generator_resume } from './generators.js';
import { boxObject, funcIndex, isObject, isString, loadVal, nativeInfo, str, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { call_value } from './calls.js';
import { iterator_next, iterator_open, iterator_value } from './iteration.js';
import { iterator_result } from './iterator-results.js';
import { has_fields, kind_at, kind_of } from './kinds.js';
import { function_value } from './methods.js';
import { get_property, has_property } from './properties.js';

function resumed(g: ref, how: i32, v: val): ref {
  const done: val = generator_resume(g, how, v) ? FALSE : TRUE;
  return unboxRef(iterator_result(loadVal(g, GENERATOR.value), done));
}

export function Iterator_next(self: ref, v: val): ref {
  if (kind_at(self) === KIND.generator) return resumed(self, RESUME.next, v);
  const done: val = iterator_next(self) ? FALSE : TRUE;
  return unboxRef(iterator_result(done === TRUE ? UNDEFINED : iterator_value(self), done));
}

export function Generator_return(self: ref, v: val): ref {
  return resumed(self, RESUME.return, v);
}

export function Generator_throw(self: ref, error: val): ref {
  return resumed(self, RESUME.throw, error);
}

/** `v[Symbol.iterator]()`. */
export function iterator_of(v: val, wording: str): val {
  if (has_fields(kind_of(v))) {
    const method: val = get_property(v, str('\0@@Symbol.iterator'));
    if (kind_of(method) !== KIND.closure) throw call_not_function(wording);
    return call_value(method, v, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  }
  const kind: i32 = kind_of(v);
  const known: bool = isString(v) || kind === KIND.array || kind === KIND.map || kind === KIND.set || kind === KIND.iterator || kind === KIND.generator;
  if (!known) {
    get_property(v, str('Symbol(Symbol.iterator)'));
    throw call_not_function(wording);
  }
  return boxObject(iterator_open(v));
}

/** `v[Symbol.iterator]` as a value: objects of the library have a function that opens them. */
export function iterator_method_of(v: val): val {
  if (has_fields(kind_of(v)) || v === UNDEFINED || v === NULL) return get_property(v, str('\0@@Symbol.iterator'));
  const kind: i32 = kind_of(v);
  if (kind === KIND.array || kind === KIND.set) return function_value(funcIndex(open_entry), nativeInfo('values', 0, 0));
  if (kind === KIND.map) return function_value(funcIndex(open_entry), nativeInfo('entries', 0, 0));
  if (isString(v) || kind === KIND.iterator || kind === KIND.generator) return function_value(funcIndex(open_entry), nativeInfo('[Symbol.iterator]', 0, 0));
  return UNDEFINED;
}

/** `v[Symbol.asyncIterator]` as a value. */
export function async_iterator_method_of(v: val): val {
  if (kind_of(v) !== KIND.asyncGenerator) return get_property(v, str('\0@@Symbol.asyncIterator'));
  return function_value(funcIndex(self_entry), nativeInfo('[Symbol.asyncIterator]', 0, 0));
}

/** `Symbol.iterator in v`. */
export function has_iterator(v: val, key: val): bool {
  return has_property(v, key) || (isObject(v) && !has_fields(kind_of(v)) && iterator_method_of(v) !== UNDEFINED);
}

/** `Symbol.asyncIterator in v`. */
export function has_async_iterator(v: val, key: val): bool {
  return has_property(v, key) || kind_of(v) === KIND.asyncGenerator;
}

function open_entry(_closure: ref, self: val, _argc: i32, _a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  return iterator_of(self, str('undefined'));
}

function self_entry(_closure: ref, self: val, _argc: i32, _a0: val, _a1: val, _a2: val, _a3: val, _rest: ref): val {
  return self;
}

/** `v[Symbol.asyncIterator]()`. */
export function async_iterator_of(v: val, wording: str): val {
  if (kind_of(v) === KIND.asyncGenerator) return v;
  const method: val = get_property(v, str('\0@@Symbol.asyncIterator'));
  if (kind_of(method) !== KIND.closure) throw call_not_function(wording);
  return call_value(method, v, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}
