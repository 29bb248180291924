/**
 * The order of promise jobs, awaits and timers is V8's, on random programs. A planted fault shows that a difference would
 * be seen. More programs: ORDER_PROGRAMS=5000 ORDER_SEED=1.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { OrderMachine, type MachineOptions } from './order-machine.js';
import { DEFERRED_COUNT, orderLogger, orderProgram, randomNumbers, showOrderValue, type Deferred } from './order-programs.js';

const PROGRAMS = Number(process.env['ORDER_PROGRAMS'] ?? 150);
const FIRST_SEED = Number(process.env['ORDER_SEED'] ?? 1);

let expected: (string[] | null)[];
beforeAll(() => {
  const script = fileURLToPath(new URL('./order-native.js', import.meta.url));
  expected = JSON.parse(execFileSync(process.execPath, [script, String(FIRST_SEED), String(PROGRAMS)], { encoding: 'utf8', maxBuffer: 1 << 30 }));
});

function guest(text: string, options: MachineOptions): string[] {
  const machine = new OrderMachine(options);
  const { rt } = machine;
  const logs: string[] = [];
  const log = orderLogger(logs);
  const deferred = Array.from({ length: DEFERRED_COUNT }, () => {
    const made: Partial<Deferred> = {};
    const promise = rt.create((res: unknown, rej: unknown) => void Object.assign(made, { res, rej }));
    promise.catch(() => {});
    return Object.assign(made, { p: promise });
  });
  const names = deferred.map((_, i) => `d${i}`);
  const main = new Function('rt', 'log', 'S', ...names, `${text}return f0;`)(rt, log, showOrderValue, ...deferred);
  rt.start(main).then((value: unknown) => log(`RES:${showOrderValue(value)}`), (error: unknown) => log(`REJ:${showOrderValue(error)}`));
  machine.finish();
  return logs;
}

/** The smallest programs whose guest trace differs from V8's. */
function mismatches(count: number, options: (seed: number) => MachineOptions): string[] {
  const wrong: string[] = [];
  expected.slice(0, count).forEach((trace, i) => {
    if (trace === null) return;
    const seed = FIRST_SEED + i;
    const program = orderProgram(seed);
    let actual: string[];
    try {
      actual = guest(program.guest, options(seed));
    } catch (error) {
      actual = [String(error instanceof Error ? error.stack : error)];
    }
    if (trace.join(' ') !== actual.join(' ')) wrong.push(`seed ${seed}\n${program.typed}\n${trace.join(' ')}\n${actual.join(' ')}`);
  });
  return wrong.sort((a, b) => a.length - b.length).slice(0, 3);
}

describe('order on random programs', () => {
  test('most programs are short enough to count', () => {
    expect(expected.filter((trace) => trace !== null).length).toBeGreaterThan(PROGRAMS * 0.9);
  });

  test('is that of V8', () => {
    expect(mismatches(PROGRAMS, () => ({}))).toEqual([]);
  });

  test('is that of V8 when slices end at random loop heads', () => {
    const options = (seed: number): MachineOptions => {
      const random = randomNumbers(seed + 77);
      return { endsSlice: () => random() < 0.5 };
    };
    expect(mismatches(PROGRAMS, options)).toEqual([]);
  });

  test('a planted fault shows: awaits that overtake waiting jobs', () => {
    expect(mismatches(100, () => ({ fault: 'overtake' }))).not.toEqual([]);
  });
});
