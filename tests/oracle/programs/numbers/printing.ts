export async function main() {
  const xs = [0, -0, 1, 10, 100, 1e20, 1e21, 123e-20, 1 / 3, 2 / 3, 5e-324, 1.7976931348623157e308, 0.000001, 0.0000001, 1e300 * 10, 4.35, 0.1 + 0.7, 100.5, 255, 1e5 + 0.1];
  const out: string[] = [];
  for (const x of xs) out.push(`${x}`, String(-x), x + '');
  console.log(out.join(' '));
  console.log((255).toString(16), (0.5).toString(2), (-255).toString(36), (3.14159).toFixed(2), (1234.5678).toFixed(1), (0.000001234).toPrecision(2));
  return out.length;
}
