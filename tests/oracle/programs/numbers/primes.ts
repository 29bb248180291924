const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const lcm = (...xs: number[]): number => xs.reduce((a, b) => (a / gcd(a, b)) * b, 1);
function sieve(limit: number): number[] {
  const composite = new Array<boolean>(limit + 1).fill(false);
  const primes: number[] = [];
  outer: for (let i = 2; ; i++) {
    while (composite[i]) if (++i > limit) break outer;
    if (i > limit) break;
    primes.push(i);
    for (let j = i * i; j <= limit; j += i) composite[j] = true;
  }
  return primes;
}
function factors(n: number): [prime: number, power: number][] {
  const out: [number, number][] = [];
  for (let p = 2; p * p <= n; p++) {
    let power = 0;
    while (n % p === 0) { n /= p; power++; }
    if (power) out.push([p, power]);
  }
  return n > 1 ? [...out, [n, 1]] : out;
}
const collatz = (n: number): number => { let steps = 0; for (; n !== 1; n = n % 2 ? 3 * n + 1 : n / 2, steps++); return steps; };
function modPow(base: number, exponent: number, modulus: number): number {
  let result = 1;
  for (base %= modulus; exponent > 0; exponent = Math.floor(exponent / 2), base = (base * base) % modulus) if (exponent % 2 === 1) result = (result * base) % modulus;
  return result;
}
export async function main() {
  const primes = sieve(100);
  console.log(primes, primes.length, gcd(1071, 462), lcm(4, 6, 10), factors(360), factors(9_999_991), collatz(27), modPow(3, 200, 1000007));
  const perfect: number[] = [];
  for (let n = 2; n < 500; n++) {
    let sum = 1;
    for (let d = 2; d * d <= n; d++) { if (n % d) continue; sum += d; if (d * d !== n) sum += n / d; }
    if (sum === n) perfect.push(n);
  }
  let a = 0, b = 1;
  const fibonacci: number[] = [];
  do { fibonacci.push(a); [a, b] = [b, a + b]; } while (a < 1000);
  return { perfect, fibonacci, sum: sieve(10000).reduce((x, y) => x + y) };
}
