// DuckDB is 70 MB that nobody but this benchmark needs: it is installed beside the files of the benchmark when it runs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER } from './data.js';

export const DUCKDB_VERSION = '1.5.6-r.1';
const PREFIX = join(FOLDER, `duckdb-${DUCKDB_VERSION}`);
const ENTRY = join(PREFIX, 'node_modules/@duckdb/node-api/lib/index.js');

/** Path of DuckDB's module; null where it cannot be had, which is told. */
export function duckdbEntry() {
  if (existsSync(ENTRY)) return ENTRY;
  process.stderr.write(`installing DuckDB into ${PREFIX} (70 MB, once)\n`);
  const args = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefix',
    PREFIX,
    `@duckdb/node-api@${DUCKDB_VERSION}`,
  ];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0 && existsSync(ENTRY)) return ENTRY;
  process.stderr.write('DuckDB cannot be installed here: it is left out\n');
  return null;
}
