/** `yield*`: steps of an inner iterator with what the outer generator is resumed with. */
import { GENERATOR, ITERATOR, NULL, RESUME, UNDEFINED } from '../abi.js';
import { call_value } from './calls.js';
import { type_error } from './errors.js';
import { generator_resume } from './generators.js';
import { load32, loadVal, storeVal, str, type bool, type i32, type ref, type val } from './intrinsics.js';
import { iterator_close, iterator_next, require_result } from './iteration.js';
import { ITERATION } from './iterations.js';
import { to_boolean } from './operators.js';
import { get_property } from './properties.js';

/** Goes on with the inner iterator as RESUME says; false at its end. The value is ITERATOR.value either way. */
export function delegate_step(it: ref, how: i32, v: val): bool {
  const kind: i32 = load32(it, ITERATOR.kind);
  if (kind === GENERATOR.iteration) return generator_resume(it, how, v);
  if (kind === ITERATION.guest) return step_guest(it, how, v);
  if (how === RESUME.next) return iterator_next(it);
  if (how === RESUME.throw) throw lacks_throw();
  storeVal(it, ITERATOR.value, v);
  return false;
}

function lacks_throw(): val {
  return type_error(str("The iterator does not provide a 'throw' method."));
}

function step_guest(it: ref, how: i32, v: val): bool {
  const guest: val = loadVal(it, ITERATOR.target);
  let method: val = loadVal(it, ITERATOR.state);
  if (how === RESUME.throw) method = get_property(guest, str('throw'));
  else if (how === RESUME.return) method = get_property(guest, str('return'));
  if (how !== RESUME.next && (method === UNDEFINED || method === NULL)) {
    if (how === RESUME.throw) {
      iterator_close(it);
      throw lacks_throw();
    }
    storeVal(it, ITERATOR.value, v);
    return false;
  }
  const result: val = call_value(method, guest, 1, v, UNDEFINED, UNDEFINED, UNDEFINED, 0);
  require_result(result);
  const done: bool = to_boolean(get_property(result, str('done')));
  storeVal(it, ITERATOR.value, get_property(result, str('value')));
  return !done;
}
