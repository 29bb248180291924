export async function main() {
  const texts = ['', ' ', '0', '-0', '12px', '0x1F', '0b101', '0o17', '1e3', '.5', '5.', '+7', '--7', 'Infinity', '-Infinity', 'infinity', '1_000', '\n42\t', '0x', '1e', 'NaN'];
  for (const t of texts) console.log(JSON.stringify(t), Number(t), parseInt(t), parseFloat(t), +t, isNaN(Number(t)));
  console.log(parseInt('ff', 16), parseInt('0xff'), parseInt('101', 2), parseInt('z', 36), parseInt('12', 1), parseInt('9', 8), parseInt('1e21'), parseInt('  -42abc'));
  console.log((255).toString(16), (-255).toString(2), (0.5).toString(2), (1e21).toString(36), (0.1).toString(3), (35).toString(36));
  console.log((1.005).toFixed(2), (1e21).toFixed(2), (-1.5).toFixed(0), (0).toFixed(3), (123.456).toPrecision(4), (0.00001).toPrecision(1), (1234.5678).toExponential(2), (NaN).toFixed(1));
  const values: unknown[] = [null, undefined, true, false, [], [5], [1, 2], {}, '3', new Date(5), 'x'];
  console.log(values.map((v) => Number(v)), values.map((v) => String(v)), values.map((v) => Boolean(v)), values.map((v) => typeof v));
  console.log(1 / 0, -1 / 0, 0 / 0, -0, [-0], `${-0}`, JSON.stringify(-0), Object.is(-0, 0), -0 === 0, 5 % -3, -5 % 3, -4 % 2, 5.5 % 2, 2 ** -1, (-8) ** (1 / 3));
  console.log(0.1 + 0.2, 1e21, 1e-7, 123456789012345680000, 1.7976931348623157e308 * 10, 5e-324 / 2, 4.35 * 100, 1.1 + 2.2, 9007199254740993, 0.000001, 1e-6 / 10);
  console.log(Number.MAX_SAFE_INTEGER, Number.EPSILON, Number.MIN_VALUE, Number.MAX_VALUE, Number.MIN_SAFE_INTEGER, Number.POSITIVE_INFINITY);
  try { (1).toFixed(101); } catch (e) { console.log(String(e)); }
  try { (1).toString(1); } catch (e) { console.log(String(e)); }
  try { (1).toPrecision(0); } catch (e) { console.log(String(e)); }
  return [Math.round(-0.5), Math.round(2.5), Math.round(-2.5), Math.max(), Math.min(), Math.sign(-3), Math.trunc(-4.7), Math.hypot(3, 4), Math.cbrt(27)];
}
