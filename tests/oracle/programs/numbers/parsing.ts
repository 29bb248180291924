export async function main() {
  const texts = ['1', ' 12 ', '1.5e3', '0x1f', '', 'abc', '-0', 'Infinity', '1_000', '.5', '5.', '0b101', '0o17'];
  for (const text of texts) console.log(text, Number(text), parseFloat(text), parseInt(text), parseInt(text, 16));
  console.log(Number.isInteger(5), Number.isInteger(5.5), Number.isSafeInteger(2 ** 53), isNaN(NaN), Number.MAX_SAFE_INTEGER, Number.EPSILON > 0);
  return Number('12') + 1;
}
