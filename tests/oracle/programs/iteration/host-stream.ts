/** A bounded pool of host calls that gives its results as they come, by an async generator, with errors in the stream. */
declare function delay(ms: number, value: number): Promise<number>;
declare function failAfter(ms: number, message: string): Promise<never>;

type Outcome = { ok: true; value: number } | { ok: false; reason: string };

async function* pooled(limit: number, jobs: Iterable<() => Promise<number>>): AsyncGenerator<Outcome, number, undefined> {
  const running = new Set<Promise<Outcome>>();
  let count = 0;
  const start = (job: () => Promise<number>): void => {
    const settled: Promise<Outcome> = job()
      .then(
        (value): Outcome => ({ ok: true, value }),
        (error: Error): Outcome => ({ ok: false, reason: error.message }),
      )
      .finally(() => running.delete(settled));
    running.add(settled);
  };
  for (const job of jobs) {
    count++;
    start(job);
    if (running.size >= limit) yield Promise.race(running);
  }
  while (running.size > 0) yield Promise.race(running);
  return count;
}

function* jobs(): Generator<() => Promise<number>> {
  for (const ms of [40, 240, 80]) {
    console.log('starts', ms);
    yield () => delay(ms, ms);
  }
  yield () => failAfter(40, 'failed');
}

export async function main(): Promise<unknown> {
  const outcomes: Outcome[] = [];
  const stream = pooled(2, jobs());
  let total = 0;
  for (let step = await stream.next(); ; step = await stream.next()) {
    if (step.done) {
      total = step.value;
      break;
    }
    outcomes.push(step.value);
  }
  return { outcomes, total };
}
