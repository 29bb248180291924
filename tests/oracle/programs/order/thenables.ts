const log = (s: string) => console.log(s);
const thenable = (n: string) => ({ then(resolve: (v: string) => void) { log(`then called ${n}`); resolve(n); } });
export async function main() {
  const ticks = (async () => { for (let i = 1; i <= 6; i++) { await null; log(`tick ${i}`); } })();
  (async () => { log(String(await thenable('awaited'))); })();
  Promise.resolve(thenable('resolved')).then(log);
  (async () => thenable('returned'))().then((v) => log(String(v)));
  await ticks;
}
