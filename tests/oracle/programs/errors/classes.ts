const made = [new Error('m'), new TypeError('m'), new RangeError('m'), new SyntaxError('m'), new ReferenceError('m'), new EvalError('m'), new URIError('m')];
export async function main() {
  for (const e of made) {
    console.log(e.name, e.message, String(e), e instanceof Error, e instanceof TypeError, Object.keys(e), 'stack' in e, typeof e.stack);
  }
  const chain = new Error('top', { cause: new TypeError('mid', { cause: { code: 7 } }) });
  const causes: unknown[] = [];
  for (let e: unknown = chain; e !== undefined; e = e instanceof Error ? e.cause : undefined) causes.push(e instanceof Error ? e.message : e);
  console.log(causes, 'cause' in new Error('x'), 'cause' in new Error('x', { cause: undefined }), new Error().message === '', `${new Error('')}`, Error('no new').message);
  const renamed = new Error('custom');
  renamed.name = 'ValidationError';
  console.log(String(renamed), renamed.toString(), JSON.stringify(renamed), { ...renamed });
  const group = new AggregateError([new Error('a'), 'b'], 'many');
  console.log(group.errors.length, group.message, group.name, group instanceof AggregateError);
  const thrown: unknown[] = [];
  for (const value of ['text', 42, null, undefined, { code: 'E' }, [1], true]) {
    try { throw value; } catch (e) { thrown.push(e); }
    await Promise.reject(value).catch((e) => thrown.push(typeof e));
  }
  console.log(thrown);
  const httpError = (status: number, message = `HTTP ${status}`) => Object.assign(new Error(message), { name: 'HttpError', status, retryable: status >= 500 });
  const isHttp = (e: unknown): e is ReturnType<typeof httpError> => e instanceof Error && e.name === 'HttpError';
  const outcome = [404, 503].map((s) => { try { throw httpError(s); } catch (e) { return isHttp(e) ? `${e} ${e.retryable}` : 'other'; } });
  console.log(outcome);
  for (const bad of [() => (undefined as any).x, () => (null as any)[0], () => (5 as any)(), () => [...(3 as any)], () => { const [a] = null as any; return a; }, () => { const { a } = undefined as any; return a; }, () => new Array(-1), () => (undefined as any)?.x.y, () => 'x' in ('str' as any)]) {
    try { console.log(bad()); } catch (e) { console.log((e as Error).name, (e as Error).message); }
  }
  return 'done';
}
