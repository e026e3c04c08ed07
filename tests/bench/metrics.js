// node tests/bench/metrics.js [deals]: every metric over deals with a change log, against the time of reading the two.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { journeyFiles, megabytesOf } from './data.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const deals = Number(process.argv[2] ?? 1_000_000);
const files = await journeyFiles(deals);
process.stdout.write(`${files.map((file) => `${megabytesOf(file).toFixed(0)} MB`).join(' + ')}\n`);

// Two folders deep, as the sources are, so that they find the rules.
const bundle = join(ROOT, 'dist/bench/time-metrics.js');
await build({
  cwd: ROOT,
  logLevel: 'warn',
  input: 'tests/bench/time-metrics.ts',
  platform: 'node',
  external: /^(?:node:|simple-statistics)/,
  output: { file: bundle, format: 'esm', codeSplitting: false },
});
const { status } = spawnSync(process.execPath, ['--max-old-space-size=6000', bundle, ...files], { stdio: 'inherit' });
process.exitCode = status ?? 1;
