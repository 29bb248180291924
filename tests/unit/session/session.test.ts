/** Sessions: what is declared stays, errors leave the session usable, limits end it; on both executors. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createJit, CompileError, type Jit, type Session, type SessionOptions } from '../../../index.js';

describe.each(['inline', 'pool'] as const)('a session on %s', (executor) => {
  let jit: Jit;
  beforeAll(async () => {
    jit = await createJit({ executor, workers: 1, limits: { arenaMiB: 64, tasks: 1000 } });
  });
  afterAll(() => jit.close());

  /** Evaluates all pieces in one session, gives all values. */
  async function values(pieces: readonly string[], options: SessionOptions = {}): Promise<unknown[]> {
    const session = jit.session(options);
    const results: unknown[] = [];
    for (const piece of pieces) results.push(await session.evaluate(piece));
    await session.close();
    return results;
  }

  const failure = (session: Session, text: string): Promise<Record<string, unknown>> =>
    session.evaluate(text).then(
      () => ({}),
      (error: Record<string, unknown>) => error,
    );

  test('keeps constants, variables and functions', async () => {
    expect(await values(['const a = 2', 'let n = 1', 'function add(by: number) { n += by; return n * a; }', 'add(4)', 'n = 0', 'add(1)', '[a, n]']))
      .toEqual([undefined, undefined, undefined, 10, 0, 2, [2, 1]]);
  });

  test('keeps closures, objects and types', async () => {
    const pieces = [
      'interface Point { x: number; y?: Point }',
      'const counter = () => { let count = 0; return { next: () => ++count }; }',
      'const one = counter(), other = counter(); one.next(); one.next()',
      'const p: Point = { x: 1 }; p.y = { x: 2 }',
      '[one.next(), other.next(), p.x + (p.y?.x ?? 0)]',
      'const many: Point[] = [p, { x: 7 }]; many.map((each) => each.x)',
    ];
    expect((await values(pieces)).slice(4)).toEqual([[3, 1, 3], [1, 7]]);
  });

  test('gives functions of earlier pieces the identity they had', async () => {
    const pieces = ['function f() { return 1; }', 'const g = f, log = console.log', 'const same = [f === g, log === log]; same', 'new Map([[f, "f"]]).get(g)'];
    expect((await values(pieces)).slice(2)).toEqual([[true, true], 'f']);
  });

  test('knows errors of earlier pieces by their class and their place', async () => {
    const session = jit.session();
    await session.evaluate('let kept: unknown; function fail() {\n  throw new RangeError("kept");\n}');
    await session.evaluate('try { fail() } catch (error) { kept = error }');
    expect(await session.evaluate('kept instanceof RangeError && !(kept instanceof TypeError)')).toBe(true);
    const error = await failure(session, '\nthrow kept');
    expect(error).toMatchObject({ name: 'RangeError', message: 'kept', file: 'session.ts#1', line: 2, column: 3 });
    expect(error['stack']).toContain('at session.ts#2:1:7');
    await session.close();
  });

  test('awaits host functions, with and without declarations', async () => {
    const host = { getUser: async (id: number) => ({ id, name: `user ${id}` }), twice: (n: number) => Promise.resolve(2 * n) };
    const pieces = ['const x = await getUser(7)', 'x.name', 'declare function getUser(id: number): Promise<{ id: number; name: string }>', '(await getUser(1)).id', 'const f = twice; await f(await twice(5))'];
    expect((await values(pieces, { host, declarations: 'declare function twice(n: number): Promise<number>;' }))).toEqual([undefined, 'user 7', undefined, 1, 20]);
  });

  test('goes on between evaluations: a timer of one fires during the next', async () => {
    const logs: string[] = [];
    const pieces = [
      'let fired = 0; const fire = new Promise<number>((resolve) => void setTimeout(() => { fired++; console.log("fired"); resolve(fired) }, 5)); 0',
      'const inBackground = async () => { const n = await fire; return n + 1 }; const soon = inBackground(); 0',
      'await soon + fired',
    ];
    expect(await values(pieces, { onLog: (_level, text) => logs.push(text) })).toEqual([0, 0, 3]);
    expect(logs).toEqual(['fired']);
  });

  test('refuses what does not compile, with places in the new text, and forgets it', async () => {
    const session = jit.session();
    await session.evaluate('const a: number = 1;\nconst b = "b" // no end');
    const wrong = await failure(session, '\n  const c: string = a; const d = 1');
    expect(wrong).toBeInstanceOf(CompileError);
    expect(wrong).toMatchObject({ number: 'TS2322', file: 'session.ts#2', line: 2, column: 9 });
    expect(wrong['frame']).toContain('> 2 |   const c: string = a; const d = 1\n    |         ^');
    expect(await failure(session, 'const a = 3')).toMatchObject({ number: 'TS2451', line: 1, column: 7 });
    expect(await failure(session, '(')).toMatchObject({ code: 'SYNTAX', line: 1 });
    expect(await failure(session, 'declare function nobody(): Promise<void>')).toMatchObject({ code: 'UNKNOWN_HOST_FUNCTION', line: 1, column: 1 });
    expect(await session.evaluate('const c = a, d = b; `${c} ${d}`')).toBe('1 b');
    await session.close();
  });

  test('no statement goes on from one piece to the next', async () => {
    expect(await values(['const f = () => 1', '(2)', '[3]', '`4`', 'let c = 1', '++c'])).toEqual([undefined, 2, [3], '4', undefined, 2]);
  });

  test('goes on after an error; what was not initialized then never is', async () => {
    const session = jit.session();
    expect(await failure(session, 'let before = 1; const never = ((): number => { throw new Error("no") })(); let after = 2')).toMatchObject({ message: 'no', line: 1 });
    expect(await session.evaluate('before')).toBe(1);
    expect(await failure(session, 'never + 1')).toMatchObject({ name: 'ReferenceError', message: "Cannot access 'never' before initialization" });
    expect(await failure(session, 'after')).toMatchObject({ name: 'ReferenceError' });
    expect(await session.evaluate('before + 1')).toBe(2);
    await session.close();
  });

  test('DEADLOCK ends the evaluation alone, which a later one may still let go on', async () => {
    const logs: string[] = [];
    const session = jit.session({ onLog: (_level, text) => logs.push(text) });
    expect(await failure(session, 'let open = () => {}; await new Promise<void>((resolve) => { open = resolve }); console.log("through"); "stale"')).toMatchObject({ code: 'DEADLOCK' });
    expect(await session.evaluate('open(); await Promise.resolve(); "mine"')).toBe('mine');
    expect(logs).toEqual(['through']);
    await session.close();
  });

  test('reports rejections that nobody handles, and goes on', async () => {
    const lost: unknown[] = [];
    const session = jit.session({ onUnhandled: (error) => lost.push(error) });
    expect(await session.evaluate('void Promise.reject(new Error("lost")); 1')).toBe(1);
    expect(await session.evaluate('2')).toBe(2);
    expect(lost).toMatchObject([{ message: 'lost' }]);
    await session.close();
  });

  test('a signal unwinds an evaluation, and the session goes on', async () => {
    const abort = new AbortController();
    const session = jit.session({ onLog: () => abort.abort(new Error('enough')) });
    await session.evaluate('let cleaned = 0');
    const waiting = session.evaluate('console.log("begun"); try { await new Promise((resolve) => setTimeout(resolve, 60_000)) } finally { cleaned++ }', { signal: abort.signal });
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await session.evaluate('cleaned')).toBe(1);
    await session.close();
  });

  test('a signal that comes before the start lets nothing begin', async () => {
    const logs: string[] = [];
    const session = jit.session({ onLog: (_level, text) => logs.push(text) });
    const abort = new AbortController();
    const never = session.evaluate('console.log("begun")', { signal: abort.signal });
    abort.abort();
    await expect(never).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await session.evaluate('1')).toBe(1);
    expect(logs).toEqual([]);
    await session.close();
  });

  test('counts fuel for each evaluation; running out of it ends the session', async () => {
    const session = jit.session({ fuel: 200_000 });
    const work = 'for (let i = 0; i < 2000; i++) total += i; total';
    await session.evaluate('let total = 0');
    for (let round = 1; round <= 20; round++) expect(await session.evaluate(work)).toBe(round * 1999000);
    expect(await failure(session, 'while (true) total++')).toMatchObject({ code: 'FUEL_EXHAUSTED', line: 1 });
    expect(await failure(session, 'total')).toMatchObject({ code: 'CLOSED', message: expect.stringContaining('FUEL_EXHAUSTED') });
    expect(session.over).toMatchObject({ code: 'CLOSED' });
    await session.close();
  });

  test('closing ends a running evaluation', async () => {
    const session = jit.session();
    const running = failure(session, 'await new Promise((resolve) => setTimeout(resolve, 60_000))');
    setImmediate(() => void session.close());
    expect(await running).toMatchObject({ code: 'CLOSED' });
    expect(await failure(session, '1')).toMatchObject({ code: 'CLOSED' });
  });

  test('drained, it lets timers end first', async () => {
    const logs: string[] = [];
    const session = jit.session({ onLog: (_level, text) => logs.push(text) });
    await session.evaluate('setTimeout(() => console.log("last words"), 5); 0');
    await session.close({ drain: true });
    expect(logs).toEqual(['last words']);
  });

  test('fifty evaluations, in order of their calls', async () => {
    const session = jit.session();
    await session.evaluate('const seen: number[] = []; const note = (n: number) => seen.push(n)');
    const lengths = await Promise.all(Array.from({ length: 50 }, (_, i) => session.evaluate(`const v${i} = { n: ${i}, s: "s${i}" }; note(v${i}.n)`)));
    expect(lengths).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(await session.evaluate('v0.n + v25.n + v49.n + seen.length')).toBe(124);
    await session.close();
  }, 60_000);

  test('tells types', async () => {
    const session = jit.session();
    await session.evaluate('const pair = [1, "two"] as const; async function load(id: number) { return { id } }');
    expect(await Promise.all(['pair', 'load', 'await load(1)'].map((each) => session.typeOf(each)))).toEqual([
      'readonly [1, "two"]', '(id: number) => Promise<{ id: number; }>', '{ id: number; }',
    ]);
    await session.close();
  });

  test('leaves nothing behind', async () => {
    expect(jit.stats().tasksLive).toBe(0);
  });
});
