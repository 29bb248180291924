export async function main(n: number = 20000) {
  let s = '';
  for (let i = 0; i < n; i++) s += i % 10;
  let reversed = '';
  for (const c of s.slice(0, 50)) reversed = c + reversed;
  const words: string[] = [];
  for (let i = 0; i < 100; i++) words.push(`word${i}`);
  const text = words.join(' ');
  let vowels = 0;
  for (let i = 0; i < text.length; i++) if ('aeiou'.includes(text[i]!)) vowels++;
  return { length: s.length, tail: s.slice(-5), reversed, vowels, hash: hash(s) };
}
function hash(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) | 0;
  return h;
}
