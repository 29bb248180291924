/** yield* over generators, arrays, strings and guest iterators, with values, errors and returns passing through. */
interface Tree {
  readonly value: string;
  readonly children: readonly Tree[];
}

const leaf = (value: string, ...children: Tree[]): Tree => ({ value, children });

function* walk(tree: Tree, depth = 0): Generator<string, number> {
  yield '  '.repeat(depth) + tree.value;
  let count = 1;
  for (const child of tree.children) count += yield* walk(child, depth + 1);
  return count;
}

function* inner(): Generator<string, string, string> {
  try {
    const a = yield 'one';
    console.log('inner got', a);
    const b = yield 'two';
    console.log('inner got', b);
    return 'inner result';
  } catch (error) {
    console.log('inner caught', String(error));
    return 'recovered';
  } finally {
    console.log('inner finally');
  }
}

function* outer(): Generator<string, string, string> {
  try {
    const result = yield* inner();
    console.log('outer got', result);
    yield* ['x', 'y'];
    yield* 'hé';
    return yield* inner();
  } finally {
    console.log('outer finally');
  }
}

const guest = {
  [Symbol.iterator]() {
    let at = 0;
    return {
      next(v?: unknown) {
        console.log('next', v);
        return at < 3 ? { value: at++, done: false } : { value: 'guest done', done: true };
      },
      return(v?: unknown) {
        console.log('return', v);
        return { value: 'closed', done: true };
      },
    };
  },
};

function* overGuest(): Generator<unknown, unknown, unknown> {
  const result = yield* guest as Iterable<unknown>;
  return `guest gave ${String(result)}`;
}

export async function main(): Promise<unknown> {
  const tree = leaf('root', leaf('a', leaf('a1'), leaf('a2')), leaf('b'));
  const lines: string[] = [];
  const w = walk(tree);
  let step = w.next();
  while (!step.done) {
    lines.push(step.value);
    step = w.next();
  }
  console.log(lines.join('\n'), step.value);
  const o = outer();
  console.log(o.next('0'), o.next('1'), o.throw(new Error('in')), o.next('2'), o.next('3'), o.next('4'), o.next('5'));
  console.log(o.return('bye'), o.next('6'));
  const g = overGuest();
  console.log(g.next('a'), g.next('b'), g.return('c'), g.next('d'));
  const h = overGuest();
  h.next('a');
  try {
    h.throw(new Error('lost'));
  } catch (error) {
    console.log(String(error));
  }
  console.log([...overGuest()]);
  return [...walk(tree)].length;
}
