/**
 * Loads and stores: each is checked against the memory's size (invariant W1 of jit/abi.ts), then done at data + address.
 *
 * Where offset and width together are within the least size that the memory can have, one comparison in 32 bits is
 * enough: address > bytes - (offset + width). Elsewhere the sum is made in 64 bits.
 */
import { opcodeRow, type Opcode } from '../../ir/opcodes.js';
import type { Value } from '../../ir/types.js';
import { TRAP, WASM_MOST_PAGES } from '../abi.js';
import type { Body } from './body.js';
import { at } from './linkage.js';
import { PAGE_BYTES } from './module.js';

export function translateAccess(body: Body, opcode: Opcode, offset: number): void {
  const { operands, align } = opcodeRow(opcode);
  const stores = operands.length === 2;
  const value = stores ? body.pop() : null;
  const address = body.pop();
  const reach = offset + 2 ** (align ?? 0);
  if (reach > WASM_MOST_PAGES * PAGE_BYTES) {
    body.trap(TRAP.memoryBounds);
    return;
  }
  body.trapIf(beyond(body, address, reach), TRAP.memoryBounds);
  const place = body.op('i32.add', body.memoryData, address);
  if (value !== null) body.builder.emit(opcode, [place, value], offset);
  else body.push(body.builder.op(opcode, [place], offset));
}

/** Not zero if address + reach > bytes, all unsigned. */
function beyond(body: Body, address: Value, reach: number): Value {
  const { builder } = body;
  const least = at(body.instance.memories, 0).type.minimum * PAGE_BYTES;
  if (reach <= least) return body.op('i32.gt_u', address, body.op('i32.sub', body.memoryBytes, builder.i32(reach)));
  const end = body.op('i64.add', body.op('i64.extend_i32_u', address), builder.i64(BigInt(reach)));
  return body.op('i64.gt_u', end, body.op('i64.extend_i32_u', body.memoryBytes));
}
