/**
 * Builds the code cache of TypeScript's checker: compiles a program that has some of everything, then keeps the code that
 * V8 made for it; then notes which build this is. Run by the build, after the library is there; with nothing in the process
 * that requires TypeScript.
 */
import { writeFileSync } from 'node:fs';
import { computeBuildId } from './build-id.js';
import { writeCodeCache } from './typescript/checker-code.js';

const SAMPLE = `
declare function ask(question: { readonly text: string; readonly tags: string[] }): Promise<number>;
interface Item<T> { readonly value: T; next?: Item<T> }
function makeCounter(start: number) {
  let count = 0;
  return { add: (by: number): number => (count += by), total: () => start + count };
}
const square = (x: number): number => x * x;
export async function main(names: string[] = ['a', 'b']): Promise<unknown> {
  const counter = makeCounter(1);
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) seen.set(\`\${name}:\${index}\`, square(index));
  let list: Item<number> | undefined;
  for (let i = 0; i < 3; i++) list = { value: i, ...(list && { next: list }) };
  try {
    const answers = await Promise.all(names.map((text) => ask({ text, tags: [text.toUpperCase()] })));
    answers.filter((answer) => answer > 0).forEach((answer) => counter.add(answer));
    if (counter.total() > 3 && typeof list?.value === 'number') throw new RangeError('many');
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
  }
  switch (names.length) {
    case 0: return null;
    default: return { total: counter.total(), keys: [...seen.keys()].sort(), text: JSON.stringify(names) };
  }
}
`;

await writeCodeCache(writeFileSync, async () => {
  const { compile } = await import('./compile.js');
  compile(SAMPLE, { filename: 'sample.ts' });
});

const { file, id } = computeBuildId();
writeFileSync(file, id);
