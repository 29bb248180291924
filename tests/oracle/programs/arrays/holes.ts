export async function main() {
  const sparse: (number | undefined)[] = [1, , 3];
  console.log(sparse, sparse.length, 1 in sparse, sparse[1], sparse.map((x) => (x ?? 0) * 2));
  let visited = 0;
  sparse.forEach(() => visited++);
  console.log(visited, [...sparse], Object.keys(sparse), sparse.indexOf(undefined), sparse.includes(undefined));
  const grown: string[] = [];
  grown[3] = 'd';
  console.log(grown, grown.length, grown.join('-'), JSON.stringify(grown));
  grown.length = 1;
  console.log(grown, grown.length, new Array(3), new Array<number>(2).fill(7), Array(1, 2));
  const cut = [1, 2, 3, 4, 5];
  cut.length = 2;
  cut[cut.length] = 9;
  console.log(cut, cut.at(-1), cut.at(7), cut[-1], cut[1.5]);
  const record: (number | undefined)[] = [10, 20, 30];
  delete record[1];
  console.log(record, record.length, record.reduce((a, b) => (a ?? 0) + (b ?? 1)), record.findIndex((x) => x === undefined), record.flat());
  for (const x of record) console.log(x);
  for (const i in record) console.log(i, typeof i);
  console.log(sparse.concat([, 4]), sparse.slice(1), [, 'a'].sort(), [3, undefined, 1, , 2].sort(), sparse.every((x) => x !== undefined));
  return [sparse.reverse(), Array.from(sparse), sparse.entries().next()];
}
