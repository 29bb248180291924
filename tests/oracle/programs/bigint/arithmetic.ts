const attempt = (run: () => unknown): string => {
  try {
    return String(run());
  } catch (error) {
    return String(error);
  }
};

function factorial(n: bigint): bigint {
  return n < 2n ? 1n : n * factorial(n - 1n);
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) if (e & 1n) result = (result * b) % modulus;
  return result;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function isqrt(n: bigint): bigint {
  let x = n;
  let y = (x + 1n) / 2n;
  while (y < x) [x, y] = [y, (y + n / y) / 2n];
  return x;
}

export async function main() {
  console.log(factorial(30n), factorial(50n).toString().length, 2n ** 127n - 1n, (-7n) / 2n, -7n % 2n, 7n % -2n, (-2n) ** 3n, 0n ** 0n);
  console.log(modPow(3n, 2n ** 64n + 1n, 2n ** 89n - 1n), gcd(2n ** 40n * 81n, 6n ** 30n), isqrt(10n ** 60n), isqrt(2n * 10n ** 40n));
  const values = [0n, 1n, -1n, 255n, -256n, 2n ** 32n, -(2n ** 32n), 2n ** 64n - 1n, -(2n ** 64n) + 1n, 0x1234567890abcdefn, -12345678901234567890123456789n];
  for (const a of values) {
    console.log(a, -a, ~a, a << 5n, a >> 5n, a << -3n, a >> 40n, a >> 200n, a.toString(2).length, a.toString(36), Number(a), a === BigInt(a.toString()), !a);
    for (const b of values) console.log(a + b, a - b, a * b, b === 0n ? '-' : a / b, b ? a % b : '-', a & b, a | b, a ^ b, a < b, a >= b, a == b);
  }
  for (const bits of [0, 1, 7, 8, 32, 33, 64, 100]) console.log(bits, values.map((v) => BigInt.asIntN(bits, v)), values.map((v) => BigInt.asUintN(bits, v)));
  const one: any = 1n;
  const two: any = 2;
  console.log(one + 1n, one * 3n, two * 3, `${one}`, one + 'x', one == 1, one === 1, one < 1.5, 2n > 1, 1n == ('1' as any), 10n < ('9' as any), (one as bigint) > 0.5);
  console.log(attempt(() => one + two), attempt(() => one * two), attempt(() => one >>> one), attempt(() => 1n / 0n), attempt(() => 1n % 0n), attempt(() => 2n ** -1n).slice(0, 10));
  console.log(attempt(() => +one), attempt(() => Math.max(one, 2)), attempt(() => BigInt(1.5)), attempt(() => BigInt('1x')), attempt(() => BigInt(undefined as any)), attempt(() => (5n).toString(40)));
  console.log(BigInt(' 42 '), BigInt('0xff'), BigInt('0b101'), BigInt('-17'), BigInt(''), BigInt(true), BigInt(1e21), BigInt(Number.MAX_SAFE_INTEGER) + 2n, attempt(() => BigInt(NaN)), attempt(() => BigInt('-0x1')));
  console.log(Number(2n ** 53n + 1n), Number(2n ** 64n - 1n), Number(-(2n ** 100n) - 1n), Number(10n ** 400n), parseInt('12n'), (2n ** 1023n * 3n / 2n) > 1e308, Number(2n ** 70n + 2n ** 17n + 1n));
  let n = 5n;
  console.log(n++, n, ++n, n--, --n, (n += 10n), (n *= 2n), (n -= 1n), (n /= 3n), (n %= 4n), (n **= 5n), (n <<= 2n), (n >>= 1n), (n |= 1n), (n &= 7n), (n ^= 2n));
  const mixed: (number | bigint)[] = [3, 1n, 2];
  console.log(mixed.map((x) => (typeof x === 'bigint' ? x * 10n : x * 10)), 1_000_000n, 0xFFn, -0n, [1n, [2n]], { a: 1n }, structuredClone({ big: 2n ** 80n }));
  switch (n) {
    case 1n: return 'one';
    case n: return (1234567n).toLocaleString() + ' ' + (-1234n).toLocaleString() + ' ' + (12n).toString();
    default: return 'none';
  }
}
