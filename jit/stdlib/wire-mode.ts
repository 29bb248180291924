/** How wire-write walks a value: counting or writing; for a log; for a log that may open every level (`%o`, `%j`). */
export const WIRE_MODE = { count: 0, write: 1, log: 2, deep: 4 } as const;
