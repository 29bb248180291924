/** All fuzzers, for `npm run fuzz` and the tests. */
import type { Fuzzer } from './fuzzer.js';
import { asyncFuzzer, plainFuzzer } from './ir-fuzzers.js';
import { liesFuzzer } from './lies-fuzzer.js';
import { programFuzzer } from './typescript-fuzzer.js';

/** The cases of one fuzzer are nobody else's. */
const some = <Case>(fuzzer: Fuzzer<Case>): Fuzzer<unknown> => fuzzer as Fuzzer<unknown>;

export const FUZZERS: readonly Fuzzer<unknown>[] = [some(plainFuzzer), some(asyncFuzzer), some(programFuzzer), some(liesFuzzer)];
