function counter(start = 0) {
  let n = start;
  return { next: () => ++n, reset(to: number) { n = to; return this; }, get: () => n };
}
export async function main() {
  const a = counter();
  const b = counter(10);
  a.next(); a.next(); b.next();
  console.log(a.get(), b.get(), a.reset(100).next());
  const account = { balance: 10, deposit(x: number) { this.balance += x; return this.balance; } };
  console.log(account.deposit(5), account.balance);
  const stack: { items: number[]; push(x: number): void; pop(): number | undefined } = {
    items: [], push(x) { this.items.push(x); }, pop() { return this.items.pop(); },
  };
  stack.push(1); stack.push(2);
  return [stack.pop(), stack.pop(), stack.pop()];
}
