// node tests/bench/duckdb.js PACKAGE NAME DEALS [HISTORY] [--answers FILE]: DuckDB in a process of its own: loads the
// files once, and answers the statements of a plan (plans.js).
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PLANS } from './plans.js';
import { statementsOf } from './statements.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { answers: { type: 'string' }, times: { type: 'boolean' } },
});
const [entry, plan, deals, history = ''] = positionals;
const { DuckDBInstance } = await import(pathToFileURL(entry).href);
const started = process.hrtime.bigint();
const since = (from) => Number(process.hrtime.bigint() - from) / 1e9;

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`set variable today = date '2026-11-01'`);
await connection.run(`set variable deals = '${deals.replaceAll("'", "''")}'`);
await connection.run(`set variable history = '${history.replaceAll("'", "''")}'`);

const plain = (value) => (typeof value === 'bigint' ? Number(value) : value);
const answers = [];
const parts = {};
for (const [part, files] of Object.entries(PLANS[plan])) {
  const begun = process.hrtime.bigint();
  for (const statement of files.flatMap(statementsOf)) {
    const from = process.hrtime.bigint();
    if (statement.path === null) await connection.run(statement.sql);
    else {
      const reader = await connection.runAndReadAll(statement.sql);
      const rows = reader.getRowObjectsJS();
      answers.push({ ...statement, rows: values.answers === undefined ? rows.length : rows });
    }
    if (values.times)
      process.stdout.write(
        `${since(from).toFixed(3)} s  ${statement.file}: ${statement.path ?? statement.sql.slice(0, 60)}\n`,
      );
  }
  parts[part] = since(begun);
}
process.stdout.write(`${JSON.stringify({ parts, seconds: since(started) })}\n`);
if (values.answers !== undefined) {
  writeFileSync(
    values.answers,
    JSON.stringify(answers, (_, value) => plain(value)),
  );
}
process.exit(0);
