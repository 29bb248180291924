declare function delay<T>(ms: number, value: T): Promise<T>;
export async function main() {
  (async () => { await delay(120, 0); console.log('background 1'); })();
  delay(5, 'x').then((v) => console.log('background', v));
  setTimeout(() => console.log("timer after main"), 300);
  return 'result first';
}
