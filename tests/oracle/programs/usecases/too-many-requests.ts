interface HttpResponse { status: number; headers: Record<string, string>; body: string }
let calls = 0;
async function fakeFetch(url: string): Promise<HttpResponse> {
  calls++;
  await Promise.resolve();
  if (calls % 3 !== 0) return { status: 429, headers: { 'retry-after': String(calls % 2) }, body: '' };
  if (url.endsWith('/missing')) return { status: 404, headers: {}, body: 'no such thing' };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ url, calls }) };
}
class HttpError extends Error {
  override readonly name = 'HttpError';
  constructor(public readonly status: number, body: string) { super(`HTTP ${status}: ${body}`); }
  get retryable(): boolean { return this.status === 429 || this.status >= 500; }
}
const wait = (seconds: number) => new Promise<void>((r) => setTimeout(r, seconds * 5));
async function request<T>(url: string, signal?: { aborted: boolean }): Promise<T> {
  for (let attempt = 1; ; ++attempt) {
    const response = await fakeFetch(url);
    switch (response.status) {
      case 200:
        return JSON.parse(response.body) as T;
      case 429: {
        const after = Number.parseFloat(response.headers['retry-after'] ?? '1');
        console.log(`attempt ${attempt}: waiting ${after}s`);
        await wait(after);
        if (signal?.aborted) throw new HttpError(499, 'aborted');
        continue;
      }
      default:
        throw new HttpError(response.status, response.body);
    }
  }
}
export async function main() {
  const ok = await request<{ url: string; calls: number }>('https://api.example/items');
  const results = await Promise.allSettled([request('https://api.example/missing'), request<{ calls: number }>('https://api.example/b')]);
  return { ok, results: results.map((r) => r.status === 'fulfilled' ? r.value : { name: r.reason.name, status: r.reason.status, retryable: r.reason.retryable, text: String(r.reason) }) };
}
