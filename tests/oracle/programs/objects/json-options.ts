interface Point { x: number; y: number; toJSON?: () => unknown }
export async function main() {
  const p: Point = { x: 1, y: 2, toJSON() { return `${this.x},${this.y}`; } };
  console.log(JSON.stringify({ p, list: [p, undefined, () => 1], date: new Date(0), map: new Map([[1, 2]]), set: new Set([1]), err: new Error('e') }));
  console.log(JSON.stringify({ a: 1, b: { a: 2, c: 3 }, d: [{ a: 4, e: 5 }] }, ['a', 'd']), JSON.stringify({ a: [1, { b: 2 }] }, null, '--'));
  console.log(JSON.stringify({ secret: 'x', n: 5, deep: { secret: 1, n: 6 } }, (k, v) => (k === 'secret' ? undefined : typeof v === 'number' ? v * 2 : v)));
  console.log(JSON.parse('{"at":"2020-01-01T00:00:00.000Z","n":[1,2]}', (k, v) => (k === 'at' ? new Date(v).getTime() : Array.isArray(v) ? v.length : v)));
  for (const text of ['', '{', '[1,]', '{"a":1,}', 'nul', '"\\x"', '01', '1 2', "{'a':1}", '"a\nb"', '[1}', undefined as unknown as string]) {
    try { console.log(JSON.parse(text)); } catch (e) { console.log((e as Error).name, (e as Error).message); }
  }
  const loop: { name: string; self?: unknown } = { name: 'loop' };
  loop.self = loop;
  try { JSON.stringify(loop); } catch (e) { console.log((e as Error).name, (e as Error).message.split('\n')[0]); }
  console.log(loop, JSON.stringify([undefined, NaN, null]), JSON.stringify({ u: undefined }), JSON.stringify(null), JSON.stringify('\u007f\ud800'), JSON.stringify([[]], null, 1));
  const text = JSON.stringify({ z: [1.0, -0, 1e21, 1e-7, 0.1 + 0.2], 'k"ey': '\b\f\n\r\t\\/' });
  return [text, JSON.stringify(JSON.parse(text)) === text];
}
