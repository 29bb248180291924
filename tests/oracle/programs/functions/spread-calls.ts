declare function echo<T>(value: T): Promise<T>;
declare function add(a: number, b: number): Promise<number>;
export async function main() {
  const parts: [number, number, ...string[]] = [1, 2, 'x', 'y'];
  const list: (number | string)[] = ['a', 'b', 'c'];
  list.splice(...parts);
  list.push(...list.slice(0, 1), 'z');
  list.unshift(...[0, 0]);
  console.log(list, [1].concat(...[[2], [3, 4]]), String.fromCharCode(...[72, 105]), Array.of(...'ab', '1'), Math.max(...[1, 5], 3));
  console.log(Object.assign({}, ...[{ a: 1 }, { b: 2 }], { c: 3 }), 'abcdef'.slice(...([1, 3] as const)), [3, 1].indexOf(...([1] as const)), 'x'.concat(...['y', 'z']));
  const range: [number, number?] = [3];
  console.log([1, 2, 3, 4].fill(0, ...range), new Date(...([2020, 1, 29] as const)).getDate(), new Error(...(['made'] as const)).message, new Array(...[1, 2, 3]));
  const args: [number, number] = [20, 22];
  const calls = { echo, add };
  console.log(await add(...args), await calls.add(...args), await Promise.all([1, 2].map(echo)), await Promise.all(Object.values({ echo }).map((f) => f('s'))));
  const assign = Object.assign;
  const log = console.log;
  log(assign({ x: 1 }, { y: 2 }, { z: 3 }), ...args);
  setTimeout(log, 1, 'later', ...args);
  const entry: [string, ...unknown[]] = ['%s is %d', 'x', 5];
  console.log(...entry);
  return await new Promise<number>((resolve) => setTimeout(resolve, 3, ...args));
}
