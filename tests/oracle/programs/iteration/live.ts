/** Maps, sets and arrays that change while they are iterated, by loops and by iterators held in hand. */
export function main(): unknown {
  const set = new Set([1, 2, 3]);
  const seen: number[] = [];
  for (const n of set) {
    seen.push(n);
    if (n < 10) set.add(n * 10);
    if (n === 1) set.delete(2);
  }
  const map = new Map([['a', 1], ['b', 2], ['c', 3]]);
  const keys = map.keys();
  const visited: string[] = [keys.next().value!];
  map.delete('b');
  map.set('d', 4);
  map.set('a', 9);
  for (const key of keys) visited.push(key);
  map.set('late', 5);
  visited.push(String(keys.next().done));
  const list = [1, 2, 3];
  const doubled: number[] = [];
  for (const n of list) {
    doubled.push(n);
    if (list.length < 6) list.push(n * 2);
  }
  const removed: number[] = [];
  for (const n of list) {
    removed.push(n);
    list.shift();
  }
  const entries = [...new Map([[{ id: 1 }, 'x']]).entries()];
  const again = new Set<string>();
  for (const word of ['b', 'a']) again.add(word);
  for (const word of again) {
    if (again.size > 4) break;
    again.delete(word);
    again.add(`${word}!`);
    if (word.endsWith('!!')) again.add('end');
  }
  function* drain<K, V>(from: Map<K, V>): Generator<[K, V]> {
    for (const entry of from) {
      from.delete(entry[0]);
      yield entry;
    }
  }
  const drained = [...drain(map)];
  const iterator = [10, 20, 30][Symbol.iterator]();
  const [first] = iterator;
  const rest = [...iterator];
  const text = 'a😀b'[Symbol.iterator]();
  return { seen, visited, doubled, removed, entries, again, drained, left: map.size, first, rest, text: [text.next(), text.next(), text.next(), text.next()] };
}
