/** Assembles the hand-written peer with wabt. */
import { readFileSync } from 'node:fs';
import wabt from 'wabt';

const SOURCE = new URL('../../../perf/peers/poll-machine.wat', import.meta.url);

export interface HandMachine {
  /** Two strands that take turns `n` times each. */
  two(n: number): number;
  /** `n` awaits of something ready. */
  ready(n: number): number;
}

export async function handMachine(): Promise<HandMachine> {
  const assembler = await wabt();
  const parsed = assembler.parseWat('poll-machine.wat', readFileSync(SOURCE, 'utf8'), { multi_value: true });
  const { buffer } = parsed.toBinary({});
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(buffer));
  return exports as unknown as HandMachine; // what the text above exports
}
