declare function echo<T>(value: T): Promise<T>;
declare function delay<T>(ms: number, value: T): Promise<T>;
const log = (...x: unknown[]) => console.log(...x);
async function strand(name: string) { log(name, 1); await echo(name); log(name, 2); await null; log(name, 3); await echo(name); log(name, 4); }
export async function main() {
  const s = [strand('a'), strand('b'), strand('c')];
  await Promise.all(s);
  const d = [delay(30, 'third'), delay(10, 'first'), delay(20, 'second')];
  d.forEach((p) => p.then(log));
  log(await Promise.all(d));
  setTimeout(() => log('timer'), 1);
  await delay(15, 0);
  return 'end';
}
