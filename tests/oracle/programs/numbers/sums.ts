export async function main(n: number = 70000) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += i * i;
  let big = 2 ** 52;
  for (let i = 0; i < 10; i++) big += big / 3;
  let i = 0;
  let steps = 0;
  for (; i < 5; i += 0.7) { i = i + 0.5; steps++; }
  return { sum, big, i, steps, int: 2147483647 + 1, neg: -2147483648 - 1 };
}
