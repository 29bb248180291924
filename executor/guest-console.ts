/**
 * The console of one task, on the embedder's side: how deep its groups are, what its counters and timers stand at. Turns
 * what REQUEST.log asks into lines of a level, as Node's console does.
 *
 * Warnings that Node writes past the console (a label that is not known, or known already) are left out.
 */
import { LOG_ASKS, LOG_LEVELS } from '../jit/abi.js';
import type { LogLevel } from './call.js';
import { LABEL_END } from './console-text.js';

const INDENT = '  ';

export class GuestConsole {
  private indent = '';
  private readonly counts = new Map<string, number>();
  private readonly starts = new Map<string, number>();

  constructor(
    /** Milliseconds. */
    private readonly now: () => number,
    private readonly print: (level: LogLevel, text: string) => void,
  ) {}

  /** `code`: an index of LOG_LEVELS, or one of LOG_ASKS. */
  take(code: number, text: string): void {
    const level = LOG_LEVELS[code];
    if (level) this.line(level, text);
    else this.asks[code]?.(text);
  }

  private readonly asks: Readonly<Record<number, (text: string) => void>> = {
    [LOG_ASKS.table]: (text) => this.line('log', text),
    [LOG_ASKS.dir]: (text) => this.line('log', text),
    [LOG_ASKS.assert]: (text) => this.line('warn', text),
    [LOG_ASKS.indent]: () => void (this.indent += INDENT),
    [LOG_ASKS.outdent]: () => void (this.indent = this.indent.slice(INDENT.length)),
    [LOG_ASKS.count]: (label) => {
      const count = (this.counts.get(label) ?? 0) + 1;
      this.counts.set(label, count);
      this.line('log', `${label}: ${count}`);
    },
    [LOG_ASKS.countReset]: (label) => void this.counts.delete(label),
    [LOG_ASKS.time]: (label) => {
      if (!this.starts.has(label)) this.starts.set(label, this.now());
    },
    [LOG_ASKS.timeLog]: (text) => {
      const end = text.indexOf(LABEL_END);
      this.elapsed(text.slice(0, end), text.slice(end + 1));
    },
    [LOG_ASKS.timeEnd]: (label) => {
      this.elapsed(label, '');
      this.starts.delete(label);
    },
  };

  private elapsed(label: string, rest: string): void {
    const start = this.starts.get(label);
    if (start !== undefined) this.line('log', `${label}: ${duration(this.now() - start)}${rest && ' '}${rest}`);
  }

  private line(level: LogLevel, text: string): void {
    const { indent } = this;
    this.print(level, indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`));
  }
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** As Node's console shows what a timer took. */
function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))}ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(3)}s`;
  const [seconds = '', fraction = ''] = ((milliseconds % 60_000) / 1000).toFixed(3).split('.');
  const minutes = Math.floor(milliseconds / 60_000);
  const hours = Math.floor(minutes / 60);
  const tail = `${pad(Number(seconds))}.${fraction}`;
  return hours === 0 ? `${minutes}:${tail} (m:ss.mmm)` : `${hours}:${pad(minutes % 60)}:${tail} (h:mm:ss.mmm)`;
}
