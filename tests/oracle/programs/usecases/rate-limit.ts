function tokenBucket(capacity: number, refillPerMs: number, now: () => number) {
  let tokens = capacity, last = now();
  return (cost = 1): boolean => {
    const t = now();
    tokens = Math.min(capacity, tokens + (t - last) * refillPerMs);
    last = t;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}
export async function main() {
  let clock = 0;
  const allow = tokenBucket(3, 0.5, () => clock);
  const out: boolean[] = [];
  for (let i = 0; i < 12; i++) { out.push(allow(i % 4 === 3 ? 2 : 1)); clock += i % 2 ? 1 : 2; }
  return out;
}
