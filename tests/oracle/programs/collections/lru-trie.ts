function lru<K, V>(capacity: number, onEvict?: (key: K, value: V) => void) {
  const entries = new Map<K, V>();
  return {
    get(key: K): V | undefined {
      if (!entries.has(key)) return undefined;
      const value = entries.get(key) as V;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key: K, value: V): void {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= capacity) return;
      const [oldest] = entries.keys();
      onEvict?.(oldest as K, entries.get(oldest as K) as V);
      entries.delete(oldest as K);
    },
    keys: () => [...entries.keys()],
  };
}
interface Trie { children: { [letter: string]: Trie }; word?: true }
const trie = (): Trie => ({ children: {} });
const add = (root: Trie, word: string): void => { let at = root; for (const c of word) at = at.children[c] ??= trie(); at.word = true; };
const collect = (t: Trie, prefix: string): string[] => [...(t.word ? [prefix] : []), ...Object.keys(t.children).sort().flatMap((c) => collect(t.children[c]!, prefix + c))];
const complete = (root: Trie, prefix: string): string[] => { let at: Trie | undefined = root; for (const c of prefix) at = at?.children[c]; return at ? collect(at, prefix) : []; };
interface Node<T> { value: T; next: Node<T> | null }
const list = <T>(...xs: T[]): Node<T> | null => xs.reduceRight<Node<T> | null>((next, value) => ({ value, next }), null);
function reverse<T>(head: Node<T> | null): Node<T> | null { let out: Node<T> | null = null; while (head) { const { next } = head; head.next = out; out = head; head = next; } return out; }
const toArray = <T>(head: Node<T> | null): T[] => { const out: T[] = []; for (let n = head; n; n = n.next) out.push(n.value); return out; };
export async function main() {
  const evicted: string[] = [];
  const cache = lru<string, number>(2, (k, v) => evicted.push(`${k}=${v}`));
  cache.set('a', 1); cache.set('b', 2); cache.get('a'); cache.set('c', 3); cache.set('a', 10); cache.set('d', 4);
  console.log(cache.keys(), evicted, cache.get('b'), cache.get('a'));
  const root = trie();
  for (const w of ['car', 'cart', 'care', 'dog', 'do', 'é']) add(root, w);
  console.log(complete(root, 'car'), complete(root, 'd'), complete(root, 'x'), complete(root, '').length);
  console.log(toArray(reverse(list(1, 2, 3))), list('x', 'y'), toArray(list<number>()));
  return root.children['d'];
}
