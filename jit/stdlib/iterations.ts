/** What an iterator of the library walks over. */
import { GENERATOR } from '../abi.js';

/** Values of ITERATOR.kind. */
export const ITERATION = {
  done: 0, arrayValues: 1, arrayKeys: 2, arrayEntries: 3, tableKeys: 4, tableValues: 5, tableEntries: 6, string: 7, guest: 8, generator: GENERATOR.iteration, matches: 10,
} as const;
