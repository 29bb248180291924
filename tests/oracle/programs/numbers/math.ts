export async function main() {
  const xs = [-2.5, -1.5, -0.5, 0, 0.5, 1.5, 2.5, 1e10];
  for (const x of xs) console.log(Math.floor(x), Math.ceil(x), Math.round(x), Math.trunc(x), Math.abs(x), Math.sign(x), Math.sqrt(Math.abs(x)));
  console.log(Math.max(1, 5, 3), Math.min(4, 2, 8), Math.max(), Math.min(), Math.max(...xs), Math.hypot(3, 4), Math.pow(2, 10));
  console.log(Math.PI, Math.E, Math.imul(3, -7), Math.clz32(255), Math.fround(0.1));
  return Math.max(NaN, 1);
}
