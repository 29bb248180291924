declare function echo<T>(value: T): Promise<T>;
declare function fail(message: string): Promise<never>;
interface Step { name: string; run: () => Promise<unknown>; undo: () => Promise<unknown> }
async function saga(steps: Step[]): Promise<{ ok: boolean; log: string[] }> {
  const log: string[] = [], done: Step[] = [];
  try {
    for (const step of steps) { await step.run(); log.push(`did ${step.name}`); done.push(step); }
    return { ok: true, log };
  } catch (e) {
    log.push(`failed: ${(e as Error).message}`);
    for (const step of done.reverse()) { await step.undo(); log.push(`undid ${step.name}`); }
    return { ok: false, log };
  }
}
const step = (name: string, run: () => Promise<unknown> = () => echo(name)): Step => ({ name, run, undo: () => echo(`undo ${name}`) });
export async function main() {
  return [await saga([step('reserve'), step('charge')]), await saga([step('reserve'), step('charge'), step('ship', () => fail('no truck'))])];
}
