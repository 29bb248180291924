/**
 * Sizes of heap objects: what a walk over a heap steps by. Every kind that is ever allocated must be here and in
 * mark.ts; the walk in tests/unit/stdlib/heap.test.ts fails on the first one that is not.
 */
import {
  ABORT, ABORT_CONTROLLER, ARRAY, BIGINT, BLOB, CELL, CLOSURE, DATE, FREE, FUNCTION_INFO, GENERATOR, ITERATOR, KIND, MAP, META, OBJECT, OBJECT_HEADER, PROMISE, PROPERTY, REACTION, SHAPE, REGEXP,
  SLOTS, STRING,
  TRAP,
} from '../abi.js';
import { load32, loadRef, trap, type i32, type ref } from './intrinsics.js';

/** Bytes from this object to the next one of its block. */
export function size_of(object: ref): i32 {
  return (byte_size(object) + 7) & -8;
}

function byte_size(object: ref): i32 {
  const shape: ref = loadRef(object, OBJECT_HEADER.shape);
  switch (load32(shape, SHAPE.kind)) {
    case KIND.object:
    case KIND.error:
    case KIND.dictionary:
      return OBJECT.slots + (load32(shape, SHAPE.inlineCapacity) << 3);
    case KIND.array:
      return ARRAY.bytes;
    case KIND.stringOne:
      return flat_size(load32(object, STRING.length));
    case KIND.stringTwo:
      return flat_size(load32(object, STRING.length) * 2);
    case KIND.rope:
    case KIND.slice:
      return STRING.bytes;
    case KIND.closure:
      return CLOSURE.captures + (load32(loadRef(object, CLOSURE.info), FUNCTION_INFO.captureCount) << 3);
    case KIND.cell:
      return CELL.bytes;
    case KIND.slots:
      return SLOTS.data + (load32(object, SLOTS.length) << 3);
    case KIND.blob:
      return BLOB.data + load32(object, BLOB.byteLength);
    case KIND.shape:
      return SHAPE.bytes;
    case KIND.free:
      return load32(object, OBJECT_HEADER.meta) === META.short ? 8 : load32(object, FREE.byteLength);
    default:
      return further_size(object, shape);
  }
}

function further_size(object: ref, shape: ref): i32 {
  switch (load32(shape, SHAPE.kind)) {
    case KIND.promise:
      return PROMISE.bytes;
    case KIND.abortSignal:
      return ABORT.bytes;
    case KIND.abortController:
      return ABORT_CONTROLLER.bytes;
    case KIND.property:
      return PROPERTY.bytes;
    case KIND.frame:
      return (load32(shape, SHAPE.inlineCapacity) + 15) & -16;
    case KIND.reaction:
      return REACTION.bytes;
    case KIND.map:
    case KIND.set:
    case KIND.weakMap:
    case KIND.weakSet:
      return MAP.bytes;
    case KIND.date:
      return DATE.bytes;
    case KIND.bigint:
      return BIGINT.digits + ((load32(object, BIGINT.room) & 0x7fffffff) << 2);
    case KIND.regexp:
      return REGEXP.bytes;
    case KIND.iterator:
    case KIND.generator:
      return ITERATOR.bytes;
    case KIND.asyncGenerator:
      return GENERATOR.bytes;
    default:
      trap(TRAP.internal);
  }
  return 0;
}

/** Strings are never smaller than a rope, so that one kind can become another in place. */
function flat_size(unitBytes: i32): i32 {
  const bytes: i32 = STRING.units + unitBytes;
  return bytes < STRING.bytes ? STRING.bytes : bytes;
}
