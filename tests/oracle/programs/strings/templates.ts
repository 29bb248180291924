export async function main() {
  const user = { name: 'Ada', age: 36, tags: ['x', 'y'], nested: { a: 1 } };
  console.log(`${user.name} is ${user.age} and has ${user.tags} ${user.nested} ${null} ${undefined} ${true} ${[1, [2, 3], null]}`);
  const line = (label: string, value: unknown) => `${label.padEnd(8, '.')}${String(value).padStart(6)}`;
  console.log([line('one', 1), line('two', 'zwei'), line('list', [1, 2])].join('\n'));
  console.log('tab\tnew\\n "q" \'s\' \u00e9 \x41 \u{1F600}');
  return `${1 + 1}${'' + 3}${`in${'ner'}`}`;
}
