/** Walks of trees and graphs with yield*: in order, by level, all permutations, early stops. */
interface Node<T> {
  readonly value: T;
  readonly left?: Node<T>;
  readonly right?: Node<T>;
}

function insert(node: Node<number> | undefined, value: number): Node<number> {
  if (!node) return { value };
  return value < node.value ? { ...node, left: insert(node.left, value) } : { ...node, right: insert(node.right, value) };
}

function* inOrder<T>(node?: Node<T>): Generator<T, number, undefined> {
  if (!node) return 0;
  const left = yield* inOrder(node.left);
  yield node.value;
  const right = yield* inOrder(node.right);
  return 1 + Math.max(left, right);
}

function* byLevel<T>(root: Node<T>): Generator<T[]> {
  let level: Node<T>[] = [root];
  while (level.length > 0) {
    yield level.map((node) => node.value);
    level = level.flatMap(({ left, right }) => [left, right].filter((n): n is Node<T> => n !== undefined));
  }
}

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length < 2) {
    yield [...items];
    return;
  }
  for (let i = 0; i < items.length; i++) {
    for (const rest of permutations([...items.slice(0, i), ...items.slice(i + 1)])) yield [items[i]!, ...rest];
  }
}

function* reachable(graph: Record<string, string[]>, from: string, seen = new Set<string>()): Generator<string> {
  if (seen.has(from)) return;
  seen.add(from);
  yield from;
  for (const to of graph[from] ?? []) yield* reachable(graph, to, seen);
}

export function main(): unknown {
  let root: Node<number> | undefined;
  for (const n of [50, 30, 70, 20, 40, 60, 80, 10]) root = insert(root, n);
  const sorted = [...inOrder(root)];
  const walk = inOrder(root);
  let depth = 0;
  for (let step = walk.next(); ; step = walk.next()) {
    if (step.done) {
      depth = step.value;
      break;
    }
  }
  const firstOver = (limit: number): number | undefined => {
    for (const n of inOrder(root)) if (n > limit) return n;
    return undefined;
  };
  const levels = root ? [...byLevel(root)] : [];
  const perms = Array.from(permutations(['a', 'b', 'c']), (p) => p.join(''));
  let count = 0;
  for (const _ of permutations([1, 2, 3, 4, 5])) count++;
  const graph = { a: ['b', 'c'], b: ['d'], c: ['d', 'a'], d: [], e: ['a'] };
  return { sorted, depth, over: [firstOver(45), firstOver(99)], levels, perms, count, reach: [...reachable(graph, 'a')] };
}
