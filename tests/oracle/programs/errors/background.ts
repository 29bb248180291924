declare function delay(ms: number, value: string): Promise<string>;
export async function main() {
  const background = async (name: string, rounds: number) => {
    for (let i = 0; i < rounds; i++) console.log(name, i, await delay(5, `${name}${i}`));
    console.log(name, 'done');
  };
  void background('a', 3);
  setTimeout(() => { console.log('timer after main'); queueMicrotask(() => console.log('micro')); }, 200);
  const interval = setInterval(() => { console.log('tick'); clearInterval(interval); }, 260);
  return 'main is done';
}
