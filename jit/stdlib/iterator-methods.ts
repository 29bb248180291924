/** The methods of the library's iterators and of generators, and `x[Symbol.iterator]()` of any value. */
import { FALSE, GENERATOR, KIND, RESUME, TRUE, UNDEFINED } from '../abi.js';
import { call_not_function } from './errors.js';
import { generator_resume } from './generators.js';
import { boxObject, isString, loadVal, str, unboxRef, type bool, type i32, type ref, type val } from './intrinsics.js';
import { call_value } from './calls.js';
import { iterator_next, iterator_open, iterator_value } from './iteration.js';
import { iterator_result } from './iterator-results.js';
import { has_fields, kind_at, kind_of } from './kinds.js';
import { get_property } from './properties.js';

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
    const method: val = get_property(v, str('@@iterator'));
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

/** `v[Symbol.asyncIterator]()`. */
export function async_iterator_of(v: val, wording: str): val {
  if (kind_of(v) === KIND.asyncGenerator) return v;
  const method: val = get_property(v, str('@@asyncIterator'));
  if (kind_of(method) !== KIND.closure) throw call_not_function(wording);
  return call_value(method, v, 0, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED, 0);
}
