type Shape = { kind: 'circle'; r: number } | { kind: 'rect'; w: number; h: number } | { kind: 'tri'; a: number; b: number; c: number };
function area(s: Shape): number {
  switch (s.kind) {
    case 'circle': return Math.round(Math.PI * s.r ** 2 * 100) / 100;
    case 'rect': return s.w * s.h;
    case 'tri': { const p = (s.a + s.b + s.c) / 2; return Math.sqrt(p * (p - s.a) * (p - s.b) * (p - s.c)); }
  }
}
function show(v: string | number | boolean | null | undefined | string[]): string {
  if (v === null) return 'null';
  if (typeof v === 'string') return `s(${v.length})`;
  if (typeof v === 'number') return v.toFixed(1);
  if (Array.isArray(v)) return v.map(show).join('+');
  return typeof v === 'undefined' ? 'undef' : v ? 'yes' : 'no';
}
export async function main() {
  const shapes: Shape[] = [{ kind: 'circle', r: 2 }, { kind: 'rect', w: 3, h: 4 }, { kind: 'tri', a: 3, b: 4, c: 5 }];
  return [shapes.map(area), ['abc', 1, true, false, null, undefined, ['x', 'yy']].map((v) => show(v))];
}
