type Point = { x: number; y: number; label?: string };
export async function main() {
  const [a, , b = 5, ...rest] = [1, 2, undefined, 4, 5] as const;
  const { x, y: why, label = 'none', ...others } = { x: 1, y: 2, z: 3, w: 4 } as Point & { z: number; w: number };
  console.log(a, b, rest, x, why, label, others);
  let p = 1, q = 2;
  [p, q] = [q, p];
  console.log(p, q);
  const norm = ({ x, y }: Point, [scale = 2]: number[] = []) => Math.sqrt(x * x + y * y) * scale;
  console.log(norm({ x: 3, y: 4 }), norm({ x: 3, y: 4 }, [10]));
  for (const [key, { n }] of Object.entries({ one: { n: 1 }, two: { n: 2 } })) console.log(key, n);
  const merged = { ...{ a: 1, b: 2 }, b: 3, ...{ c: 4 } };
  return [merged, [...[1, 2], ...'ab', ...[[3]]]];
}
