/**
 * meter, stack-check and spill: what they count, where they count it, and that functions that need not pay do not.
 */
import { describe, expect, test } from '@jest/globals';
import type { IrModule } from '../../../ir/function.js';
import { TAG, TRAP } from '../../../jit/abi.js';
import { findCallFacts } from '../../../jit/passes/call-facts.js';
import { createContext, type Pass } from '../../../jit/passes/context.js';
import { meter } from '../../../jit/passes/meter.js';
import { spill } from '../../../jit/passes/spill.js';
import { checkStack } from '../../../jit/passes/stack-check.js';
import { check, moduleOf } from './drive.js';
import { GuestTrap, Machine, type HostFunction, type Word } from './machine.js';

function through(text: string, ...passes: Pass[]): IrModule {
  const module = moduleOf(text);
  check(module);
  const context = createContext(module);
  for (const pass of passes) for (const func of [...module.functions.values()]) pass(func, context);
  check(module);
  return module;
}

const uses = (module: IrModule, name: string, symbol: string): number =>
  (module.functions.get(name)?.blocks ?? []).reduce(
    (count, block) => count + (block?.instructions.filter(({ immediates }) => immediates[0] === symbol).length ?? 0),
    0,
  );

const COUNT = `func f(i32) -> i32 {
block0(v0: i32):
  v1 = i32.const 0
  jump block1(v0)
block1(v2: i32):
  v3 = i32.const 1
  v4 = i32.sub v2, v3
  brif v4, block1(v4), block2
block2:
  return v1
}
`;

describe('meter', () => {
  /** Fuel that a run of `f` uses. */
  function fuelFor(module: IrModule, argument: number): number {
    const machine = new Machine(module, {});
    machine.globals.set('fuel', 1_000_000n).set('stack', 1_000_000);
    machine.call('f', [argument]);
    return 1_000_000 - Number(machine.globals.get('fuel'));
  }

  test('a loop pays for each turn', () => {
    const module = through(COUNT, meter);
    const [once, tenTimes, thousandTimes] = [fuelFor(module, 1), fuelFor(module, 10), fuelFor(module, 1000)];
    expect(once).toBe(0);
    expect(thousandTimes / tenTimes).toBeCloseTo(999 / 9);
  });

  test('the slow path runs when fuel falls below zero, and refills it', () => {
    const module = through(COUNT, meter);
    let slow = 0;
    const machine: Machine = new Machine(module, {
      fuel_slow: () => {
        slow++;
        machine.globals.set('fuel', 10n);
        return [];
      },
    });
    machine.globals.set('fuel', 10n).set('stack', 1_000_000);
    machine.call('f', [1000]);
    expect(slow).toBeGreaterThan(10);
  });

  test('code that cannot repeat pays nothing by itself; its caller in a loop pays for it', () => {
    const callee = (work: number): string =>
      `func g(i32) -> i32 {\nblock0(v0: i32):\n${Array.from({ length: work }, (_, index) => `  v${index + 1} = i32.add v${index}, v0`).join('\n')}\n  return v${work}\n}\n`;
    const caller = COUNT.replace('v4 = i32.sub v2, v3', 'v4 = i32.sub v2, v3\n  v9 = call g(v4)');
    const small = through(caller + callee(160), meter);
    expect(uses(small, 'g', 'fuel')).toBe(0);
    // 160 instructions a turn are ten units of fuel.
    expect(fuelFor(small, 100) - fuelFor(through(COUNT, meter), 100)).toBeGreaterThanOrEqual(99 * 10 - 99);
    expect(uses(through(caller + callee(1000), meter), 'g', 'fuel')).toBe(2);
  });

  test('recursion and functions whose address is taken pay at entry', () => {
    const text = `func f(i32) -> i32 {
block0(v0: i32):
  v1 = call f(v0)
  v2 = func.index g
  return v2
}
func g() {
block0:
  return
}
func h() {
block0:
  return
}
`;
    const module = through(text, meter);
    expect(['f', 'g', 'h'].map((name) => uses(module, name, 'fuel'))).toEqual([2, 2, 0]);
  });

  test('what the slow path calls does not pay', () => {
    const text = `func fuel_slow() {\nblock0:\n  call helper()\n  return\n}\nfunc helper() {\nblock0:\n  jump block1\nblock1:\n  jump block1\n}\n`;
    expect(uses(through(text, meter), 'helper', 'fuel')).toBe(0);
  });
});

