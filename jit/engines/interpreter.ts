/**
 * The interpreter engine: artifacts by the reference meaning of their lowered IR. It fits the executor's `Engine`.
 *
 * Needs artifacts that keep their lowered IR. Promises what the V8 engine promises, slowly: traps leave `poll` as `Trap`
 * with HEADER.trapCode written where the code has a reason to give. It has no native stack to overflow; `maxFrames` is
 * far above what HEADER.stackBytes allows.
 */
import type { IrModule } from '../../ir/function.js';
import type { Guard } from '../../ir/guarded-view.js';
import { Interpreter } from '../../ir/interpret.js';
import type { MachineMemory } from '../../ir/machine.js';
import { EXPORTS, HEADER } from '../abi.js';
import type { Artifact } from '../artifact.js';
import { completeTable } from '../backend/table.js';

export interface InterpreterInstance {
  poll(header: number): number;
}

export interface InterpreterEngine {
  readonly name: 'interpreter';
  /** `dataAddress`: where the artifact's static data, already relocated, lies in the memory. */
  instantiate(artifact: Artifact, memory: WebAssembly.Memory, dataAddress: number): InterpreterInstance;
}

/** `guard`: asked before each access to the arena, by checking runs. */
export function createInterpreterEngine(guard?: Guard): InterpreterEngine {
  return {
    name: 'interpreter',
    instantiate(artifact, memory, dataAddress) {
      if (!artifact.lowered) throw new TypeError('the interpreter needs an artifact that keeps its lowered IR');
      const module: IrModule = { ...artifact.lowered, table: completeTable(artifact.lowered) };
      const interpreter: Interpreter = new Interpreter(module, {
        memory: adapt(memory),
        dataAddress,
        maxFrames: 1_000_000,
        ...(guard && { guard }),
        onTrap: (code) => writeTrapCode(interpreter, code),
      });
      interpreter.call(exported(module, EXPORTS.init), [dataAddress]);
      const poll = exported(module, EXPORTS.poll);
      return { poll: (header) => Number(interpreter.call(poll, [header])[0]) };
    },
  };
}

function exported(module: IrModule, name: string): string {
  const symbol = module.exports.get(name);
  if (symbol === undefined) throw new TypeError(`the artifact lacks the export ${name}`);
  return symbol;
}

function adapt(memory: WebAssembly.Memory): MachineMemory {
  return {
    get buffer() {
      return memory.buffer;
    },
    grow(pages) {
      try {
        return memory.grow(pages);
      } catch {
        return -1; // beyond the maximum: what the instruction gives
      }
    },
  };
}

function writeTrapCode(interpreter: Interpreter, code: number): void {
  const header = Number(interpreter.getGlobal('header')) >>> 0;
  interpreter.machine.view.setInt32(header + HEADER.trapCode, code, true);
}
