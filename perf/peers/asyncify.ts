/**
 * The same module through Binaryen's Asyncify: the module unwinds its stack into its own memory and is called again to wind
 * it up. One call at a time can be suspended in an instance, so each concurrent call has an instance of its own.
 */
import binaryen from 'binaryen';

/** Where a stack is unwound to: start and end of the free part, then the part itself. */
const STACK = { at: 16, words: 2, end: 60_000 } as const;
const STATE = { normal: 0, unwinding: 1, rewinding: 2 } as const;

interface Exports {
  fib(n: number): number;
  readonly memory: WebAssembly.Memory;
  asyncify_start_unwind(at: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(at: number): void;
  asyncify_stop_rewind(): void;
  asyncify_get_state(): number;
}

/** `text`: a module with an export `fib`, an import `host.leaf` and an exported memory. */
export function asyncifyModule(text: string): WebAssembly.Module {
  const module = binaryen.parseText(text);
  binaryen.setOptimizeLevel(2);
  module.runPasses(['asyncify']);
  module.optimize();
  const bytes = module.emitBinary();
  module.dispose();
  return new WebAssembly.Module(bytes);
}

export async function asyncifyCall(module: WebAssembly.Module, leaf: (n: number) => Promise<number>, n: number): Promise<number> {
  let waiting: Promise<number> | null = null;
  let value = 0;
  const imported = (argument: number): number => {
    if (exports.asyncify_get_state() === STATE.rewinding) {
      exports.asyncify_stop_rewind();
      return value;
    }
    waiting = leaf(argument);
    exports.asyncify_start_unwind(STACK.at);
    return 0;
  };
  const exports = new WebAssembly.Instance(module, { host: { leaf: imported } }).exports as unknown as Exports; // what Asyncify adds, and the module's own
  const words = new Int32Array(exports.memory.buffer);
  for (;;) {
    words[STACK.at >> 2] = waiting === null ? STACK.at + 4 * STACK.words : (words[STACK.at >> 2] ?? 0);
    words[(STACK.at >> 2) + 1] = STACK.end;
    const result = exports.fib(n);
    if (exports.asyncify_get_state() !== STATE.unwinding || waiting === null) return result;
    exports.asyncify_stop_unwind();
    value = await (waiting as Promise<number>); // set by the import, which the compiler does not see
    exports.asyncify_start_rewind(STACK.at);
  }
}
