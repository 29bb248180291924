const log: string[] = [];
const say = (text: string) => () => void log.push(text);
export async function main() {
  say('sync')();
  setTimeout(say('timeout 0'), 0);
  setTimeout(say('timeout 5'), 5);
  setTimeout((a: number, b: string) => log.push(`args ${a}${b}`), 1, 7, 'x');
  Promise.resolve().then(say('then 1')).then(say('then 2')).then(say('then 3'));
  queueMicrotask(() => { log.push('micro'); queueMicrotask(say('nested micro')); });
  (async () => { log.push('iife'); await undefined; log.push('iife after'); await new Promise<void>((r) => r()); log.push('iife end'); })();
  const cancelled = setTimeout(say('never'), 2);
  clearTimeout(cancelled);
  clearTimeout(undefined);
  await null;
  log.push('main 1');
  await new Promise((resolve) => setTimeout(resolve, 10));
  log.push('main 2');
  let ticks = 0;
  await new Promise<void>((resolve) => {
    const handle = setInterval(() => { log.push(`tick ${++ticks}`); if (ticks === 3) { clearInterval(handle); resolve(); } }, 2);
  });
  let resolve!: (text: string) => void;
  const promise = new Promise<string>((r) => { resolve = r; });
  setTimeout(() => { log.push('outer'); Promise.resolve().then(say('micro in timer')); setTimeout(say('inner timer'), 0); setTimeout(() => resolve('done'), 5); }, 1);
  log.push(await promise);
  console.log(log.join('\n'));
  return log.length;
}
