type State = 'idle' | 'running' | 'done' | 'failed';

class Machine {
  private static readonly transitions: Readonly<Record<State, readonly State[]>> = {
    idle: ['running'],
    running: ['done', 'failed'],
    done: [],
    failed: ['idle'],
  };
  private state: State = 'idle';
  private readonly hooks: ((from: State, to: State) => void)[] = [];
  readonly trail: State[] = [this.state];

  onChange(hook: (from: State, to: State) => void): this {
    this.hooks.push(hook);
    return this;
  }

  to(next: State): boolean {
    const allowed = Machine.transitions[this.state];
    if (!allowed.includes(next)) return false;
    const from = this.state;
    this.state = next;
    this.trail.push(next);
    this.hooks.forEach((hook) => hook(from, next));
    return true;
  }

  get current(): State {
    return this.state;
  }
}

class Retrying extends Machine {
  attempts = 0;
  override to(next: State): boolean {
    if (next === 'running') this.attempts++;
    return super.to(next);
  }
  async run(task: (attempt: number) => Promise<string>): Promise<string> {
    while (this.attempts < 3) {
      this.to('running');
      try {
        const result = await task(this.attempts);
        this.to('done');
        return result;
      } catch {
        this.to('failed');
        this.to('idle');
      }
    }
    throw new Error(`gave up after ${this.attempts}`);
  }
}

export async function main() {
  const log: string[] = [];
  const machine = new Retrying().onChange((from, to) => log.push(`${from}->${to}`));
  const outcome = machine instanceof Retrying
    ? await machine.run(async (attempt) => {
        await null;
        if (attempt < 3) throw new Error('no');
        return `ok at ${attempt}`;
      })
    : 'none';
  console.log(machine);
  return { outcome, log, trail: machine.trail, current: machine.current, refused: machine.to('idle') };
}
