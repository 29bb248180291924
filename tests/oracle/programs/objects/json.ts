export async function main() {
  const value = { s: 'q"uo\te\u2028', n: -0, d: 1.5e300, b: true, u: undefined, nul: null, arr: [1, undefined, () => 1, 'x'], nested: { a: [{}], empty: [] } };
  console.log(JSON.stringify(value), JSON.stringify([NaN, Infinity]), JSON.stringify('x'), JSON.stringify(undefined));
  console.log(JSON.stringify(value, null, 2));
  const back = JSON.parse('{"a":[1,2,{"b":null}],"c":"\\u0041\\n","d":-1.5e3,"e":true}');
  console.log(back, back.a[2].b, back.c.length);
  try { JSON.parse('{"a":}'); } catch (e) { console.log((e as Error).name); }
  const order = JSON.parse('{"id":7,"lines":[{"sku":"a","qty":2,"price":9.5},{"sku":"b","qty":1,"price":20}]}') as { id: number; lines: { sku: string; qty: number; price: number }[] };
  return order.lines.reduce((sum, line) => sum + line.qty * line.price, 0);
}
