#!/usr/bin/env node
/** The `brolga` command: in a clone it builds first when needed, then hands over to the compiled command line. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const inClone = existsSync(fileURLToPath(new URL('../tsconfig.json', import.meta.url)));
if (inClone) (await import('./build.mjs')).build();
await import('../dist/cli/main.js');
