declare function getBalance(account: bigint): Promise<bigint>;
declare function getLedger(accounts: bigint[]): Promise<{ total: bigint; entries: [bigint, number][]; note?: bigint | string }>;

export async function main() {
  const account = 2n ** 70n + 5n;
  const balance = await getBalance(account);
  const ledger = await getLedger([account, 0n, -1n]);
  console.log(balance, ledger, ledger.total * 2n, typeof ledger.note);
  return { balance, account, total: ledger.entries.reduce((sum, [amount]) => sum + amount, 0n), none: [0n, -0n] };
}
