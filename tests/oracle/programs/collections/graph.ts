type Graph = Map<string, Map<string, number>>;
function graph(edges: readonly (readonly [string, string, number])[]): Graph {
  const g: Graph = new Map();
  const node = (n: string) => { let m = g.get(n); if (!m) g.set(n, (m = new Map())); return m; };
  for (const [a, b, w] of edges) { node(a).set(b, w); node(b); }
  return g;
}
function dijkstra(g: Graph, from: string): Map<string, { distance: number; via: string | null }> {
  const best = new Map<string, { distance: number; via: string | null }>([[from, { distance: 0, via: null }]]);
  const open = new Set([from]);
  while (open.size) {
    const at = [...open].reduce((a, b) => (best.get(b)!.distance < best.get(a)!.distance ? b : a));
    open.delete(at);
    for (const [to, weight] of g.get(at)!) {
      const distance = best.get(at)!.distance + weight;
      if (distance >= (best.get(to)?.distance ?? Infinity)) continue;
      best.set(to, { distance, via: at });
      open.add(to);
    }
  }
  return best;
}
function path(best: ReturnType<typeof dijkstra>, to: string): string[] {
  const out: string[] = [];
  for (let at: string | null | undefined = to; at; at = best.get(at)?.via) out.unshift(at);
  return out;
}
function topological(g: Graph): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const out: string[] = [];
  const visit = (n: string, trail: string[]): void => {
    if (state.get(n) === 'done') return;
    if (state.get(n) === 'open') throw new Error(`cycle: ${[...trail, n].join(' -> ')}`);
    state.set(n, 'open');
    g.get(n)?.forEach((_, to) => visit(to, [...trail, n]));
    state.set(n, 'done');
    out.push(n);
  };
  for (const n of g.keys()) visit(n, []);
  return out.reverse();
}
export async function main() {
  const g = graph([['a', 'b', 7], ['a', 'c', 3], ['c', 'b', 1], ['c', 'd', 8], ['b', 'd', 2], ['e', 'a', 1]]);
  const best = dijkstra(g, 'a');
  console.log(best, path(best, 'd'), path(best, 'zz'), topological(g));
  try { topological(graph([['x', 'y', 1], ['y', 'x', 1]])); } catch (e) { console.log((e as Error).message); }
  const components = (nodes: number, pairs: [number, number][]) => {
    const parent = Array.from({ length: nodes }, (_, i) => i);
    const root = (i: number): number => (parent[i] === i ? i : (parent[i] = root(parent[i]!)));
    for (const [a, b] of pairs) parent[root(a)] = root(b);
    return new Set(parent.map((_, i) => root(i))).size;
  };
  return [components(6, [[0, 1], [2, 3], [1, 2]]), g];
}
