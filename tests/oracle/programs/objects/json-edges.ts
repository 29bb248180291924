/** JSON both ways at its edges, cycles, structuredClone, dates. */
class Pt {
  constructor(public x: number, private h = 2) { }
  toJSON(k: string) { return { k, x: this.x }; }
}
class NoJ {
  a = 1;
  #p = 2;
  get g() { return 3; }
  m() { }
  static s = 1;
}
export async function main() {
  const t = (f: () => any) => { try {
    console.log(f());
  }
  catch (e: any) {
    console.log(e.name, e.message);
  } };
  const o: any = { u: undefined, f() { }, n: null, d: new Date(5), nan: NaN, inf: -Infinity, z: -0, nested: [undefined, () => 1, { a: [] }], m: new Map([[1, 2]]), s: new Set([1]), p: new Pt(1), c: new NoJ(), e: new Error('x'), '': 0, 'q"': 1, big: 1e21, pr: Promise.resolve(1) };
  t(() => JSON.stringify(o));
  t(() => JSON.stringify(o, null, 2));
  t(() => JSON.stringify(o, ['n', 'nested', 'a', 'p', 'x']));
  t(() => JSON.stringify(o, (k, v) => (k === 'm' ? [...v] : typeof v === 'number' ? v + 1 : v), '--'));
  t(() => JSON.stringify([new Pt(2)], null, 20));
  t(() => JSON.stringify({ a: [1, { b: 2 }], e: {}, f: [] }, null, '\t'));
  for (const v of [undefined, null, () => 1, 5, 'x', NaN, [], {}, [undefined], new Date(NaN), [[]], true])
    t(() => JSON.stringify(v));
  t(() => JSON.stringify({ a: 1, toJSON() { return undefined; } }));
  t(() => JSON.stringify([{ toJSON: () => 'T' }]));
  t(() => JSON.stringify({ date: new Date(0) }, function (this: any, k, v) { return k === 'date' ? typeof v + (this[k] instanceof Date) : v; }));
  for (const s of ['1', ' [1 , 2 ] ', '{"a":{"b":[null,true,false]}}', '"\\u0041\\n"', '-0', '1e5', '1E+2', '-1.5e-3', '{"__proto__":1,"a":2,"a":3}', '[]', '{}', '"\ud800"', '01', '1.', '.5', '+1', '[1,]', '{"a":1,}', "{'a':1}", '{a:1}', 'undefined', '', ' ', '"a', '"\n"', '[1', '{"a"', '{"a":', 'nul', 'truex', '1 2', '"\\x"', '\u00a01', '[1,,2]', 'NaN', '{"a":1 "b":2}', '"\\u12"', '-', '1e', '[}', ']', '{"a":undefined}', 'tru', '"' + 'x'.repeat(50) + '\n"', '{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": bad}'])
    t(() => JSON.stringify([JSON.parse(s)]));
  t(() => JSON.parse('[1,{"a":[2,3]},"x"]', function (this: any, k, v) { return Array.isArray(v) ? v.length : typeof v === 'number' ? v * 10 : v; }));
  t(() => JSON.parse('{"a":1,"b":{"c":2}}', (k, v) => (k === 'a' ? undefined : v)));
  t(() => JSON.parse('{"b":1,"a":2,"1":3}', (k, v) => (console.log(k), v)));
  const cyc: any = { a: { b: [1, {}] } };
  cyc.a.b[1].back = cyc.a;
  t(() => JSON.stringify(cyc));
  class Node2 {
    next: any = null;
  }
  const n1 = new Node2(), n2 = new Node2();
  n1.next = n2;
  n2.next = n1;
  t(() => JSON.stringify({ list: [n1] }));
  t(() => structuredClone({ d: new Date(1), m: new Map([[{ k: 1 }, new Set([1])]]), a: [1, , 3], u: undefined, n: -0 }));
  const sc: any = { x: 1 };
  sc.self = sc;
  sc.arr = [sc];
  const cl = structuredClone(sc);
  t(() => [cl.self === cl, cl.arr[0] === cl, cl !== sc]);
  t(() => structuredClone(new NoJ()));
  t(() => structuredClone(Promise.resolve()));
  const ds = [0, 1e12, -1, 8.64e15, 8.64e15 + 1, NaN, 951782400000, 1709164800000];
  for (const v of ds) {
    const d = new Date(v);
    t(() => [d.getTime(), d.toISOString(), d.toJSON(), d.getDay(), d.getMonth(), String(d), d.toUTCString(), d.toDateString(), d.toTimeString(), d.toLocaleDateString(), d.toLocaleTimeString(), d.toLocaleString(), +d, d.valueOf(), d.getTimezoneOffset()]);
  }
  for (const s of ['2020-01-01', '2020-01-01T00:00', '2020-01-01T00:00:00Z', '2020-02-30', '2020-13-01', 'Jan 5, 2021', '2021/03/04 05:06', 'Tue, 05 Jan 2021 10:00:00 GMT', '2020-01-01T10:00:00+02:30', '+020201-01-01', '', 'garbage', '1 Feb 2020 13:14:15.167', '2020', '12/25/1995', '2020-1-1', '2020-01-01T24:00:00Z', '2020-06-15T12:30:45.123456Z'])
    t(() => [s, new Date(s).getTime()]);
  t(() => [new Date(2020, 0).getTime(), new Date(2020, 12, 1).toISOString(), new Date(99, 0, 1).getFullYear(), new Date(2020, 1, 30, 25, 61, 61, 1001).toISOString()]);
  const d2 = new Date(0);
  t(() => [d2.setMonth(14), d2.setDate(0), d2.setHours(-1), d2.setFullYear(2024, 1, 29), d2.toISOString(), d2.setTime(NaN), d2.getDate()]);
  t(() => [new Date(5) < new Date(6), (new Date(7) as any) - (new Date(3) as any), (new Date(1) as any) + 1 === String(new Date(1)) + '1', new Date(new Date(9)).getTime(), typeof Date.now(), new Date(2020, 5, 15, 10) > new Date(0)]);
}
