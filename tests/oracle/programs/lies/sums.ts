// A value whose type says string, and that is an object: sums ask `valueOf` first, templates `toString`.
class Box<T> { constructor(public value: T) {} }

const odd = () => ({ toString: () => 'text', valueOf: () => 7 });

export async function main(): Promise<string[]> {
  const list: string[] = [];
  (list as unknown[]).push(odd());
  const s = list[0] as string;
  let sum = 'sum ';
  sum += s;
  const box = new Box<string>('fine');
  (box as Box<unknown>).value = odd();
  return [s + 'x', 'x' + s, `${s}`, sum, box.value + '!', '<' + box.value + '>', String(s + s)];
}
