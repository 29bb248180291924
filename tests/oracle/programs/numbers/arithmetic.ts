export async function main() {
  const xs = [0, -0, 1, -1, 0.1, 1.5, -2.5, 1e21, 1e-7, 123456789.123, 2 ** 31, 2 ** 53, NaN, Infinity, -Infinity];
  for (const a of xs) {
    console.log(a, a + 1, a - 0.1, a * 3, a / 7, a % 3, -a, +a, a ** 2);
    console.log(a | 0, a & 255, a ^ 1, ~a, a << 3, a >> 1, a >>> 1);
    console.log(a < 1, a <= 1, a > 1, a >= 1, a === 1, a !== 1);
  }
  return 0.1 + 0.2;
}
