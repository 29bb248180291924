const group = (n: number): string => {
  const [whole = '', fraction] = Math.abs(n).toFixed(2).split('.');
  let out = '';
  for (let i = whole.length; i > 0; i -= 3) out = whole.slice(Math.max(0, i - 3), i) + (out ? ',' + out : '');
  return `${n < 0 ? '-' : ''}${out}.${fraction}`;
};
const bytes = (n: number): string => {
  const units = ['B', 'KiB', 'MiB', 'GiB'] as const;
  let unit = 0;
  while (n >= 1024 && unit < units.length - 1) { n /= 1024; unit++; }
  return `${Number.isInteger(n) ? n : n.toFixed(1)} ${units[unit]}`;
};
const duration = (ms: number): string => {
  const parts: [string, number][] = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]];
  return parts.reduce<[string[], number]>(([out, left], [name, size]) => {
    const count = Math.floor(left / size);
    return [count ? [...out, `${count}${name}`] : out, left % size];
  }, [[], ms])[0].join(' ') || '0ms';
};
const roman = (n: number): string => {
  const table = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 };
  let out = '';
  for (const [sign, value] of Object.entries(table)) while (n >= value) { out += sign; n -= value; }
  return out;
};
const ordinal = (n: number): string => n + (['th', 'st', 'nd', 'rd'][(n % 100 >> 3 ^ 1) && n % 10] ?? 'th');
export async function main() {
  console.log([0, 1234.5, -9876543.219, 1e15, 999.999].map(group), [0, 1023, 1536, 5e6, 2 ** 40].map(bytes));
  console.log([0, 61_001, 90_061_000, 999].map(duration), [1994, 2024, 4, 49].map(roman), [1, 2, 3, 4, 11, 12, 13, 21, 102, 113].map(ordinal));
  console.log((1234567.891).toLocaleString(), (0.5).toLocaleString(), (-1e6).toLocaleString());
  const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
  const sd = (xs: number[]) => Math.sqrt(mean(xs.map((x) => (x - mean(xs)) ** 2)));
  const median = (xs: number[]) => { const s = [...xs].sort((a, b) => a - b), m = s.length >> 1; return s.length % 2 ? s[m]! : (s[m - 1]! + s[m]!) / 2; };
  const data = [2, 4, 4, 4, 5, 5, 7, 9];
  return { mean: mean(data), sd: sd(data), median: median(data), none: mean([]), compound: 1000 * (1 + 0.05 / 12) ** 120 };
}
