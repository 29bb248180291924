const log = (s: string) => console.log(s);
const ready = async (n: number): Promise<number> => n;
async function deep(n: number): Promise<number> { return n === 0 ? ready(0).then((x) => x) : 1 + (await deep(n - 1)); }
async function loop(name: string, n: number) { let s = 0; for (let i = 0; i < n; i++) { s += await ready(i); if (i % 3 === 0) log(`${name}${i}`); } return s; }
export async function main() {
  log(String(await loop('solo', 7)));
  const two = [loop('p', 7), loop('q', 7)];
  log('both started');
  log(String(await Promise.all(two)));
  log(String(await deep(20)));
  const p = ready(1);
  p.then(() => log('p then'));
  await ready(2);
  log('after ready 2');
  await p;
  log('after p');
}
