declare function fail(message: string): Promise<never>;
declare function failAfter(ms: number, message: string): Promise<never>;
declare function echo<T>(value: T): Promise<T>;
export async function main() {
  try { await fail('nope'); } catch (e) { console.log((e as Error).name, (e as Error).message, e instanceof Error); }
  try { await failAfter(2, 'later'); } catch (e) { console.log((e as Error).name, (e as Error).message, e instanceof TypeError); }
  const results = await Promise.allSettled([echo(1), fail('x'), echo('y')]);
  return results.map((r) => (r.status === 'fulfilled' ? r.value : (r.reason as Error).message));
}
