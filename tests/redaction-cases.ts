import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AuditRequest, runAudit } from '../src/audit.ts';
import { buildDataset } from '../src/dataset/build.ts';
import type { Dataset } from '../src/dataset/dataset.ts';
import { KINDS } from '../src/kinds/index.ts';
import { parseIsoDay } from '../src/kinds/option-types.ts';
import { readInputs } from '../src/read-inputs.ts';
import type { AuditReport } from '../src/report/report.ts';

/** An audit whose report is to be redacted, and the lists it was made of. */
export interface Audited {
  readonly report: AuditReport;
  readonly dataset: Dataset;
}

export async function audited(request: AuditRequest): Promise<Audited> {
  const report = await runAudit(request);
  const inputs = await readInputs(request);
  return { report, dataset: buildDataset({ ...inputs, asOfDay: parseIsoDay(report.asOf.date) ?? 0 }) };
}

/** Text fields that some list of an audit has a column for, as `--redact-field` takes them. */
export function textFields({ dataset }: Audited): readonly string[] {
  const ofDeals = dataset.fields.filter(({ id, type }) => type === 'text' && dataset.columns.has(id));
  const ofTables = [...dataset.tables].flatMap(([table, { fields, columns }]) =>
    table === 'previous'
      ? []
      : fields.filter(({ id, type }) => type === 'text' && columns.has(id)).map(({ id }) => `${table}.${id}`),
  );
  return [...ofDeals.map(({ id }) => id), ...ofTables];
}

type Input = Dataset['inputs'][number];

/** What the cells of the columns that were taken for a field hold. */
function rawCells({ sheet, mapping }: Input, id: string): readonly string[] {
  const positions = mapping.flatMap(({ field }, index) => (field === id ? (sheet.headers[index]?.position ?? []) : []));
  return sheet.columns.filter(({ position }) => positions.includes(position)).flatMap(({ values }) => [...values]);
}

/** What the cells of a field hold in every file, as the file has them. */
export function cellsOf({ dataset }: Audited, name: string): ReadonlySet<string> {
  const [table, id = ''] = name.split('.');
  const lists = dataset.inputs.filter(({ role }) => role === 'deals' || role === 'previous');
  const cells =
    id === ''
      ? lists.flatMap((input) => rawCells(input, name))
      : (dataset.tables.get(table ?? '')?.columns.get(id)?.texts ?? []);
  return new Set(cells.map((cell) => cell.trim()));
}

function sourceTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/kinds'))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'));
}

/** All that the program says by itself: its code, and the texts of the kinds without their examples. */
const PROGRAM = [
  ...sourceTexts(fileURLToPath(new URL('../src', import.meta.url))),
  JSON.stringify([...KINDS.values()].map(({ kind, title, why, fix, messages }) => [kind, title, why, fix, messages])),
].join('\n');

/** All that a report may say whatever the cells hold: program, rules, headers, names of files. */
export function vocabularyOf({ dataset, report }: Audited): string {
  const rules = report.rules.map(({ title, why, advice, messages }) => [title, why, advice, messages]);
  const headers = dataset.inputs.map(({ sheet }) => [sheet.file, sheet.sheet, sheet.headers.map(({ text }) => text)]);
  return `${PROGRAM}\n${JSON.stringify([dataset.ruleset, headers, report.labels, rules])}`;
}

const WORD = /[0-9A-Za-z\u00c0-\u1fff]/;

function isWhole(word: string, text: string, at: number): boolean {
  const end = at + word.length;
  const before = at > 0 && WORD.test(text[at - 1]!) && WORD.test(word[0]!);
  const after = end < text.length && WORD.test(text[end]!) && WORD.test(word.at(-1)!);
  return !before && !after;
}

const START = 4;

/** Which words occur in a text as words of their own; one pass over the text for all that are not very short. */
function occurring(words: readonly string[], text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const byStart = new Map<string, string[]>();
  for (const word of words) {
    const start = word.slice(0, START);
    byStart.set(start, [...(byStart.get(start) ?? []), word]);
  }
  const note = (word: string, at: number): void => {
    if (text.startsWith(word, at) && isWhole(word, text, at)) found.add(word);
  };
  for (const [start, alike] of byStart) {
    if (start.length === START) continue;
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1))
      for (const word of alike) note(word, at);
  }
  for (let at = 0; at < text.length; at++)
    for (const word of byStart.get(text.slice(at, at + START)) ?? []) note(word, at);
  return found;
}

/** Numbers this short, and days, stand in every report. */
const ORDINARY = /^([\d.,:/ -]{1,5}|\d{4}-\d{2}-\d{2})$/;

/** A Chinese name has two characters. */
const LONG_ENOUGH = /^(\p{Script=Han}{2}|.{3})/su;

/** The cells that must not be seen: long enough to be told, and no words that the report says anyway. */
export function secretWords(cells: ReadonlySet<string>, vocabulary: string): readonly string[] {
  const candidates = [...cells].filter((cell) => LONG_ENOUGH.test(cell) && !ORDINARY.test(cell));
  const said = occurring(candidates, vocabulary);
  return candidates.filter((cell) => !said.has(cell));
}

/** How the formats write a text: as it is, in JSON, in HTML or XML, in a quoted cell. */
function spellings(word: string): readonly string[] {
  const marked = word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = marked.replaceAll('"', '&quot;');
  return [
    ...new Set([
      word,
      JSON.stringify(word).slice(1, -1),
      marked,
      quoted,
      quoted.replaceAll("'", '&#39;'),
      word.replaceAll('"', '""'),
    ]),
  ];
}

/** The secrets that an output shows. */
export function leaksIn(output: string, secrets: readonly string[]): readonly string[] {
  const spelled = secrets.map((secret) => ({ secret, ways: spellings(secret) }));
  const shown = occurring([...new Set(spelled.flatMap(({ ways }) => ways))], output);
  return spelled.filter(({ ways }) => ways.some((way) => shown.has(way))).map(({ secret }) => secret);
}
