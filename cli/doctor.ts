/** `brolga doctor`: checks what brolga needs of this machine, one line a fact, and says what to do about a bad one. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { LIMITS } from '../executor/limits.js';
import { defaultWorkers } from '../workers/jit.js';

interface Finding {
  readonly good: boolean;
  readonly fact: string;
  readonly advice?: string;
}

const PAGES_PER_MEBIBYTE = 16;

const CHECKS: readonly (() => Finding)[] = [nodeVersion, sharedMemory, addressSpace, cores];

export async function doctor(): Promise<number> {
  const findings = CHECKS.map((check) => check());
  for (const { good, fact, advice } of findings) {
    process.stdout.write(`${good ? 'ok ' : 'BAD'}  ${fact}${advice === undefined ? '' : `\n     ${advice}`}\n`);
  }
  return findings.every(({ good }) => good) ? 0 : 1;
}

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const good = major >= 20;
  return { good, fact: `Node ${process.versions.node} (V8 ${process.versions.v8})`, ...(!good && { advice: 'brolga needs Node 20 or later' }) };
}

function sharedMemory(): Finding {
  const mebibytes = LIMITS.arenaMiB.default;
  try {
    const pages = mebibytes * PAGES_PER_MEBIBYTE;
    new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    return { good: true, fact: `a shared memory of ${mebibytes} MiB can be reserved` };
  } catch (error) {
    return {
      good: false,
      fact: `no shared memory of ${mebibytes} MiB: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'raise `ulimit -v`: each arena reserves 8 to 10 GiB of address space and uses what it touches',
    };
  }
}

function addressSpace(): Finding {
  const limit = spawnSync('sh', ['-c', 'ulimit -v'], { encoding: 'utf8' }).stdout?.trim() ?? 'unknown';
  const good = limit === 'unlimited' || limit === 'unknown' || Number(limit) > 16 * 2 ** 20;
  return { good, fact: `address space: ${limit}`, ...(!good && { advice: 'raise `ulimit -v` to 16 GiB or more' }) };
}

function cores(): Finding {
  const count = availableParallelism();
  return { good: true, fact: `${count} ${count === 1 ? 'core' : 'cores'}: a pool has ${defaultWorkers()} by default` };
}
