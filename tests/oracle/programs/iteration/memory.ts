/** Many short generators, each dropped half way or run to its end, and one that lives long. */
function* window(size: number): Generator<number[], void, number> {
  const kept: number[] = [];
  for (;;) {
    const value = yield [...kept];
    kept.push(value);
    if (kept.length > size) kept.shift();
  }
}

function* words(seed: number): Generator<string> {
  try {
    for (let i = 0; i < 5; i++) yield `${seed}:${'x'.repeat(i)}`;
  } finally {
    closed++;
  }
}

let closed = 0;

export async function main(): Promise<unknown> {
  const average = window(3);
  average.next();
  let length = 0;
  let last: number[] = [];
  for (let i = 0; i < 3000; i++) {
    for (const word of words(i)) {
      length += word.length;
      if (word.length > 4 + (i % 5)) break;
    }
    const dropped = words(i);
    length += String(dropped.next().value).length;
    last = average.next(i).value ?? [];
    if (i % 500 === 0) await null;
  }
  return { length, closed, last };
}
