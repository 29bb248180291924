/** A view of memory that asks before each access: for runs that check where compiled code may look. */

/** Told of each access, by address and number of bytes, before it is made; throws to refuse it. */
export type Guard = (address: number, byteLength: number) => void;

const ACCESS_BYTES = {
  getInt8: 1, getUint8: 1, getInt16: 2, getUint16: 2, getInt32: 4, getUint32: 4, getBigInt64: 8, getFloat32: 4, getFloat64: 8,
  setInt8: 1, setUint8: 1, setInt16: 2, setUint16: 2, setInt32: 4, setUint32: 4, setBigInt64: 8, setFloat32: 4, setFloat64: 8,
} as const satisfies Partial<Record<keyof DataView, number>>;

type Access = (address: number, ...rest: unknown[]) => unknown;

export function guardedView(buffer: ArrayBufferLike, guard: Guard): DataView {
  const view = new DataView(buffer);
  for (const [name, byteLength] of Object.entries(ACCESS_BYTES)) {
    const access = Reflect.get(view, name) as Access; // a method of the table
    Object.defineProperty(view, name, {
      value: (address: number, ...rest: unknown[]): unknown => {
        guard(address, byteLength);
        return access.call(view, address, ...rest);
      },
    });
  }
  return view;
}
