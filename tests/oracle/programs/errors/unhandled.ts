declare function delay(ms: number, value: string): Promise<string>;
export async function main() {
  console.log('start');
  void (async () => { await delay(1, 'x'); throw new Error('nobody listens'); })();
  await delay(30, 'late');
  console.log('not reached');
  return 'no';
}
