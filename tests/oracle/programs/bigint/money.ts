// Amounts in the smallest unit, ids beyond 2^53, checksums: what server code keeps in bigints.
type Entry = { readonly id: bigint; readonly amount: bigint };

const SCALE = 10n ** 18n;

function parseUnits(text: string): bigint {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole) * SCALE + BigInt(part.padEnd(18, '0').slice(0, 18));
}

function formatUnits(value: bigint, places = 4): string {
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  return `${sign}${(size / SCALE).toString()}.${(size % SCALE).toString().padStart(18, '0').slice(0, places)}`;
}

const sum = (entries: readonly Entry[]): bigint => entries.reduce((total, { amount }) => total + amount, 0n);

function share(total: bigint, parts: number): bigint[] {
  const count = BigInt(parts);
  const each = total / count;
  const shares = Array.from({ length: parts }, () => each);
  for (let rest = total % count, i = 0; rest > 0n; rest--, i++) shares[i]!++;
  return shares;
}

class SnowflakeIds {
  #sequence = 0n;
  next(at: number, worker: number): bigint {
    this.#sequence = (this.#sequence + 1n) & 0xfffn;
    return ((BigInt(at) - 1288834974657n) << 22n) | (BigInt(worker) << 12n) | this.#sequence;
  }
  static time(id: bigint): number {
    return Number((id >> 22n) + 1288834974657n);
  }
}

function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash ^= BigInt(text.charCodeAt(i));
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return hash;
}

export async function main() {
  const entries: Entry[] = ['12.5', '0.000000000000000001', '1234567890.987654321'].map((text, i) => ({ id: BigInt(i) + 9007199254740993n, amount: parseUnits(text) }));
  console.log(entries, formatUnits(sum(entries), 18), formatUnits(-parseUnits('3.14159'), 2));
  console.log(share(100n, 3), share(parseUnits('1'), 7).reduce((a, b) => a + b) === SCALE);
  const ids = new SnowflakeIds();
  const id = ids.next(1700000000000, 5);
  console.log(id, ids.next(1700000000000, 5) - id, SnowflakeIds.time(id), id.toString(16), typeof id);
  console.log(fnv1a('hello'), fnv1a('').toString(36), BigInt.asIntN(64, fnv1a('hello')));
  const byId = new Map(entries.map((entry) => [entry.id, entry.amount]));
  console.log(byId.get(9007199254740994n), byId.has(9007199254740993n), byId.get(1n), new Set([1n, 1n, 2n, BigInt('1')]));
  console.log([3n, 1n, 10n, -2n].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), [3n, 1n, 10n].sort(), [1n, 2n].includes(2n), [1n, 2n].indexOf(2n));
  try {
    JSON.stringify({ id });
  } catch (error) {
    console.log(String(error));
  }
  console.log(JSON.stringify(entries, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)));
  return entries.map(({ amount }) => amount.toString());
}
