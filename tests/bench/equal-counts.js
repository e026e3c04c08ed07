// Before anything is timed: what SQL answers must be what the audit reports.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asTree, compare } from './compare.js';
import { FOLDER } from './data.js';
import { LEFT_OUT_RULE } from './left-out.js';
import { reportNumbers } from './report-numbers.js';

const DUCKDB = fileURLToPath(new URL('./duckdb.js', import.meta.url));
const MOST_SHOWN = 20;

function answersOf(entry, plan, files) {
  const file = join(FOLDER, 'answers.json');
  const { status, stderr } = spawnSync(process.execPath, [DUCKDB, entry, plan, ...files, '--answers', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`DuckDB: ${stderr}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Rules that ran and metrics that say something, by what was asked of them. */
function coverageOf(tree, answers, leftOut) {
  const askedRules = new Set(
    answers
      .filter(({ path }) => path === 'rules')
      .flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row).map((column) => column.split('.')[0]))),
  );
  const askedMetrics = new Set(answers.map(({ path }) => /^metrics\.(\w+)/.exec(path)?.[1]));
  const rules = Object.values(tree.rules).filter(({ verdict }) => verdict !== 'not-run' && verdict !== 'no-data');
  const metrics = Object.keys(tree.metrics).filter((name) => tree.metrics[name] !== null);
  const wanted = rules.filter(({ id }) => !LEFT_OUT_RULE.test(id));
  const wantedMetrics = metrics.filter((name) => !leftOut.includes(name));
  return {
    rules: wanted.length,
    metrics: wantedMetrics.length,
    unasked: [
      ...wanted.filter(({ id }) => !askedRules.has(id)).map(({ id }) => `no statement asks about ${id}`),
      ...wantedMetrics.filter((name) => !askedMetrics.has(name)).map((name) => `no statement asks about ${name}`),
    ],
  };
}

/**
 * Compares every answer with the JSON report; throws with the first differences where one is not equal, or where a rule
 * or metric is neither asked about nor left out.
 * @param leftOut metrics
 */
export async function checkEqualCounts({ bin, args, entry, plan, files, leftOut = [] }) {
  const tree = asTree(await reportNumbers(bin, args));
  const answers = answersOf(entry, plan, files);
  const { rules, metrics, unasked } = coverageOf(tree, answers, leftOut);
  // Of what the report says nothing, such as customers who bought twice where none did, there is nothing to compare.
  const said = answers.filter(({ path }) => tree.metrics[/^metrics\.(\w+)/.exec(path)?.[1]] !== null);
  const results = said.map((answer) => compare(tree, answer, answer.rows));
  const differences = [...unasked, ...results.flatMap((result) => result.differences)];
  if (differences.length > 0) {
    const more = differences.length - MOST_SHOWN;
    throw new Error([...differences.slice(0, MOST_SHOWN), ...(more > 0 ? [`… ${more} more`] : [])].join('\n'));
  }
  return { rules, metrics, statements: said.length, equal: results.reduce((sum, { equal }) => sum + equal, 0) };
}
