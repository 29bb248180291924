/** The back end's error: input that breaks its contract, which is a fault of the compiler and not of the guest. */

export type BackendErrorCode = 'IRREDUCIBLE' | 'NOT_LOWERED' | 'UNKNOWN_SYMBOL';

export class BackendError extends Error {
  override readonly name = 'BackendError';

  constructor(
    readonly code: BackendErrorCode,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}
