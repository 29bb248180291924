/**
 * Gives the values that live across suspensions their places in the frame.
 *
 *   PROMISE header | 8-byte raw | 4-byte raw, padded to 8 | boxed values | pointers | padding to 16
 *   0               32           (i64 f64)  (i32 f32)        (val)          (ref)
 *
 * Requires: for each suspension the values that live across it. Ensures: values that live across the same suspension
 * have different slots (F1); every slot keeps one class of types for the collector's sake (F2).
 * Cost: values times slots tried; first fit in the order of first suspension, which is optimal for straight code.
 */
import type { DataSymbol, IrFunction } from '../../ir/function.js';
import { typeOf } from '../../ir/function.js';
import { BYTES_OF, isTraced, type Type, type Value } from '../../ir/types.js';
import type { FrameLayout } from '../artifact.js';
import { KIND, PROMISE, SHAPE, kindShape } from '../abi.js';

export interface FramePlan {
  readonly byteOffsets: ReadonlyMap<Value, number>;
  readonly rawBytes: number;
  readonly valCount: number;
  readonly refCount: number;
  /** Size of the whole frame. */
  readonly bytes: number;
}

/** Sizes of frames are multiples of this, as the allocator's free lists are. */
const FRAME_STEP = 16;

type SlotClass = 'raw8' | 'raw4' | 'val' | 'ref';
const CLASS_ORDER: readonly SlotClass[] = ['raw8', 'raw4', 'val', 'ref'];
const SLOT_BYTES: Readonly<Record<SlotClass, number>> = { raw8: 8, raw4: 4, val: BYTES_OF.val, ref: BYTES_OF.ref };

const classOf = (type: Type): SlotClass => {
  if (isTraced(type)) return type === 'val' ? 'val' : 'ref';
  return BYTES_OF[type] === 8 ? 'raw8' : 'raw4';
};

/** `liveSets`: for each suspension the values that live across it. */
export function planFrame(func: IrFunction, liveSets: readonly (readonly Value[])[]): FramePlan {
  const suspensionsOf = new Map<Value, number[]>();
  liveSets.forEach((live, index) => {
    for (const value of live) {
      const list = suspensionsOf.get(value);
      if (list) list.push(index);
      else suspensionsOf.set(value, [index]);
    }
  });
  const slots: Record<SlotClass, Set<number>[]> = { raw8: [], raw4: [], val: [], ref: [] };
  const slotOf = new Map<Value, { slotClass: SlotClass; index: number }>();
  for (const [value, suspensions] of suspensionsOf) {
    const slotClass = classOf(typeOf(func, value));
    slotOf.set(value, { slotClass, index: takeSlot(slots[slotClass], suspensions) });
  }
  return place(slots, slotOf);
}

/** The first slot that is free at all these suspensions. */
function takeSlot(slots: Set<number>[], suspensions: readonly number[]): number {
  let index = slots.findIndex((busy) => !suspensions.some((suspension) => busy.has(suspension)));
  if (index < 0) index = slots.push(new Set()) - 1;
  for (const suspension of suspensions) slots[index]?.add(suspension);
  return index;
}

function place(
  slots: Readonly<Record<SlotClass, readonly unknown[]>>,
  slotOf: ReadonlyMap<Value, { slotClass: SlotClass; index: number }>,
): FramePlan {
  const start = new Map<SlotClass, number>();
  let end: number = PROMISE.bytes;
  for (const slotClass of CLASS_ORDER) {
    if (slotClass === 'val') end = roundUp(end, 8);
    start.set(slotClass, end);
    end += slots[slotClass].length * SLOT_BYTES[slotClass];
  }
  const byteOffsets = new Map<Value, number>();
  for (const [value, { slotClass, index }] of slotOf) {
    byteOffsets.set(value, (start.get(slotClass) ?? 0) + index * SLOT_BYTES[slotClass]);
  }
  return {
    byteOffsets,
    rawBytes: (start.get('val') ?? 0) - PROMISE.bytes,
    valCount: slots.val.length,
    refCount: slots.ref.length,
    bytes: roundUp(end, FRAME_STEP),
  };
}

const roundUp = (bytes: number, step: number): number => Math.ceil(bytes / step) * step;

/** Symbol of the shape of a function's frames. */
export const frameShapeSymbol = (funcName: string): string => `frame$${funcName}`;

/** The shape object of the frames, as SHAPE of jit/abi.ts documents it for KIND.frame. */
export function frameShape(funcName: string, plan: FramePlan): DataSymbol {
  const bytes = new Uint8Array(SHAPE.bytes);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, kindShape(KIND.shape), true);
  view.setInt32(SHAPE.kind, KIND.frame, true);
  view.setInt32(SHAPE.inlineCapacity, plan.bytes, true);
  view.setInt32(SHAPE.rawBytes, plan.rawBytes, true);
  view.setInt32(SHAPE.valCount, plan.valCount, true);
  view.setInt32(SHAPE.refCount, plan.refCount, true);
  return { name: frameShapeSymbol(funcName), align: 8, bytes, relocations: [], functionRelocations: [] };
}

/** The layout for people: a field for each slot and type, named by the source variables it holds at one time or another. */
export function describeFrame(func: IrFunction, plan: FramePlan): FrameLayout {
  const fields = new Map<string, { names: Set<string>; type: string; byteOffset: number }>();
  for (const [value, byteOffset] of plan.byteOffsets) {
    const type = typeOf(func, value);
    const key = `${byteOffset} ${type}`;
    const field = fields.get(key) ?? { names: new Set<string>(), type, byteOffset };
    fields.set(key, field);
    const name = func.valueNames.get(value);
    if (name !== undefined) field.names.add(name);
  }
  const described = [...fields.values()].map(({ names, type, byteOffset }) => ({
    name: names.size > 0 ? [...names].join('/') : `temporary${byteOffset}`,
    type,
    byteOffset,
  }));
  described.sort((a, b) => a.byteOffset - b.byteOffset);
  return { functionName: func.name, bytes: plan.bytes, fields: described };
}
