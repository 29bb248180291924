/** Smallest complete program: `npx brolga run examples/hello.ts --args '["world"]'`. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function main(name = 'you') {
  for (let count = 3; count > 0; count--) {
    console.log(count);
    await pause(10);
  }
  return `Hello, ${name}!`;
}
