type Reducer<S, A> = (state: S | undefined, action: A) => S;
type Action = { type: 'add'; text: string } | { type: 'toggle'; id: number } | { type: '@@init' };
interface Todo { id: number; text: string; done: boolean }
function createStore<S, A extends { type: string }>(reducer: Reducer<S, A>, ...middleware: Array<(api: { getState(): S }) => (next: (a: A) => A) => (a: A) => A>) {
  let state = reducer(undefined, { type: '@@init' } as A);
  const listeners: Array<() => void> = [];
  const getState = () => state;
  let dispatch = (action: A): A => { state = reducer(state, action); listeners.slice().forEach((l) => l()); return action; };
  for (const m of middleware.reverse()) dispatch = m({ getState })(dispatch);
  return { getState, dispatch: (a: A) => dispatch(a), subscribe(l: () => void) { listeners.push(l); return () => { const i = listeners.indexOf(l); if (i >= 0) listeners.splice(i, 1); }; } };
}
const todos: Reducer<readonly Todo[], Action> = (state = [], action) => {
  switch (action.type) {
    case 'add': return [...state, { id: state.length, text: action.text, done: false }];
    case 'toggle': return state.map((t) => (t.id === action.id ? { ...t, done: !t.done } : t));
    default: return state;
  }
};
const compose = <T>(...fns: Array<(x: T) => T>) => (x: T): T => fns.reduceRight((acc, f) => f(acc), x);
const curry = (f: (a: number, b: number, c: number) => number) => (a: number) => (b: number) => (c: number) => f(a, b, c);
const pipe = <A, B, C>(f: (a: A) => B, g: (b: B) => C) => (a: A): C => g(f(a));
function* counter(start = 0, step = 1): Generator<number, void, boolean | undefined> { let n = start; while (true) { if (yield n) n = start; else n += step; } }
export async function main() {
  const seen: number[] = [];
  const store = createStore<readonly Todo[], Action>(todos, ({ getState }) => (next) => (a) => { console.log('before', a.type, getState().length); const r = next(a); console.log('after', getState().length); return r; });
  const off = store.subscribe(() => seen.push(store.getState().filter((t) => t.done).length));
  store.dispatch({ type: 'add', text: 'x' }); store.dispatch({ type: 'add', text: 'y' }); store.dispatch({ type: 'toggle', id: 1 }); off(); store.dispatch({ type: 'toggle', id: 0 });
  const c = counter(5, 5); const nums = [c.next().value, c.next().value, c.next(true).value, c.next().value];
  const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) { fs.push(() => i); i += 0; } for (var v = 0; v < 2; v++) fs.push(() => v);
  return { state: store.getState(), seen, nums, fs: fs.map((f) => f()), composed: compose<number>((x) => x + 1, (x) => x * 2)(5), curried: curry((a, b, c) => a * b + c)(2)(3)(4), piped: pipe((s: string) => s.length, (n) => n % 2 === 0)('abcd') };
}
