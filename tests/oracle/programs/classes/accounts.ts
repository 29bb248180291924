class InsufficientFunds extends Error {
  override readonly name = 'InsufficientFunds';
  constructor(readonly needed: number, readonly available: number) {
    super(`needed ${needed}, have ${available}`);
  }
}

class Account {
  static #next = 1;
  static readonly all: Account[] = [];
  readonly id = Account.#next++;
  #balance = 0;
  #history: { kind: string; amount: number }[] = [];

  constructor(public owner: string, opening = 0) {
    this.balance = opening;
    Account.all.push(this);
  }

  get balance(): number {
    return this.#balance;
  }

  private set balance(value: number) {
    if (value < 0) throw new RangeError(`negative balance ${value}`);
    this.#balance = value;
  }

  deposit(amount: number): this {
    this.balance += amount;
    this.#history.push({ kind: 'in', amount });
    return this;
  }

  withdraw(amount: number): this {
    if (amount > this.#balance) throw new InsufficientFunds(amount, this.#balance);
    this.balance -= amount;
    this.#history.push({ kind: 'out', amount });
    return this;
  }

  transferTo(other: Account, amount: number): void {
    this.withdraw(amount);
    other.#balance += amount;
    other.#history.push({ kind: 'transfer', amount });
  }

  get history() {
    return [...this.#history];
  }

  static total(): number {
    return this.all.reduce((sum, account) => sum + account.balance, 0);
  }
}

class Savings extends Account {
  constructor(owner: string, private rate: number) {
    super(owner, 100);
  }
  addInterest(): number {
    const interest = this.balance * this.rate;
    super.deposit(interest);
    return interest;
  }
  override deposit(amount: number): this {
    if (amount > 1000) throw new TypeError('too much at once');
    return super.deposit(amount);
  }
}

export async function main() {
  const ann = new Account('ann', 50);
  const bob = new Savings('bob', 0.05);
  ann.deposit(25).withdraw(10);
  bob.transferTo(ann, 30);
  const errors: string[] = [];
  for (const act of [() => ann.withdraw(1e6), () => bob.deposit(5000), () => new Account('eve', -1)]) {
    try {
      act();
    } catch (error) {
      errors.push(`${error}`);
      if (error instanceof InsufficientFunds) errors.push(`${error.needed - error.available}`);
    }
  }
  console.log(ann, bob, Account.all.length);
  const failed = ann.withdraw(1e9);
  return [failed, errors];
}
