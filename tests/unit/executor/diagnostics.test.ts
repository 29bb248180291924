import { beforeAll, expect, test } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Artifact } from '../../../jit/artifact.js';
import { systemClock } from '../../../executor/clock.js';
import { InlineExecutor } from '../../../executor/inline.js';
import { DEFAULT_LIMITS } from '../../../executor/limits.js';
import { ENTRY, jsonCodec, testEngine, watArtifact } from './wat-guest.js';

let artifact: Artifact;
beforeAll(async () => {
  artifact = await watArtifact();
});

test('brolga:spawn and brolga:done tell of each task once, its polls and its error', async () => {
  const limits = { ...DEFAULT_LIMITS, arenaMiB: 32, tasks: 10 };
  const executor = new InlineExecutor({ limits, image: () => undefined, codec: jsonCodec, clock: systemClock, drawFrame: () => '' }, testEngine);
  const program = executor.load(artifact, [async () => null]);
  const seen: unknown[] = [];
  const listener = (event: unknown, name: string | symbol): void => void seen.push([name, event]);
  for (const name of ['brolga:spawn', 'brolga:done']) subscribe(name, listener);
  try {
    for (const entry of [ENTRY.ready, ENTRY.deadlock]) {
      const run = executor.start(program, entry, [], { limits });
      await run.result.catch(() => undefined);
      await run.finished.catch(() => undefined);
    }
  } finally {
    for (const name of ['brolga:spawn', 'brolga:done']) unsubscribe(name, listener);
  }
  await executor.start(program, ENTRY.echo, [], { limits }).result;
  const task = { task: 0, program: program.id };
  expect(seen).toEqual([
    ['brolga:spawn', { ...task, generation: 0, session: false }],
    ['brolga:done', { ...task, generation: 0, polls: 4, milliseconds: expect.any(Number), error: undefined }],
    ['brolga:spawn', { ...task, generation: 1, session: false }],
    ['brolga:done', { ...task, generation: 1, polls: 1, milliseconds: expect.any(Number), error: expect.objectContaining({ code: 'DEADLOCK' }) }],
  ]);
  await executor.close();
});
