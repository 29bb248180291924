type Matrix = readonly (readonly number[])[];
const identity = (n: number): number[][] => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => +(i === j)));
const multiply = (a: Matrix, b: Matrix): number[][] => a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
const transpose = <T>(m: readonly (readonly T[])[]): T[][] => (m[0] ?? []).map((_, j) => m.map((row) => row[j]!));
function power(m: Matrix, n: number): Matrix {
  if (n === 0) return identity(m.length);
  const half = power(m, n >> 1);
  const squared = multiply(half, half);
  return n & 1 ? multiply(squared, m) : squared;
}
function spiral<T>(m: T[][]): T[] {
  const out: T[] = [];
  while (m.length) {
    out.push(...m.shift()!);
    m = transpose(m).reverse();
  }
  return out;
}
function determinant(m: Matrix): number {
  const [first, ...rest] = m;
  if (!first) return 1;
  return first.reduce((sum, x, j) => sum + (j % 2 ? -x : x) * determinant(rest.map((row) => [...row.slice(0, j), ...row.slice(j + 1)])), 0);
}
export async function main() {
  console.log(power([[1, 1], [1, 0]], 50), identity(3), transpose([['a', 'b', 'c'], ['d', 'e', 'f']]));
  console.log(spiral([[1, 2, 3], [8, 9, 4], [7, 6, 5]]), determinant([[2, -3, 1], [2, 0, -1], [1, 4, 5]]));
  const grid = new Array<number>(3).fill(0).map(() => new Array<string>(4).fill('.'));
  grid[1]![2] = '#';
  grid[2]!.fill('x', 1, 3);
  console.log(grid.map((r) => r.join('')).join('|'), grid.flat().indexOf('#'), grid.flat().filter((c) => c !== '.').length);
  const triangle: number[][] = [];
  for (let i = 0; i < 6; i++) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) row[j] = j === 0 || j === i ? 1 : triangle[i - 1]![j - 1]! + triangle[i - 1]![j]!;
    triangle.push(row);
  }
  return triangle;
}
