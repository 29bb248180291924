declare function echo<T>(value: T): Promise<T>;
const f0 = async () => 0;
const fm = async () => -1;
const fn = async () => NaN;
const fu = async () => undefined;
const fe = async () => '';
const ff = async () => false;
const fz = async () => null;
const after = async <T>(v: T) => { await echo(1); return v; };
export async function main() {
  console.log(await f0(), await fm(), await fn(), await fu(), await fe(), await ff(), await fz());
  console.log(await after(0), await after(-1), await after(NaN), await after(undefined), await after(''), await after(false), await after(null));
  console.log(await echo({ a: [1, 'x', null, true] }), await echo('ünï🌍'), await echo([]), await echo(-0));
  return [await 1, await 'x', await Promise.resolve(2)];
}
