interface Job { at: number; name: string }
function heap<T>(less: (a: T, b: T) => boolean) {
  const xs: T[] = [];
  const swap = (i: number, j: number) => { [xs[i], xs[j]] = [xs[j]!, xs[i]!]; };
  return {
    size: () => xs.length,
    push(x: T) { xs.push(x); for (let i = xs.length - 1; i > 0;) { const p = (i - 1) >> 1; if (!less(xs[i]!, xs[p]!)) break; swap(i, p); i = p; } },
    pop(): T | undefined {
      if (xs.length === 0) return undefined;
      swap(0, xs.length - 1);
      const top = xs.pop();
      for (let i = 0; ;) {
        const l = 2 * i + 1, r = l + 1;
        let m = i;
        if (l < xs.length && less(xs[l]!, xs[m]!)) m = l;
        if (r < xs.length && less(xs[r]!, xs[m]!)) m = r;
        if (m === i) break;
        swap(i, m); i = m;
      }
      return top;
    },
  };
}
export async function main() {
  const q = heap<Job>((a, b) => a.at < b.at);
  for (const at of [5, 3, 8, 1, 9, 2, 7]) q.push({ at, name: `job${at}` });
  const out: string[] = [];
  for (let j = q.pop(); j; j = q.pop()) out.push(j.name);
  return out;
}
