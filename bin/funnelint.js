#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const START = join(__dirname, '../dist/cli/start.cjs');
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`funnelint needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else if (!existsSync(START)) {
  process.stderr.write('funnelint: dist/ is missing. Run "npm run build" first.\n');
  process.exitCode = 2;
} else {
  require(START)
    .start(process.argv.slice(2))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
}
