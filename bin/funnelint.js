#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`funnelint needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else if (!existsSync(new URL('../dist/cli/start.cjs', import.meta.url))) {
  process.stderr.write('funnelint: dist/ is missing. Run "npm run build" first.\n');
  process.exitCode = 2;
} else {
  const { start } = createRequire(import.meta.url)('../dist/cli/start.cjs');
  process.exitCode = await start(process.argv.slice(2));
}
