/**
 * `DOMException`. Those that the library makes itself have classes of their own below it, which give `name`; one that a
 * program makes under another name has it as a hidden property.
 */
import { PROPERTY_FLAGS, UNDEFINED } from '../abi.js';
import { error_with } from './errors.js';
import { boxObject, boxString, classOf, str, type ref, type val } from './intrinsics.js';
import { key_equals } from './keys.js';
import { to_string } from './operators.js';
import { property_new, property_put } from './special-properties.js';

export function abort_error(): val {
  return boxObject(error_with(classOf('AbortError'), str('This operation was aborted')));
}

export function timeout_error(): val {
  return boxObject(error_with(classOf('TimeoutError'), str('The operation was aborted due to timeout')));
}

/** `new DOMException(message, name)`. */
export function DOMException$new(message: val, name: val): ref {
  const text: str = message === UNDEFINED ? str('') : to_string(message);
  const given: str = name === UNDEFINED ? str('Error') : to_string(name);
  if (key_equals(given, str('AbortError'))) return error_with(classOf('AbortError'), text);
  if (key_equals(given, str('TimeoutError'))) return error_with(classOf('TimeoutError'), text);
  if (key_equals(given, str('DataCloneError'))) return error_with(classOf('DataCloneError'), text);
  const made: ref = error_with(classOf('DOMException'), text);
  property_put(made, str('name'), property_new(PROPERTY_FLAGS.writable | PROPERTY_FLAGS.configurable, boxString(given), UNDEFINED));
  return made;
}
