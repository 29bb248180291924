declare function echo<T>(value: T): Promise<T>;
export async function main() {
  let count = 0;
  const bump = async (by: number) => { const before = count; await echo(by); count += by; return before; };
  console.log(await Promise.all([bump(1), bump(2), bump(3)]), count);
  const jobs: (() => Promise<string>)[] = [];
  for (let i = 0; i < 3; i++) jobs.push(async () => { const s = `job${i}`; await echo(i); return s + i; });
  for (const job of jobs) console.log(await job());
  const num = 1.5, bool = true, str = 'str', undef: string | undefined = undefined, obj = { n: 1 }, arr = [1, 2], fn = (x: number) => x + num;
  await echo(0);
  console.log(num, bool, str, undef, obj, arr, fn(1));
  let total = 0;
  await Promise.all([1, 2, 3].map(async (x) => { total += x; await echo(x); total += x * 10; }));
  return { count, total };
}
