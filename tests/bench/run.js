// node tests/bench/run.js [rows …] [--markdown] [--full]: whole processes side by side, as ratios in one run. Before any
// time is told, the counts of DuckDB must equal those of the report.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dealsFile, journeyFiles, megabytesOf, mistakesFile, smallFile, workbookFile } from './data.js';
import { DUCKDB_VERSION, duckdbEntry } from './duckdb-package.js';
import { checkEqualCounts } from './equal-counts.js';
import { LEFT_OUT, VIEW_FULL_METRICS } from './left-out.js';
import { sideBySide } from './processes.js';
import { tableText, times, wholeNumber } from './table.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { markdown: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } },
});
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BIN = here('../../bin/funnelint.js');
const AS_OF = ['--as-of', '2026-11-01'];
const WORKBOOK_ROWS = 100_000;
const JOURNEYS = 1_000_000;
const MISTAKES = 1_000;
/** A report with millions of findings takes more memory than there is. */
const MOST_COMPARED = 1_000_000;
/** `--view full` describes every finding: minutes from here on. */
const MOST_FULL = 100_000;

const EQUAL = 'equal in SQL and in the report';

const print = (text) => process.stdout.write(`${text}\n`);
const audit = (name, files, ...flags) => ({ name, args: [BIN, 'audit', ...files, ...AS_OF, ...flags] });
const PARSER = 'csv-parse alone';
const WORKBOOK_READER = 'exceljs, streaming alone';

const entry = duckdbEntry();
const hasPandas = spawnSync('python3', ['-c', 'import pandas'], { stdio: 'ignore' }).status === 0;
const duckdb = (name, plan, files) =>
  entry === null ? [] : [{ name, args: [here('./duckdb.js'), entry, plan, ...files] }];

/** A rules file that switches on every rule that ships. */
function everyRuleFile() {
  const packs = Object.values(JSON.parse(readFileSync(here('../../dist/packs.json'), 'utf8')));
  const ids = new Set(
    packs.flatMap(({ file: pack }) =>
      pack.stages === undefined || pack.tables !== undefined ? Object.keys(pack.rules ?? {}) : [],
    ),
  );
  const lines = [...ids].sort().map((id) => `  ${id}: on\n`);
  return smallFile('every-rule.yaml', `version: 1\nrules:\n${lines.join('')}`);
}

const HEADERS = ['', 'seconds', 'to DuckDB', 'to parser', 'peak MB'];

function rowOf(result, duck, parser) {
  const { name, seconds, megabytes } = result;
  return [
    name,
    seconds.toFixed(2),
    times(seconds / duck?.seconds),
    times(seconds / parser?.seconds),
    wholeNumber(megabytes),
  ];
}

/** Where DuckDB's time went, of the run of the median. */
function partsText({ name, stdout }) {
  const { parts } = JSON.parse(stdout.trim().split('\n').at(-1));
  return `${name}: ${Object.entries(parts)
    .map(([part, seconds]) => `${part} ${seconds.toFixed(2)} s`)
    .join(', ')}`;
}

function tell(results, { duck, parser }) {
  const rows = Object.values(results).map((result) => rowOf(result, results[duck], results[parser]));
  print(tableText(HEADERS, rows, options.markdown));
  for (const result of Object.values(results)) if (result.name.startsWith('DuckDB')) print(partsText(result));
}

async function equalCounts(title, files, flags, plan, leftOut) {
  if (entry === null) return;
  const args = [files[0], ...flags, ...AS_OF];
  const { rules, metrics, statements, equal } = await checkEqualCounts({ bin: BIN, args, entry, plan, files, leftOut });
  print(`${title}: ${wholeNumber(equal)} values of ${rules} rules and ${metrics} metrics (${statements} statements)`);
}

