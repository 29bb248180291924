interface Animal { name: string; legs?: number; parent?: Animal | null }
const describe = (a: Animal): string => `${a.name}:${a.legs ?? 'unknown'}:${a.parent?.name ?? 'orphan'}`;
export async function main() {
  const dog: Animal = { name: 'dog', legs: 4 };
  const pup: Animal = { name: 'pup', parent: dog };
  console.log(describe(dog), describe(pup), describe({ name: 'snake', legs: 0, parent: null }));
  pup.legs = 3;
  dog.name += '!';
  console.log(dog, pup, Object.keys(pup), Object.values(dog), Object.entries(dog));
  console.log('legs' in dog, 'parent' in dog, dog === pup.parent, pup.parent !== pup);
  const record: Record<string, number> = { b: 1, a: 2 };
  record['10'] = 3;
  record['9'] = 4;
  record['c'] = 5;
  delete record['b'];
  console.log(record, Object.keys(record).length);
  return { ...dog, nested: { deep: { deeper: { deepest: 1 } } } };
}
