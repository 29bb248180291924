import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Artifact } from '../../../jit/artifact.js';
import { createJitWith, type Jit, type JitOptions } from '../../../workers/jit.js';
import type { Program } from '../../../workers/program.js';
import { watArtifact } from '../executor/wat-guest.js';

let artifact: Artifact;
beforeAll(async () => {
  artifact = await watArtifact();
});

async function withJit(options: JitOptions, use: (program: Program, jit: Jit) => Promise<void>): Promise<void> {
  const jit = await createJitWith({ limits: { arenaMiB: 64, tasks: 1000 }, ...options }, async () => () => artifact);
  try {
    await use(await jit.compile('source', { host: { host: async (...args: unknown[]) => ({ args }) } }), jit);
  } finally {
    await jit.close();
  }
}

const values = [1.5, -0, NaN, 'text', 'ünï', null, true, [1, [2]], { a: { b: 'c' } }, new Map([[1, 'x']]), new Date(0), new Set(['x'])];

describe.each([['pool'], ['inline']] as const)('a jit on %s', (executor) => {
  const options = { executor, workers: 1 };

  test('carries values to the guest and back unchanged', () =>
    withJit(options, async (program) => {
      expect(await program.call('echo', values)).toEqual(values);
    }));

  test('calls host functions', () =>
    withJit(options, async (program) => {
      expect(await program.call('host', [1, 'two'])).toEqual({ args: [1, 'two'] });
    }));

  test('limits of a call are its own', () =>
    withJit(options, async (program) => {
      await expect(program.call('spin', [], { fuel: 1000 })).rejects.toMatchObject({ code: 'FUEL_EXHAUSTED', value: 1000 });
      await expect(program.call('sleepLong', [], { timeoutMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT', value: 20 });
    }));

  test('a signal that fired before the call starts nothing', () =>
    withJit(options, async (program, jit) => {
      await expect(program.call('echo', [], { signal: AbortSignal.abort('early') })).rejects.toMatchObject({ code: 'CANCELLED', cause: 'early' });
      expect(jit.stats().tasksStarted).toBe(0);
    }));

  test('arguments that are no data are refused with their path', () =>
    withJit(options, async (program, jit) => {
      await expect(program.call('echo', [{ f: () => 1 }])).rejects.toMatchObject({ code: 'HOST_TYPE' });
      expect(jit.stats().tasksStarted).toBe(0);
    }));

  test('mistakes in options are told', () =>
    withJit(options, async (program) => {
      await expect(program.call('nothing')).rejects.toMatchObject({ code: 'OPTION' });
      await expect(program.call('echo', [], { fuel: -1 })).rejects.toMatchObject({ code: 'OPTION' });
    }));

  test('a host function that is missing, or only inherited, fails the compile', () =>
    withJit(options, async (_program, jit) => {
      const inherited = { ...artifact, hostFunctions: [{ name: 'toString', result: { kind: 'any' } as const, location: { file: 0, offset: 0 } }] };
      expect(() => jit.load(inherited)).toThrow(expect.objectContaining({ code: 'UNKNOWN_HOST_FUNCTION', line: 1, column: 1 }));
      await expect(jit.compile('source')).rejects.toMatchObject({ code: 'UNKNOWN_HOST_FUNCTION' });
    }));

  test('an artifact of another ABI version is refused', () =>
    withJit(options, async (_program, jit) => {
      expect(() => jit.load({ ...artifact, abiVersion: 999 })).toThrow(expect.objectContaining({ code: 'UNKNOWN_HOST_FUNCTION' }));
      expect(() => jit.load({ ...artifact, abiVersion: 999 }, { host: { host: async () => 1 } })).toThrow(expect.objectContaining({ code: 'ABI_MISMATCH' }));
    }));

  test('a disposed program gives its memory back when its tasks have ended', () =>
    withJit({ ...options, limits: { arenaMiB: 32, tasks: 10 } }, async (_program, jit) => {
      const big = { ...artifact, data: { bytes: new Uint8Array(8 * 2 ** 20), align: 16, relocations: [] } };
      const host = { host: async () => 1 };
      for (let round = 0; round < 6; round++) {
        const program = jit.load(big, { host });
        const running = program.call('sleep');
        program.dispose();
        await expect(program.call('echo')).rejects.toMatchObject({ code: 'STALE_HANDLE' });
        expect(await running).toBe(undefined);
      }
    }));

  test('await using closes it', async () => {
    const jit = await createJitWith({ ...options, limits: { arenaMiB: 64, tasks: 10 } }, async () => () => artifact);
    await jit[Symbol.asyncDispose]();
    await expect(jit.compile('source')).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('the process of an embedder', () => {
  const run = (body: string): Promise<{ stdout: string }> =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', `
      import { createJitWith } from ${JSON.stringify(new URL('../../../workers/jit.js', import.meta.url).href)};
      import { watArtifact } from ${JSON.stringify(new URL('../executor/wat-guest.js', import.meta.url).href)};
      const artifact = await watArtifact();
      const jit = await createJitWith({ workers: 2, limits: { arenaMiB: 64 } }, async () => () => artifact);
      const program = jit.load(artifact, { host: { host: async () => 1 } });
      ${body}`], { timeout: 30_000 });

  test('ends by itself when the jit is idle, closed or not', async () => {
    const [open, closed] = await Promise.all([
      run(`console.log(await program.call('echo', [7]));`),
      run(`console.log(await program.call('echo', [7])); await jit.close();`),
    ]);
    expect([open.stdout, closed.stdout]).toEqual(['[ 7 ]\n', '[ 7 ]\n']);
  });

  test('is held by a task that runs', async () => {
    expect((await run(`program.call('sleep').then(() => console.log('slept'));`)).stdout).toBe('slept\n');
  });

  test('nothing ticks and no worker runs while every task waits', async () => {
    const { stdout } = await run(`
      const runs = Array.from({ length: 100 }, () => program.start('sleepLong'));
      for (const run of runs) run.result.catch(() => undefined);
      const pool = jit.executor;
      // The tick ends when all workers are parked.
      while (jit.stats().polls < 100 || pool.ticker.interval) await new Promise(setImmediate);
      const { polls, parks } = jit.stats();
      for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
      console.log(polls, jit.stats().parks === parks, process.getActiveResourcesInfo().filter((each) => each === 'Immediate').length);
      await jit.close();`);
    expect(stdout).toBe('100 true 0\n');
  });
});
