/** P8: a 15-line snippet from text to its first result, in a warm process: a text that differs each time, and one from the cache. */
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

const snippet = (number: number): string =>
  `declare function ask(value: number): Promise<number>;\nexport async function main() {${body(number)}\n}`;

async function repeat(times: number, run: () => Promise<unknown>): Promise<void> {
  for (let left = times; left > 0; left--) await run();
}

type AsyncFunctionConstructor = new (...text: string[]) => (ask: (value: number) => Promise<number>) => Promise<number>;
const AsyncFunction = (async () => {}).constructor as AsyncFunctionConstructor; // the language names it nowhere else

const ask = async (value: number): Promise<number> => value;

export const compileFigure: Figure = {
  id: 'compile',
  title: 'P8: text to first result',
  async measure(progress): Promise<Row[]> {
    const jit = await createJit({ executor: 'inline' });
    const brolga = async (): Promise<unknown> => {
      const program = await jit.compile(snippet(serial++), { filename: 'snippet.ts', host: { ask } });
      return program.call('main', []);
    };
    try {
      for (let warm = 0; warm < 20; warm++) await brolga();
      const compileKnown = (): Promise<unknown> => jit.compile(snippet(-1), { filename: 'snippet.ts', host: { ask } });
      await compileKnown();
      const times = await rounds(
        [
          { name: 'brolga with type checking', operations: 1, run: brolga },
          { name: 'brolga from the cache', operations: 100, run: async () => void (await repeat(100, compileKnown)) },
          { name: 'new AsyncFunction', operations: 1, run: () => new AsyncFunction('ask', body(serial++))(ask) },
        ],
        progress,
      );
      const rows = compare(times, [
        { figure: 'P8', what: '15 lines to first result', brolga: 'brolga with type checking', peer: 'new AsyncFunction', atMost: Infinity },
      ]);
      const known = compare(times, [
        { figure: 'P8', what: '15 lines from the cache', brolga: 'brolga from the cache', peer: 'new AsyncFunction', atMost: Infinity },
      ]);
      const milliseconds = (name: string): number => median(times.get(name) ?? []) / 1e6;
      return [
        ...rows.map((row) => ({ ...row, goal: '<= 5 ms', met: milliseconds('brolga with type checking') <= 5 })),
        ...known.map((row) => ({ ...row, goal: '<= 0.1 ms', met: milliseconds('brolga from the cache') <= 0.1 })),
      ];
    } finally {
      await jit.close();
    }
  },
};
