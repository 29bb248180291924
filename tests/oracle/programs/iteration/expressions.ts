/** yield in every place where an expression may stand, beside values that live across it. */
function* places(): Generator<string, unknown, number> {
  const list = [yield 'first', yield 'second'];
  const sum = (yield 'left') + (yield 'right') * 2;
  const object = { a: yield 'a', [`k${yield 'key'}`]: yield 'value' };
  const chosen = (yield 'test') > 1 ? yield 'yes' : yield 'no';
  let count = 0;
  while ((yield 'while') > count) count++;
  for (let i = yield 'from'; i < (yield 'to'); i++) count += i;
  const text = `${yield 'text'}-${Math.max(yield 'x', yield 'y')}`;
  switch (yield 'switch') {
    case 1:
      count += 100;
      break;
    default:
      count -= yield 'default';
  }
  const add = (a: number, b: number): number => a + b;
  list.push(add(yield 'p', yield 'q'));
  count += yield 'compound';
  const [d = yield 'default of a pattern'] = [] as number[];
  const last = (yield 'and') && (yield 'reached');
  return { list, sum, object, chosen, count, text, d, last };
}

export function main(): unknown {
  const runs: unknown[] = [];
  for (const answers of [[1], [2, 0, 3], [5, 1]]) {
    const g = places();
    const asked: string[] = [];
    let step = g.next(0);
    for (let i = 0; !step.done && i < 60; i++) {
      asked.push(step.value);
      step = g.next(answers[i % answers.length]!);
    }
    runs.push(asked.join(), step.value);
  }
  return runs;
}
