declare function delay<T>(ms: number, value: T): Promise<T>;
async function step1(x: number): Promise<number> { return (await delay(1, x)) + 1; }
async function step2(x: number): Promise<number> { return (await step1(x)) * 2; }
async function step3(x: number): Promise<number> { const y = await step2(x); const z = await step2(y); return y + z; }
export async function main() {
  console.log('start');
  const results: number[] = [];
  for (let i = 1; i <= 5; i++) results.push(await step3(i));
  return results;
}
