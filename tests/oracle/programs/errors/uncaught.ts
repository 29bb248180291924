declare function delay(ms: number, value: number): Promise<number>;
export async function main() {
  console.log('before');
  const n = await delay(1, 5);
  if (n === 5) throw new RangeError(`bad ${n}`);
  return n;
}
