/** The host functions of fib.wat. */
export async function leaf(n) {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return n;
}