describe('stack-check', () => {
  const RECURSIVE = `func f(i32) -> i32 {
block0(v0: i32):
  brif v0, block1, block2
block1:
  v1 = i32.const 1
  v2 = i32.sub v0, v1
  v3 = call f(v2)
  v4 = i32.add v3, v1
  return v4
block2:
  return v0
}
`;

  function run(module: IrModule, depth: number, stack: number): Machine {
    const machine = new Machine(module, {});
    machine.globals.set('stack', stack);
    expect(machine.call('f', [depth])).toEqual([depth]);
    return machine;
  }

  test('a function that calls itself takes stack and gives it back', () => {
    expect(run(through(RECURSIVE, checkStack), 50, 100_000).globals.get('stack')).toBe(100_000);
  });

  test('too deep a recursion ends in the trap', () => {
    const module = through(RECURSIVE, checkStack);
    const machine = new Machine(module, {});
    machine.globals.set('stack', 10_000);
    expect(() => machine.call('f', [1000])).toThrow(new GuestTrap(TRAP.stack));
  });

  test('12,000 small activations fit into 3 MB', () => {
    const context = createContext(moduleOf(RECURSIVE));
    const func = context.module.functions.get('f');
    if (func) checkStack(func, context);
    expect((context.frameBytes.get('f') ?? Infinity) * 12_000).toBeLessThan(3_000_000);
  });

  test('recursion through an indirect call counts; leaves and callers outside of the circle do not', () => {
    const text = `func outer() {
block0:
  v0 = func.index entry
  call inner(v0)
  return
}
func entry(i32) {
block0(v0: i32):
  call inner(v0)
  call leaf()
  return
}
func inner(i32) {
block0(v0: i32):
  call_indirect v0(v0): (i32) -> ()
  return
}
func leaf() {
block0:
  return
}
`;
    const module = through(text, checkStack);
    expect(['outer', 'entry', 'inner', 'leaf'].map((name) => uses(module, name, 'stack') > 0)).toEqual([false, true, true, false]);
    expect([...findCallFacts(module).recursive]).toEqual([]);
  });
});

describe('spill', () => {
  const TEXT = `func f(val, ref, i32) -> val {
block0(v0: val, v1: ref, v2: i32):
  v3 = call leaf(v2)
  v4 = call alloc(v2, v1)
  brif v3, block1, block2
block1:
  v5 = call alloc(v2, v1)
  v6 = val.box 0xfffa v4
  v7 = ref.eq v5, v1
  v8 = select v0, v6, v7
  return v8
block2:
  return v0
}
func alloc(i32, ref) -> ref {
block0(v0: i32, v1: ref):
  return v1
}
func leaf(i32) -> i32 {
block0(v0: i32):
  return v0
}
`;

  test('what lives across an allocation stands on the shadow stack, and nothing else', () => {
    const module = through(TEXT, spill);
    const seen: Word[][] = [];
    let base = 0;
    const allocations: HostFunction = () => {
      const top = Number(machine.globals.get('shadow'));
      seen.push(Array.from({ length: (top - base) / 8 }, (_, index) => BigInt.asUintN(64, machine.view.getBigInt64(base + index * 8, true))));
      return [7000 + seen.length];
    };
    const machine: Machine = new Machine(module, { alloc: allocations });
    base = machine.allocate(1000);
    machine.globals.set('shadow', base).set('shadowLimit', base + 1000);
    machine.call('f', [5n, 4096, 1]);
    const box = (address: number): bigint => (BigInt(TAG.object) << 48n) | BigInt(address);
    expect(seen.map((slots) => new Set(slots))).toEqual([
      new Set([5n, box(4096), 0n]),
      new Set([5n, box(4096), box(7001)]),
    ]);
    expect(machine.globals.get('shadow')).toBe(base);
  });

  test('functions that cannot lose anything take no slots', () => {
    const module = through(TEXT, spill);
    expect(['alloc', 'leaf'].map((name) => uses(module, name, 'shadow'))).toEqual([0, 0]);
  });
});
