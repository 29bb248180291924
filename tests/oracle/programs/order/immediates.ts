const log: string[] = [];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export async function main(): Promise<string[]> {
  await new Promise<void>((resolve) => {
    // From a timer on, Node's order is fixed: immediates come before the next timers.
    setTimeout(() => {
      setTimeout(() => {
        log.push('timeout 0');
        setImmediate((a: string, b: number) => {
          log.push(`immediate with ${a} ${b}`);
          resolve();
        }, 'x', 2);
      }, 0);
      setImmediate(() => {
        log.push('immediate 1');
        queueMicrotask(() => log.push('microtask of 1'));
      });
      const dropped = setImmediate(() => log.push('never'));
      setImmediate(() => log.push('immediate 2'));
      clearImmediate(dropped);
      Promise.resolve().then(() => log.push('microtask'));
    }, 1);
  });
  for (let i = 0; i < 3; i++) {
    await turn();
    log.push(`turn ${i}`);
  }
  return log;
}
