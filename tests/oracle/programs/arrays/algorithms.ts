function sieve(n: number): number[] {
  const composite: boolean[] = new Array(n + 1).fill(false);
  const primes: number[] = [];
  for (let i = 2; i <= n; i++) {
    if (composite[i]) continue;
    primes.push(i);
    for (let j = i * i; j <= n; j += i) composite[j] = true;
  }
  return primes;
}
function quicksort(xs: number[]): number[] {
  if (xs.length < 2) return xs;
  const [pivot, ...rest] = xs as [number, ...number[]];
  return [...quicksort(rest.filter((x) => x < pivot)), pivot, ...quicksort(rest.filter((x) => x >= pivot))];
}
function binarySearch(xs: readonly number[], x: number): number {
  let lo = 0, hi = xs.length - 1;
  while (lo <= hi) {
    const mid = (lo + hi) >> 1;
    if (xs[mid] === x) return mid;
    if (xs[mid]! < x) lo = mid + 1; else hi = mid - 1;
  }
  return -1;
}
const matmul = (a: number[][], b: number[][]) => a.map((row) => b[0]!.map((_, j) => row.reduce((s, x, k) => s + x * b[k]![j]!, 0)));
export async function main() {
  const primes = sieve(200);
  console.log(primes.length, primes.slice(-3), binarySearch(primes, 97), binarySearch(primes, 98));
  const shuffled = primes.map((p, i) => (p * 7919 + i) % 211);
  console.log(quicksort(shuffled).slice(0, 10));
  return matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]);
}
