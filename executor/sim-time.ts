/**
 * Virtual time: a clock that moves only when it is told to, and the events that lie ahead of it, in order of their time,
 * equal times in the order they were planned.
 */
import type { Clock } from './clock.js';

/** What Date.now() shows when a simulation begins. */
const START = Date.UTC(2026, 0, 1);

export interface SimEvent {
  /** Virtual milliseconds since the start. */
  due: number;
  readonly sequence: number;
  /** What happens; unset while it has to wait for the world outside. */
  take: (() => void) | undefined;
}

export class SimTime implements Clock {
  private now = 0;
  private sequence = 0;
  /** Sorted, the next one last. */
  private readonly events: SimEvent[] = [];

  /** `planned`: something lies ahead that did not before. */
  constructor(private readonly planned: () => void) {}

  wall(): number {
    return START + Math.floor(this.now);
  }

  monotonic(): number {
    return this.now;
  }

  after(milliseconds: number, run: () => void): () => void {
    const event = this.plan(milliseconds, run);
    return () => this.callOff(event);
  }

  plan(milliseconds: number, take?: () => void): SimEvent {
    const event = { due: this.now + milliseconds, sequence: this.sequence++, take };
    this.insert(event);
    this.planned();
    return event;
  }

  /** Puts off what the world outside is not ready for. */
  postpone(event: SimEvent, milliseconds: number): void {
    this.callOff(event);
    event.due += milliseconds;
    this.insert(event);
  }

  callOff(event: SimEvent): void {
    const at = this.events.indexOf(event);
    if (at >= 0) this.events.splice(at, 1);
  }

  /** The next event, or undefined. */
  get next(): SimEvent | undefined {
    return this.events[this.events.length - 1];
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
  }

  advanceTo(time: number): void {
    this.now = Math.max(this.now, time);
  }

  private insert(event: SimEvent): void {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.events[middle];
      if (other && (other.due > event.due || (other.due === event.due && other.sequence > event.sequence))) low = middle + 1;
      else high = middle;
    }
    this.events.splice(low, 0, event);
  }
}
