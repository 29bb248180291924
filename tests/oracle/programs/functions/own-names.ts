// The name of a function expression is a value in its own code: retries, walkers, listeners that take themselves off.
type Listener = (n: number) => void;
class Signal {
  readonly listeners = new Set<Listener>();
  on(listener: Listener): void { this.listeners.add(listener); }
  emit(n: number): void { for (const listener of [...this.listeners]) listener(n); }
}
interface Tree { readonly value: number; readonly kids: readonly Tree[] }

function walker(log: string[]): (tree: Tree) => void {
  return function visit(tree: Tree): void {
    log.push(`${tree.value}`);
    tree.kids.forEach(visit);
  };
}

export async function main() {
  const signal = new Signal();
  const seen: number[] = [];
  signal.on(function once(n) {
    seen.push(n);
    signal.listeners.delete(once);
  });
  signal.on(function everyTime(n) { seen.push(n * 10); });
  signal.emit(1);
  signal.emit(2);
  console.log(seen, signal);
  const log: string[] = [];
  walker(log)({ value: 1, kids: [{ value: 2, kids: [{ value: 3, kids: [] }] }, { value: 4, kids: [] }] });
  console.log(log.join(' '));
  const result = await new Promise<string>((resolve) => {
    let left = 3;
    setTimeout(function again() {
      left -= 1;
      if (left === 0) resolve(`${again.name} ${again.length}`);
      else setTimeout(again, 1);
    }, 1);
  });
  const fib = function fib(n: number, memo = new Map<number, number>()): number {
    const known = memo.get(n);
    if (known !== undefined) return known;
    const made = n < 2 ? n : fib(n - 1, memo) + fib(n - 2, memo);
    memo.set(n, made);
    return made;
  };
  const makers = [1, 2, 3].map((k) => function me(): [number, unknown] { return [k, me]; });
  console.log(makers.map((make) => make()[0]), makers.every((make) => make()[1] === make), new Set(makers.map((make) => make()[1])).size);
  const gen = function* count(n: number): Generator<number> { if (n > 0) { yield n; yield* count(n - 1); } };
  console.log([...gen(4)], fib(60));
  const outer = { run: function run(depth: number): string { return depth === 0 ? typeof run : [depth - 1].map(run).join(); } };
  console.log(outer.run(2), outer);
  return result;
}
