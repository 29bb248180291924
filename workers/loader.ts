/** Loads what a reactor is given by name: the engine and the codec; and receives programs from its port on demand. */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { LoadedProgram } from '../executor/programs.js';
import { InternalError } from '../executor/errors.js';
import type { Source, ProgramMessage } from './messages.js';

/** Makes what the source describes; `T` is what PoolData promises about it. */
export async function make<T>(source: Source): Promise<T> {
  const namespace: Record<string, unknown> = await import(source.module);
  const found = namespace[source.name];
  if (found === undefined) throw new InternalError(`${source.module} exports no ${source.name}`);
  return (typeof found === 'function' ? found() : found) as T; // main and worker are built from one source
}

export class ProgramInbox {
  private readonly programs = new Map<number, LoadedProgram>();
  constructor(private readonly port: MessagePort) {}

  forget(id: number): void {
    this.programs.delete(id);
  }

  /** A program that main sent before the first task that needs it. */
  find(id: number): LoadedProgram | undefined {
    for (let received = this.programs.has(id) ? undefined : receiveMessageOnPort(this.port); received; received = receiveMessageOnPort(this.port)) {
      const program = received.message as ProgramMessage; // main sends nothing else on this port
      this.programs.set(program.id, program);
    }
    return this.programs.get(id);
  }
}