async function benchDeals(rows, bare) {
  const file = await dealsFile(rows);
  print(`\n## ${wholeNumber(rows)} rows x 20 columns, CSV of ${megabytesOf(file).toFixed(1)} MB\n`);
  if (rows <= MOST_COMPARED) await equalCounts(EQUAL, [file], [], 'full', []);
  else if (entry !== null) print('not compared here: a report of so many findings takes too much memory');
  if (rows === MISTAKES)
    await equalCounts(`${EQUAL}, with mistakes put in`, [await mistakesFile(rows)], [], 'full', []);
  const isFull = options.full || rows <= MOST_FULL;
  const processes = [
    audit('audit', [file]),
    ...duckdb('DuckDB, the same', 'overview', [file]),
    { name: PARSER, args: [here('./empty-csv.js'), file] },
    audit('audit, every rule that ships', [file], '-c', everyRuleFile()),
    ...(isFull
      ? [audit('audit --view full', [file], '--view', 'full'), ...duckdb('DuckDB, every metric', 'full', [file])]
      : []),
    ...(hasPandas ? [{ name: 'pandas, some of it', command: 'python3', args: [here('./pandas-audit.py'), file] }] : []),
  ];
  const results = sideBySide(processes, rows > 200_000 ? 3 : 7);
  tell(results, { duck: 'DuckDB, the same', parser: PARSER });
  if (rows <= 10_000) print(`audit: bare node + ${((results.audit.seconds - bare.seconds) * 1000).toFixed(0)} ms`);
  return [rows, results.audit.seconds / rows];
}

async function benchWorkbook() {
  const file = await workbookFile(WORKBOOK_ROWS);
  print(`\n## ${wholeNumber(WORKBOOK_ROWS)} rows x 20 columns, workbook of ${megabytesOf(file).toFixed(1)} MB\n`);
  const inspect = { name: 'inspect, every cell', args: [BIN, 'inspect', file, '-f', 'json'] };
  tell(
    sideBySide(
      [audit('audit', [file]), inspect, { name: WORKBOOK_READER, args: [here('./empty-workbook.js'), file] }],
      3,
    ),
    { parser: WORKBOOK_READER },
  );
}

async function benchJourneys() {
  const files = await journeyFiles(JOURNEYS);
  const [deals, history] = files;
  print(
    `\n## ${wholeNumber(JOURNEYS)} deals with their change log, ${files.map((file) => `${megabytesOf(file).toFixed(0)} MB`).join(' + ')}\n`,
  );
  const flags = ['--history', history];
  await equalCounts(EQUAL, files, flags, 'journeys', VIEW_FULL_METRICS);
  const results = sideBySide([audit('audit', [deals], ...flags), ...duckdb('DuckDB, the same', 'journeys', files)], 3);
  tell(results, { duck: 'DuckDB, the same' });
}

function machineLine() {
  const version = entry === null ? 'no DuckDB' : `DuckDB ${DUCKDB_VERSION}`;
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  return `${availableParallelism()} cores (${cpus()[0].model.trim()}), ${memory}, Node ${process.version}, ${version}`;
}

const sizes = positionals.length > 0 ? positionals.map(Number) : [1_000, 100_000, 1_000_000];
print(`npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}\n${machineLine()}`);
if (!hasPandas) print('pandas is not installed: left out');
const start = sideBySide(
  [
    { name: 'bare', args: [smallFile('empty.mjs', '')] },
    { name: 'help', args: [BIN, '--help'] },
  ],
  9,
);
const milliseconds = (seconds) => `${(seconds * 1000).toFixed(0)} ms`;
print(
  `bare node ${milliseconds(start.bare.seconds)} · --help + ${milliseconds(start.help.seconds - start.bare.seconds)}`,
);
const perRow = [];
for (const rows of sizes) perRow.push(await benchDeals(rows, start.bare));
const base = perRow.find(([rows]) => rows === 100_000);
if (base !== undefined) {
  print(
    `\ntime a row, of that at 100,000: ${perRow.map(([rows, each]) => `${wholeNumber(rows)} ${times(each / base[1])}`).join(' · ')}`,
  );
}
if (sizes.includes(WORKBOOK_ROWS)) await benchWorkbook();
if (sizes.includes(JOURNEYS)) await benchJourneys();
print(
  `\nLeft out of SQL:\n${Object.entries(LEFT_OUT)
    .map(([what, why]) => `- ${what}: ${why}`)
    .join('\n')}`,
);
