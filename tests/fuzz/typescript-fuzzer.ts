/** TypeScript programs, well typed and terminating, against Node itself: value or error, logs in order, host calls in order. */
import fc from 'fast-check';
import { assertSeen, BrolgaLanes, runInNode, type LaneName } from './program-lanes.js';
import { ProgramWriter } from './typescript-writer.js';
import type { Fuzzer } from './fuzzer.js';

export interface ProgramCase {
  readonly tape: readonly number[];
  /** Order in which host calls settle. */
  readonly seed: number;
  /** A lane beside V8. */
  readonly lane: LaneName;
}

const lanes = new BrolgaLanes();

/** `compiled`: what brolga is given, for planted bugs. */
export async function checkProgram({ tape, seed, lane }: ProgramCase, seen: (engine: string) => void, compiled: (source: string) => string = (source) => source): Promise<void> {
  const source = new ProgramWriter(tape).write();
  const expected = await runInNode(source, seed);
  if (!expected) return;
  seen('node');
  for (const each of new Set<LaneName>(['v8', lane])) {
    assertSeen(each, await lanes.run(each, compiled(source), seed), expected);
    seen(each);
  }
}

export const programFuzzer: Fuzzer<ProgramCase> = {
  name: 'typescript',
  doc: 'TypeScript programs with host calls settled in seeded orders: Node against V8, V8 collecting at every allocation, interpreter, Wasmtime',
  cases: fc.record({
    // Without a bias towards small numbers, which stand for simple things.
    tape: fc.noBias(fc.array(fc.nat({ max: 1000 }), { minLength: 60, maxLength: 500, size: 'max' })),
    seed: fc.nat({ max: 0xffff }),
    lane: fc.constantFrom<LaneName[]>('v8', 'v8', 'v8, collecting at every allocation', 'interpreter', 'wasmtime'),
  }),
  check: (each, seen) => checkProgram(each, seen),
  show: ({ tape, seed, lane }) => `// host seed ${seed}, lane ${lane}\n${new ProgramWriter(tape).write()}`,
  close: () => lanes.close(),
};
