interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (params: Record<string, string>) => string;
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function compilePath(path: string): RegExp {
  const source = path
    .split('/')
    .map((part) => {
      if (part === '*') return '(?<rest>.*)';
      const name = /^:(?<name>[a-zA-Z_]\w*)(?:\((?<shape>[^)]+)\))?$/.exec(part)?.groups;
      return name ? `(?<${name['name']}>${name['shape'] ?? '[^/]+'})` : escapeText(part);
    })
    .join('/');
  return new RegExp(`^${source}/?$`, 'i');
}

class Router {
  readonly #routes: Route[] = [];

  on(method: string, path: string, handle: Route['handle']): this {
    this.#routes.push({ method, pattern: compilePath(path), handle });
    return this;
  }

  dispatch(request: string): string {
    const match = request.match(/^(GET|POST|DELETE)\s+([^?\s]+)(?:\?(\S*))?$/);
    if (!match) return '400';
    const [, method, path = '', query] = match;
    for (const route of this.#routes) {
      if (route.method !== method) continue;
      const found = route.pattern.exec(path);
      if (found) return `${route.handle({ ...found.groups })}${query === undefined ? '' : ` ?${query}`}`;
    }
    return `404 ${path}`;
  }
}

export async function main() {
  const router = new Router()
    .on('GET', '/users/:id(\\d+)', ({ id }) => `user ${id}`)
    .on('GET', '/users/:id/posts/:slug', ({ id, slug }) => `${slug} of ${id}`)
    .on('POST', '/v1.0/items', () => 'created')
    .on('GET', '/static/*', ({ rest }) => `file ${rest}`);
  const requests = [
    'GET /users/42', 'GET /users/ann', 'GET /users/ann/posts/Hello-World/?page=2', 'POST /V1.0/Items', 'POST /v1x0/items',
    'GET /static/css/site.css', 'PATCH /users/1', 'GET /', 'DELETE /users/42?force=1',
  ];
  for (const request of requests) console.log(request, '->', router.dispatch(request));
  console.log(compilePath('/a.b/:id(\\d+)'), compilePath('/*').source);
  return requests.map((request) => router.dispatch(request));
}
