export async function main() {
  const a = [3, 1, 2];
  a.push(5, 4);
  console.log(a, a.length, a.pop(), a.shift(), a.unshift(9, 8), a);
  console.log(a.indexOf(2), a.includes(7), a.slice(1, 3), a.concat([1], 2, [[3]] as any), a.join('-'), [...a].reverse());
  console.log(a.splice(1, 2, 100, 200, 300), a);
  const sorted = [5, 1, 10, 2].sort();
  const numeric = [5, 1, 10, 2].sort((x, y) => x - y);
  console.log(sorted, numeric, [undefined, 3, 'b', null].length);
  const grid = Array.from({ length: 3 }, (_, i) => Array.from({ length: 3 }, (_, j) => i * j));
  console.log(grid, grid.flat(), new Array(3).fill(0), Array.from('abc'), Array.isArray(a));
  a.length = 1;
  a[3] = 7;
  return a;
}
