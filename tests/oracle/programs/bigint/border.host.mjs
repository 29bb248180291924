export const getBalance = async (account) => account * -3n;
export const getLedger = async (accounts) => ({ total: accounts.reduce((a, b) => a + b), entries: accounts.map((a, i) => [a, i]), note: 7n });
