// node tests/bench/metrics.js [deals]: every metric over deals with a change log, against the time of reading the two.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { makeHistory } from './make-history.js';

const FOLDER = join(tmpdir(), 'funnelint-bench');
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const deals = Number(process.argv[2] ?? 1_000_000);
mkdirSync(FOLDER, { recursive: true });
const files = [join(FOLDER, `journeys-${deals}.csv`), join(FOLDER, `journeys-${deals}-log.csv`)];
if (!files.every(existsSync)) await makeHistory(...files, deals);
process.stdout.write(`${files.map((file) => `${(statSync(file).size / 1e6).toFixed(0)} MB`).join(' + ')}\n`);

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
