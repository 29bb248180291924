export async function main() {
  setTimeout(() => console.log('timers still run?'), 1);
  const failing = async () => { throw { code: 42, reasons: ['a', new Map([['k', 1]])] }; };
  await Promise.all([failing(), new Promise((r) => setTimeout(r, 5))]);
}
