/** A level of JSON.stringify's stack: JSON_LEVEL.size values in an array, innermost last. */

/**
 * `names`: an array of names, or for arrays the length. `next`: how many are done. `written`: how many were printed.
 * `name`: the property or index under which the level's holder has it.
 */
export const JSON_LEVEL = { container: 0, names: 1, next: 2, written: 3, name: 4, size: 5 } as const;
