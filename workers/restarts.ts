/** How often threads may die: more than 5 ends in 10 s mean that restarting does not help. */
const MOST = 5;
const WITHIN_MS = 10_000;

export class Restarts {
  private recent: number[] = [];
  total = 0;

  /** Notes an end; gives whether the thread may be started again. */
  note(now: number): boolean {
    this.total++;
    this.recent = [...this.recent.filter((time) => now - time < WITHIN_MS), now];
    return this.recent.length <= MOST;
  }
}
