const log = (s: string) => console.log(s);
const inner = async (n: string) => { log(`in ${n}`); return n; };
async function plain() { return 'plain'; }
async function returnsPromise() { return inner('rp'); }
async function returnsAwait() { return await inner('ra'); }
async function returnsResolved() { return Promise.resolve('rr'); }
export async function main() {
  const ticks = async (n: number) => { for (let i = 1; i <= n; i++) { await null; log(`tick ${i}`); } };
  const t = ticks(8);
  plain().then(log);
  returnsPromise().then(log);
  returnsAwait().then(log);
  returnsResolved().then(log);
  new Promise<string>((r) => r(Promise.resolve('np'))).then(log);
  await t;
}
