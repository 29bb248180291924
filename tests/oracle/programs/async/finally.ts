declare function echo<T>(value: T): Promise<T>;
async function run(how: string): Promise<string> {
  for (let i = 0; i < 2; i++) {
    try {
      console.log(how, 'try', i);
      await echo(i);
      if (how === 'return') return 'returned';
      if (how === 'throw') throw new Error('thrown');
      if (how === 'break') break;
      if (how === 'continue') continue;
      console.log(how, 'normal');
    } catch (e) {
      console.log(how, 'catch', (e as Error).message);
      await echo(i);
      if (i === 1) return 'from catch';
    } finally {
      console.log(how, 'finally', await echo(i));
      await echo(0);
    }
  }
  return 'end';
}
async function shadow(): Promise<string> { try { await echo(1); return 'a'; } finally { await echo(2); return 'b'; } }
async function replace(): Promise<string> { try { throw new Error('first'); } finally { await echo(1); throw new Error('second'); } }
export async function main() {
  for (const how of ['normal', 'return', 'throw', 'break', 'continue']) console.log(how, '->', await run(how));
  console.log(await shadow());
  try { await replace(); } catch (e) { console.log((e as Error).message); }
  return 'ok';
}
