export async function main() {
  const data = JSON.parse('{"users":[{"name":"Ann Lee","age":31,"tags":["x","y"],"address":{"city":"Oslo"}},{"name":"bob","age":null,"tags":[]}],"total":2,"when":"2024-02-29T12:00:00Z","ratio":0.25}');
  for (const user of data.users) {
    console.log(user.name.toUpperCase(), user.name.split(' ')[0].length, user.age + 1, user.tags.map((t: any) => t + '!').join(), user.address?.city ?? 'unknown', user.address?.street?.number);
  }
  console.log(data.users.length, data.users.filter((u: any) => u.age > 30).map((u: any) => u.name), data.total * 2, data.ratio.toFixed(1), new Date(data.when).getUTCDate());
  data.users.push({ name: 'Cy', age: 5, tags: ['z'] });
  data.users[1].age ??= 40;
  data.extra = { list: [...data.users.map((u: any) => u.age)].sort((a, b) => a - b) };
  delete data.when;
  const { users: [, second, ...others], total: count = 0, missing = 'dflt' } = data;
  console.log(second, others.length, count, missing, data.extra, 'when' in data, Object.keys(data));
  let sum = 0;
  for (const k in data.users[0]) sum += k.length;
  const fn: any = (a: number, b: any) => a + b;
  console.log(sum, fn(1, 2), fn(1, '2'), fn(1), typeof fn, typeof data.nope, data.nope === undefined, data?.users?.[0]?.name);
  try { data.nope.deeper; } catch (e) { console.log(String(e)); }
  try { data.total(); } catch (e) { console.log((e as Error).name); }
  try { data.users.nothing(); } catch (e) { console.log(String(e)); }
  try { null as any as { x: number }; (null as any).x = 1; } catch (e) { console.log(String(e)); }
  const rows: unknown = JSON.parse('[{"id":1},{"id":"2"},null,5]');
  const ids = Array.isArray(rows) ? rows.flatMap((r) => (r && typeof r === 'object' && 'id' in r ? [Number(r.id)] : [])) : [];
  return { ids, any: data.users[0] };
}
