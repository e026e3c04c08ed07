// node tests/bench/run.js [rows …]: whole processes side by side, as ratios in one run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDeals } from './make-deals.js';
import { makeWorkbook } from './make-workbook.js';

const FOLDER = join(tmpdir(), 'funnelint-bench');
const BIN = fileURLToPath(new URL('../../bin/funnelint.js', import.meta.url));
const EMPTY = fileURLToPath(new URL('./empty-csv.js', import.meta.url));
const EMPTY_WORKBOOK = fileURLToPath(new URL('./empty-workbook.js', import.meta.url));
const PACKS = fileURLToPath(new URL('../../dist/packs.json', import.meta.url));
const RUNS = 3;
const WORKBOOK_ROWS = 100_000;

function measure(args) {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--require', join(FOLDER, 'peak.cjs'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const peak = /PEAK (\d+)/.exec(stderr ?? '');
  return { seconds, status, megabytes: peak === null ? Number.NaN : Number(peak[1]) / 1024 };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function sample(args, runs) {
  const results = Array.from({ length: runs }, () => measure(args));
  return {
    seconds: median(results.map((result) => result.seconds)),
    megabytes: Math.max(...results.map((result) => result.megabytes)),
    status: results[0].status,
  };
}

function line(name, { seconds, megabytes, status }, base) {
  const ratio = (seconds / base.seconds).toFixed(2);
  process.stdout.write(
    `${name.padEnd(34)} ${seconds.toFixed(2).padStart(8)} s  ${ratio.padStart(6)} x  ${megabytes.toFixed(0).padStart(6)} MB  exit ${status}\n`,
  );
}

/** A rules file that switches on every rule that ships. */
function everyRuleFile() {
  const file = join(FOLDER, 'every-rule.yaml');
  const packs = Object.values(JSON.parse(readFileSync(PACKS, 'utf8')));
  const ids = new Set(
    packs.flatMap(({ file: pack }) =>
      pack.stages === undefined || pack.tables !== undefined ? Object.keys(pack.rules ?? {}) : [],
    ),
  );
  writeFileSync(
    file,
    `version: 1\nrules:\n${[...ids]
      .sort()
      .map((id) => `  ${id}: on\n`)
      .join('')}`,
  );
  return file;
}

mkdirSync(FOLDER, { recursive: true });
writeFileSync(
  join(FOLDER, 'peak.cjs'),
  "process.on('exit', () => process.stderr.write('PEAK ' + process.resourceUsage().maxRSS + '\\n'));\n",
);
writeFileSync(join(FOLDER, 'empty.mjs'), '');

const bare = sample([join(FOLDER, 'empty.mjs')], 9);
const help = sample([BIN, '--help'], 9);
process.stdout.write(
  `bare node ${(bare.seconds * 1000).toFixed(0)} ms · --help + ${((help.seconds - bare.seconds) * 1000).toFixed(0)} ms\n`,
);
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 100_000, 1_000_000];
for (const rows of sizes) {
  const file = join(FOLDER, `deals-${rows}.csv`);
  if (!existsSync(file)) await makeDeals(file, rows);
  const runs = rows > 200_000 ? RUNS : 7;
  process.stdout.write(`\n${rows} rows, ${(statSync(file).size / 1e6).toFixed(1)} MB\n`);
  const base = sample([EMPTY, file], runs);
  line('csv-parse alone', base, base);
  const audit = sample([BIN, 'audit', file, '--as-of', '2026-11-01'], runs);
  line('audit, recommended pack', audit, base);
  const every = sample([BIN, 'audit', file, '-c', everyRuleFile(), '--as-of', '2026-11-01'], runs);
  line('audit, every rule that ships', every, base);
  process.stdout.write(`  every rule over the recommended: ${(every.seconds / audit.seconds).toFixed(2)} x\n`);
  if (rows <= 10_000) {
    process.stdout.write(`  over bare node: ${((audit.seconds - bare.seconds) * 1000).toFixed(0)} ms\n`);
  }
}

if (sizes.includes(WORKBOOK_ROWS)) {
  const csv = join(FOLDER, `deals-${WORKBOOK_ROWS}.csv`);
  const file = join(FOLDER, `deals-${WORKBOOK_ROWS}.xlsx`);
  if (!existsSync(file)) await makeWorkbook(csv, file);
  process.stdout.write(`\n${WORKBOOK_ROWS} rows, workbook of ${(statSync(file).size / 1e6).toFixed(1)} MB\n`);
  const base = sample([EMPTY_WORKBOOK, file], RUNS);
  line('exceljs, streaming', base, base);
  line('inspect, every cell', sample([BIN, 'inspect', file, '-f', 'json'], RUNS), base);
  line('audit, recommended pack', sample([BIN, 'audit', file, '--as-of', '2026-11-01'], RUNS), base);
}
