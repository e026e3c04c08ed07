// The files of the benchmark: the same bytes on every machine, made on first use.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDeals } from './make-deals.js';
import { makeHistory } from './make-history.js';
import { makeMistakes } from './make-mistakes.js';
import { makeWorkbook } from './make-workbook.js';

export const FOLDER = join(tmpdir(), 'funnelint-bench');
mkdirSync(FOLDER, { recursive: true });

/** A table of deals with 20 columns, about 245 bytes a row. */
export async function dealsFile(rows) {
  const file = join(FOLDER, `deals-${rows}.csv`);
  if (!existsSync(file)) await makeDeals(file, rows);
  return file;
}

/** The same as a workbook. */
export async function workbookFile(rows) {
  const file = join(FOLDER, `deals-${rows}.xlsx`);
  if (!existsSync(file)) await makeWorkbook(await dealsFile(rows), file);
  return file;
}

/** Deals with the log of their stage changes, about six a deal. */
export async function journeyFiles(deals) {
  const files = [join(FOLDER, `journeys-${deals}.csv`), join(FOLDER, `journeys-${deals}-log.csv`)];
  if (!files.every(existsSync)) await makeHistory(...files, deals);
  return files;
}

/** The same with mistakes put in. */
export async function mistakesFile(rows) {
  const file = join(FOLDER, `mistakes-${rows}.csv`);
  if (!existsSync(file)) makeMistakes(await dealsFile(rows), file);
  return file;
}

/** A file of so little text that it is written each time. */
export function smallFile(name, text) {
  const file = join(FOLDER, name);
  writeFileSync(file, text);
  return file;
}

export const megabytesOf = (file) => statSync(file).size / 1e6;
