type Tree = { value: number; left?: Tree | undefined; right?: Tree | undefined };
const insert = (t: Tree | undefined, value: number): Tree => !t ? { value } : value < t.value ? { ...t, left: insert(t.left, value) } : { ...t, right: insert(t.right, value) };
const depth = (t?: Tree): number => (t ? 1 + Math.max(depth(t.left), depth(t.right)) : 0);
function walk(t: Tree | undefined, visit: (n: number, level: number) => void, level = 0): void {
  if (!t) return;
  walk(t.left, visit, level + 1);
  visit(t.value, level);
  walk(t.right, visit, level + 1);
}
const permutations = <T>(xs: readonly T[]): T[][] => xs.length < 2 ? [[...xs]] : xs.flatMap((x, i) => permutations([...xs.slice(0, i), ...xs.slice(i + 1)]).map((p) => [x, ...p]));
const subsets = <T>([head, ...tail]: T[]): T[][] => head === undefined ? [[]] : subsets(tail).flatMap((s) => [s, [head, ...s]]);
const hanoi = (n: number, from = 'A', to = 'C', via = 'B'): string[] => (n ? [...hanoi(n - 1, from, via, to), `${from}${to}`, ...hanoi(n - 1, via, to, from)] : []);
const ackermann = (m: number, n: number): number => (m === 0 ? n + 1 : n === 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)));
const isEven = (n: number): boolean => n === 0 || isOdd(n - 1);
const isOdd = (n: number): boolean => n !== 0 && isEven(n - 1);
const queens = (n: number): number => {
  const place = (row: number, cols: number, d1: number, d2: number): number => {
    if (row === n) return 1;
    let count = 0;
    for (let c = 0; c < n; c++) {
      const bits = [1 << c, 1 << (row + c), 1 << (row - c + n)] as const;
      if (cols & bits[0] || d1 & bits[1] || d2 & bits[2]) continue;
      count += place(row + 1, cols | bits[0], d1 | bits[1], d2 | bits[2]);
    }
    return count;
  };
  return place(0, 0, 0, 0);
};
const deepAsync = async (n: number): Promise<number> => (n === 0 ? 0 : 1 + (await deepAsync(n - 1)));
export async function main() {
  const tree = [5, 2, 8, 1, 9, 3].reduce<Tree | undefined>(insert, undefined);
  const seen: string[] = [];
  walk(tree, (n, level) => seen.push(`${n}@${level}`));
  console.log(seen, depth(tree), tree);
  console.log(permutations(['a', 'b', 'c']).map((p) => p.join('')), subsets([1, 2, 3]), hanoi(3).join(' '), ackermann(2, 3), isEven(1000), queens(6));
  const sumDigits = (n: number): number => (n < 10 ? n : n % 10 + sumDigits(Math.floor(n / 10)));
  const flat = (x: any): number[] => (Array.isArray(x) ? x.flatMap(flat) : [x]);
  return [sumDigits(987654), flat([1, [2, [3, [4]], 5]]), await deepAsync(500), isOdd(1500)];
}
