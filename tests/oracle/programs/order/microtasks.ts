export async function main() {
  const log = (s: string) => console.log(s);
  const a = async () => { log('a1'); await null; log('a2'); await undefined; log('a3'); };
  const b = async () => { log('b1'); await a(); log('b2'); };
  setTimeout(() => log('timeout'), 0);
  Promise.resolve().then(() => log('then1')).then(() => log('then2')).then(() => log('then3'));
  queueMicrotask(() => log('qm'));
  const p = b();
  log('sync');
  await p;
  log('main after b');
  await new Promise<void>((r) => setTimeout(r, 5));
}
