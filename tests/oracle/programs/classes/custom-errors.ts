class AppError extends Error {
  readonly at = 7;
  constructor(message: string, readonly code: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
  }
  describe(): string {
    return `${this.name}[${this.code}]: ${this.message}`;
  }
}

class NotFound extends AppError {
  constructor(readonly id: string) {
    super(`no ${id}`, 404);
    this.name = 'NotFound';
  }
}

class Plain extends Error {}
class Wrapped extends TypeError {
  override name = 'Wrapped';
}

function find(id: string): string {
  if (id === 'x') throw new NotFound(id);
  if (id === 'y') throw new AppError('broken', 500, { cause: new Plain('inner') });
  return id;
}

export async function main() {
  const seen: unknown[] = [];
  for (const id of ['a', 'x', 'y']) {
    try {
      seen.push(find(id));
    } catch (error) {
      if (error instanceof NotFound) seen.push(['not found', error.id, error.describe(), error.code]);
      else if (error instanceof AppError) seen.push([error.describe(), error.cause instanceof Plain, String(error.cause)]);
    }
  }
  const plain = new Plain('p', { cause: 5 });
  const wrapped = new Wrapped('w');
  seen.push([plain.name, plain.message, plain.cause, `${plain}`, plain instanceof Error, plain instanceof AppError]);
  seen.push([wrapped.name, wrapped.message, `${wrapped}`, wrapped instanceof TypeError, Object.keys(wrapped), new Plain().message]);
  const late = await Promise.reject(new NotFound('late')).catch((error: unknown) => (error instanceof NotFound ? error.id : 'none'));
  seen.push(late, Object.keys(new NotFound('q')), JSON.stringify(new NotFound('q')));
  console.log(seen.length);
  throw new NotFound('end');
}
