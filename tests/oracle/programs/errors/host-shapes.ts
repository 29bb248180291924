declare function sync(): Promise<number>;
declare function custom(): Promise<number>;
declare function text(): Promise<number>;
declare function nothing(): Promise<number>;
declare function object(): Promise<number>;
declare function caused(): Promise<number>;
declare function coded(): Promise<number>;
export async function main() {
  const calls = { sync, custom, text, nothing, object, caused, coded };
  for (const [name, call] of Object.entries(calls)) {
    try {
      console.log(name, await call());
    } catch (e) {
      if (e instanceof Error) console.log(name, e.name, e.message, e instanceof RangeError, (e.cause as Error | undefined)?.message, JSON.stringify(e));
      else console.log(name, typeof e, e);
    }
  }
  const settled = await Promise.allSettled(Object.values(calls).map((f) => f()));
  return settled.map((s) => s.status === 'rejected' ? (s.reason instanceof Error ? s.reason.message : s.reason) : s.value);
}
