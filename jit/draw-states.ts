/** State machines as pictures: boxes for a terminal, or SVG. */
import type { FrameLayout } from './artifact.js';
import type { Goal, State, StateMachine } from './state-machine.js';

const MOST_TEXT = 60;
const clip = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text);

const goalText = (goal: Goal): string => (typeof goal === 'number' ? `${goal}` : goal === 'value' ? 'return' : 'throw');
const goalsText = (goals: readonly Goal[]): string => (goals.length === 0 ? 'nowhere' : goals.map(goalText).join(', '));

function headline({ name, symbol, states }: StateMachine, frames: readonly FrameLayout[]): string {
  const frame = frames.find(({ functionName }) => functionName === symbol);
  const size = frame ? `frame of ${frame.bytes} bytes, allocated at the first await that has to wait` : 'no frame';
  return `${name}: ${states.length} ${states.length === 1 ? 'await' : 'awaits'}, ${size}`;
}

const keepsText = ({ keeps }: State): string => (keeps.length === 0 ? 'keeps nothing' : `keeps ${keeps.join(', ')}`);

/** A box per state with its await and what it keeps; beside it, what `br_table` jumps to and where that may lead. */
export function drawForTerminal(machine: StateMachine, frames: readonly FrameLayout[]): string {
  const { states, starts } = machine;
  const boxes = [
    { lines: ['call'], notes: [`──▶ ${goalsText(starts)}`] },
    ...states.map((state, index) => ({
      lines: [`state ${index + 1}   line ${state.line}: ${clip(state.text)}`, `          ${keepsText(state)}`],
      notes: [`◀── br_table ${index + 1} resumes here`, `value ──▶ ${goalsText(state.onValue)}   error ──▶ ${goalsText(state.onError)}`],
    })),
    { lines: ['done: value or error'], notes: [] },
  ];
  const width = Math.max(...boxes.flatMap(({ lines }) => lines.map((line) => line.length))) + 2;
  const rows = boxes.flatMap(({ lines, notes }) => [
    `  ┌${'─'.repeat(width)}┐`,
    ...lines.map((line, index) => `  │ ${line.padEnd(width - 1)}│ ${notes[index] ?? ''}`.trimEnd()),
    `  └${'─'.repeat(width)}┘`,
  ]);
  return `${headline(machine, frames)}\n${rows.join('\n')}\n`;
}

// SVG -------------------------------------------------------------------------------------------------------------------

const BOX = { left: 24, width: 460, height: 46, gap: 34, top: 40 } as const;
/** How far an arc stands out, per box it passes. */
const ARC = 26;
const CHAR_WIDTH = 7.2;

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly kind: 'start' | 'value' | 'error';
}

/** All machines under each other in one self-contained picture. Solid arrows follow a value, dashed ones an error. */
export function drawSvg(machines: readonly StateMachine[], frames: readonly FrameLayout[]): string {
  const parts: string[] = [];
  let top = 0;
  let width = 0;
  for (const machine of machines) {
    const drawn = machineSvg(machine, frames, top);
    parts.push(drawn.svg);
    top += drawn.height;
    width = Math.max(width, drawn.width);
  }
  const head = (id: string, colour: string): string =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="${colour}"/></marker>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" font-family="ui-monospace, monospace" font-size="12">`,
    `<defs>${head('value', '#0a7d5a')}${head('error', '#b3261e')}${head('start', '#555')}</defs>`,
    '<style>.box{fill:#f6f8fa;stroke:#8c959f}.end{fill:#eef}.name{font-weight:bold;font-size:14px}.small{fill:#57606a;font-size:11px}.arrow{fill:none;stroke-width:1.4}</style>',
    `<rect width="${width}" height="${top}" fill="#fff"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

function machineSvg(machine: StateMachine, frames: readonly FrameLayout[], top: number): { svg: string; height: number; width: number } {
  const { states } = machine;
  const boxes = [
    { text: 'call', note: '', end: true },
    ...states.map((state, index) => ({ text: `${index + 1}   line ${state.line}: ${clip(state.text)}`, note: keepsText(state), end: false })),
    { text: 'return', note: 'the value goes to whoever awaits the call', end: true },
    { text: 'throw', note: 'the error goes to whoever awaits the call', end: true },
  ];
  const boxWidth = Math.max(BOX.width, ...boxes.map(({ text, note }) => Math.max(text.length, note.length) * CHAR_WIDTH + 24));
  const yOf = (index: number): number => top + BOX.top + index * (BOX.height + BOX.gap);
  const rows = boxes.map(({ text, note, end }, index) =>
    [
      `<rect class="box${end ? ' end' : ''}" x="${BOX.left}" y="${yOf(index)}" width="${boxWidth}" height="${BOX.height}" rx="6"/>`,
      `<text x="${BOX.left + 12}" y="${yOf(index) + (note === '' ? 28 : 19)}">${escapeText(text)}</text>`,
      note === '' ? '' : `<text class="small" x="${BOX.left + 12}" y="${yOf(index) + 37}">${escapeText(note)}</text>`,
    ].join(''),
  );
  const arrows = arrowsOf(machine);
  const right = BOX.left + boxWidth;
  const furthest = Math.max(1, ...arrows.map(({ from, to }) => Math.abs(to - from)));
  return {
    svg: [
      `<text class="name" x="${BOX.left}" y="${top + 24}">${escapeText(headline(machine, frames))}</text>`,
      ...rows,
      ...arrows.map((arrow, index) => arrowSvg(arrow, right, yOf, index / Math.max(1, arrows.length - 1))),
    ].join('\n'),
    height: yOf(boxes.length) - top,
    width: Math.max(right + furthest * ARC + 48, headline(machine, frames).length * 8.6 + 48),
  };
}

function arrowsOf({ states, starts }: StateMachine): Arrow[] {
  const boxOf = (goal: Goal): number => (typeof goal === 'number' ? goal : states.length + (goal === 'value' ? 1 : 2));
  return [
    ...starts.map((goal): Arrow => ({ from: 0, to: boxOf(goal), kind: 'start' })),
    ...states.flatMap(({ onValue, onError }, index) => [
      ...onValue.map((goal): Arrow => ({ from: index + 1, to: boxOf(goal), kind: 'value' })),
      ...onError.map((goal): Arrow => ({ from: index + 1, to: boxOf(goal), kind: 'error' })),
    ]),
  ];
}

/** `share`: 0 to 1, spreads the ends of arrows over the sides of their boxes. */
function arrowSvg({ from, to, kind }: Arrow, right: number, yOf: (index: number) => number, share: number): string {
  const spread = 10 + share * (BOX.height - 20);
  const [start, end] = [yOf(from) + spread, yOf(to) + spread];
  const bow = right + 18 + Math.max(1, Math.abs(to - from)) * ARC;
  const loop = from === to ? 14 : 0;
  const colour = kind === 'value' ? '#0a7d5a' : kind === 'error' ? '#b3261e' : '#555';
  const dash = kind === 'error' ? ' stroke-dasharray="5 3"' : '';
  return `<path class="arrow" d="M${right} ${start - loop}C${bow} ${start - loop} ${bow} ${end + loop} ${right + 2} ${end + loop}" stroke="${colour}"${dash} marker-end="url(#${kind})"/>`;
}
