/**
 * How execution ends when it cannot go on. The reasons are WebAssembly's, and those of the reference machine itself.
 */
export const TRAP_REASONS = {
  unreachable: 'unreachable executed',
  divideByZero: 'integer divide by zero',
  overflow: 'integer overflow',
  invalidConversion: 'invalid conversion to integer',
  outOfBounds: 'out of bounds memory access',
  undefinedElement: 'undefined element of the table',
  signatureMismatch: 'indirect call type mismatch',
  fuel: 'the interpreter is out of fuel',
  stack: 'the interpreter is out of frames',
} as const;

export type TrapReason = keyof typeof TRAP_REASONS;

export class Trap extends Error {
  constructor(
    readonly reason: TrapReason,
    /** The code of the `trap` terminator, for `unreachable`. */
    readonly code?: number,
  ) {
    super(code === undefined ? TRAP_REASONS[reason] : `${TRAP_REASONS[reason]} (code ${code})`);
    this.name = 'Trap';
  }
}
