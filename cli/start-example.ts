/**
 * `npm start`: the main job on real input. A real HTTP server on loopback, examples/fan-out.ts compiled at run time and
 * run on the pool against it, then the same source in Node itself; prints results, what happened, and both times.
 */
import { readFileSync } from 'node:fs';
import { createServer, Agent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect, isDeepStrictEqual } from 'node:util';
import ts = require('typescript');
import { createJit } from '../index.js';
import { parseCommandLine } from './options.js';
import { repl } from './repl.js';

const REQUESTS = 200;
const CONCURRENT = 16;
const FAIL_EVERY = 9;
const SOURCE = new URL('../../examples/fan-out.ts', import.meta.url);

/** Serves GET /parts/N; the first request for every ninth part is answered 503. */
function startServer(): Promise<Server> {
  const asked = new Set<number>();
  const server = createServer((incoming, response) => {
    const id = Number(incoming.url?.split('/')[2]);
    const refused = id % FAIL_EVERY === 0 && !asked.has(id);
    asked.add(id);
    setTimeout(() => {
      response.writeHead(refused ? 503 : 200, { 'content-type': 'application/json' });
      response.end(refused ? '{}' : JSON.stringify({ id, supplier: `supplier-${id % 7}`, price: (id * 37) % 101, stock: id % 13 }));
    }, 1 + (id % 4));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function client(port: number, agent: Agent): (id: number) => Promise<unknown> {
  return (id) =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: `/parts/${id}`, agent }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          response.statusCode === 200 ? resolve(JSON.parse(body)) : reject(new Error(`HTTP ${response.statusCode}`)),
        );
      })
        .on('error', reject)
        .end();
    });
}

interface Measured {
  readonly value: unknown;
  readonly ms: number;
}

async function onBrolga(text: string, host: Host): Promise<Measured & { readonly compileMs: number; readonly stats: object }> {
  const jit = await createJit({ workers: 2 });
  try {
    const compiling = performance.now();
    const program = await jit.compile(text, { filename: 'examples/fan-out.ts', host });
    const started = performance.now();
    const value = await program.call('main', [REQUESTS, CONCURRENT], { onLog: (_level, line) => console.log(`  log: ${line}`) });
    return { value, ms: performance.now() - started, compileMs: started - compiling, stats: jit.stats() };
  } finally {
    await jit.close();
  }
}

type Host = { getPart(id: number): Promise<unknown> };

async function onNode(text: string, host: Host): Promise<Measured> {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
  Object.assign(globalThis, host);
  const program: { main(count: number, limit: number): Promise<unknown> } = await import(
    `data:text/javascript,${encodeURIComponent(outputText)}`
  );
  const started = performance.now();
  const value = await program.main(REQUESTS, CONCURRENT);
  return { value, ms: performance.now() - started };
}

export async function startExample(): Promise<void> {
  const text = readFileSync(SOURCE, 'utf8');
  const run = async <T>(measure: (host: Host) => Promise<T>): Promise<T> => {
    const server = await startServer();
    const agent = new Agent({ keepAlive: true });
    try {
      return await measure({ getPart: client((server.address() as AddressInfo).port, agent) }); // it listens on a port
    } finally {
      agent.destroy();
      server.close();
    }
  };
  console.log(`examples/fan-out.ts: ${REQUESTS} HTTP requests, ${CONCURRENT} at a time, on two reactor workers\n`);
  const brolga = await run((host) => onBrolga(text, host));
  const node = await run((host) => onNode(text, host));
  console.log(`\nresult   ${inspect(brolga.value, { breakLength: 100 })}`);
  console.log(`Node     ${isDeepStrictEqual(brolga.value, node.value) ? 'gives the same result' : `DIFFERS: ${inspect(node.value)}`}`);
  for (const [name, value] of Object.entries(brolga.stats)) {
    if (typeof value === 'number') console.log(`${name.padEnd(24)} ${value}`);
  }
  console.log(`compile  ${brolga.compileMs.toFixed(0)} ms   run ${brolga.ms.toFixed(0)} ms   the same source in Node ${node.ms.toFixed(0)} ms`);
  if (!isDeepStrictEqual(brolga.value, node.value)) process.exitCode = 1;
  if (process.stdin.isTTY && process.stdout.isTTY) {
    console.log('\nThe REPL (Ctrl-D ends it):');
    await repl(parseCommandLine([]));
  }
}
