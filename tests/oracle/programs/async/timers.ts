const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function main() {
  const log: string[] = [];
  setTimeout(() => log.push('t20'), 20);
  setTimeout((a, b) => log.push(`t10 ${a} ${b}`), 10, 'x', 1);
  const cancelled = setTimeout(() => log.push('never'), 5);
  clearTimeout(cancelled);
  queueMicrotask(() => log.push('micro'));
  await sleep(0);
  log.push('after 0');
  await Promise.all([sleep(40), sleep(30)]);
  let ticks = 0;
  await new Promise<void>((done) => { const t = setInterval(() => { if (++ticks === 3) { clearInterval(t); done(); } }, 2); });
  console.log(ticks);
  return log;
}
