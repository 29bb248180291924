/** `npm start`: builds when needed, runs the main example, and on a terminal offers the REPL. */
import { build } from './build.mjs';

build();
const { startExample } = await import('../dist/cli/start-example.js');
await startExample();
