interface AppError extends Error { code: string; details: { field: string; tried: number[] }; retryAfter?: number }
function appError(message: string, fields: Pick<AppError, 'code' | 'details'>, cause?: unknown): AppError {
  return Object.assign(new TypeError(message, { cause }), fields);
}
async function load(): Promise<never> {
  await null;
  throw new RangeError('out of slots');
}
export async function main() {
  try {
    await load();
  } catch (e) {
    console.error('failed', (e as Error).message);
    const error = appError('cannot load', { code: 'E_LOAD', details: { field: 'slot', tried: [1, 2] } }, e);
    error.retryAfter = 30;
    error.name = 'AppError';
    throw error;
  }
}
