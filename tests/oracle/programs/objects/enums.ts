enum Level { Debug, Info = 5, Warn, Error }
enum Color { Red = 'red', Green = 'green' }
enum Mixed { A = -1, B = 1.5, C = 'c', D = A - 1 }
const enum Inlined { One = 1, Two = One * 2 }
const parse = (text: string): Level | undefined => (text in Level ? Level[text as keyof typeof Level] : undefined);
const isColor = (text: string): text is Color => (Object.values(Color) as string[]).includes(text);
function local(n: number): string {
  enum Inner { X = 7, Y }
  const read = () => Inner[n] ?? 'none';
  return read() + Inner.Y;
}
export async function main() {
  console.log(Level, Color, Mixed, Level[5], Level[Level.Warn], Level['Info'], Object.keys(Level), Object.entries(Color));
  console.log(parse('Warn'), parse('Nope'), isColor('red'), isColor('blue'), local(7), local(1), Inlined.Two, Mixed[-2], typeof Level);
  const names = Object.values(Level).filter((v): v is string => typeof v === 'string');
  const pick = <E extends Record<string, string | number>>(e: E, key: keyof E): E[keyof E] => e[key];
  return { names, picked: [pick(Level, 'Error'), pick(Color, 'Green')], same: Level === (Level as object) };
}
