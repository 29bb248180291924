function risky(n: number): number {
  if (n === 1) throw new Error('one');
  if (n === 2) throw new TypeError('two');
  if (n === 3) throw { code: 3 };
  if (n === 4) throw 'four';
  return n;
}
function tryIt(n: number): string {
  const log: string[] = [];
  try { log.push(`got ${risky(n)}`); }
  catch (e) { log.push(e instanceof Error ? `${e.name}:${e.message}` : typeof e === 'object' ? JSON.stringify(e) : String(e)); }
  finally { log.push('fin'); }
  return log.join(' ');
}
function finallyWins(): string { try { return 'try'; } finally { console.log('cleanup'); } }
function override(): number { for (let i = 0; ; i++) { try { if (i === 2) return i; continue; } finally { if (i === 3) break; } } return -1; }
function nested(): string {
  try { try { throw new Error('inner'); } finally { console.log('inner finally'); } }
  catch (e) { try { throw new Error('outer', { cause: e }); } catch (f) { return `${(f as Error).message} <- ${((f as Error).cause as Error).message}`; } }
}
export async function main() {
  for (let i = 0; i < 6; i++) console.log(tryIt(i));
  console.log(finallyWins(), override(), nested());
  try { (undefined as any).x; } catch (e) { console.log((e as Error).message); }
  try { (null as any).f(); } catch (e) { console.log((e as Error).message); }
  try { const o: any = { a: 1 }; o.b(); } catch (e) { console.log((e as Error).message); }
  return 'done';
}
