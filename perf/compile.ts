/** P8: a 15-line snippet from text to its first result, in a warm process; each run compiles a text that differs. */
import { createJit } from '../index.js';
import { compare, median, rounds, type Figure, type Row } from './figure.js';

let serial = 0;

/** The body is JavaScript as well, so that the peer runs the same text. */
const body = (number: number): string => `
  let state = ${number};
  let sum = 0;
  for (let i = 0; i < 1000; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    if (state % 3 === 0) {
      sum += state % 100;
    } else {
      sum -= 1;
    }
  }
  const answer = await ask(sum);
  return answer + 1;`;

type AsyncFunctionConstructor = new (...text: string[]) => (ask: (value: number) => Promise<number>) => Promise<number>;
const AsyncFunction = (async () => {}).constructor as AsyncFunctionConstructor; // the language names it nowhere else

const ask = async (value: number): Promise<number> => value;

export const compileFigure: Figure = {
  id: 'compile',
  title: 'P8: text to first result',
  async measure(progress): Promise<Row[]> {
    const jit = await createJit({ executor: 'inline' });
    const brolga = async (): Promise<unknown> => {
      const text = `declare function ask(value: number): Promise<number>;\nexport async function main() {${body(serial++)}\n}`;
      const program = await jit.compile(text, { filename: 'snippet.ts', host: { ask } });
      return program.call('main', []);
    };
    try {
      for (let warm = 0; warm < 20; warm++) await brolga();
      const times = await rounds(
        [
          { name: 'brolga with type checking', operations: 1, run: brolga },
          { name: 'new AsyncFunction', operations: 1, run: () => new AsyncFunction('ask', body(serial++))(ask) },
        ],
        progress,
      );
      const rows = compare(times, [
        { figure: 'P8', what: '15 lines to first result', brolga: 'brolga with type checking', peer: 'new AsyncFunction', atMost: Infinity },
      ]);
      const milliseconds = median(times.get('brolga with type checking') ?? []) / 1e6;
      return rows.map((row) => ({ ...row, goal: '<= 5 ms', met: milliseconds <= 5 }));
    } finally {
      await jit.close();
    }
  },
};
