export async function main() {
  const e = Object.assign(new Error('with fields'), { status: 503, retry: true });
  try { throw e; } catch (x) { console.log((x as typeof e).status, (x as Error).message, String(x)); }
  throw e;
}
