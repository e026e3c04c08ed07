import { FunnelintError } from '../errors.ts';
import type { FieldType, Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import { placeOfCell } from '../source/place.ts';
import type { RawColumn, Sheet } from '../source/sheet.ts';
import { coalesced } from './coalesced.ts';
import { inHeaderUnit } from './columns/header-scale.ts';
import type { HeaderMapping } from './columns/mapping.ts';
import { convertMoney } from './convert-money.ts';
import { type Column, PRESENT } from './dataset.ts';
import { createStageMatcher } from './stage-match.ts';
import { normaliseForMissing } from './values/placeholder.ts';
import { type AmbiguousDates, readColumn } from './values/read-column.ts';

interface Target {
  readonly id: string;
  readonly type: FieldType;
  readonly confidence: number;
}

type Order = 'DMY' | 'MDY';

interface Read {
  readonly raw: RawColumn;
  readonly target: Target;
  readonly column: Column | AmbiguousDates;
}

const wordsOfSource = new WeakMap<Ruleset['source'], ReadonlySet<string>>();

/** Words that mean "no value", the same set for every column. */
function missingWords(source: Ruleset['source']): ReadonlySet<string> {
  const known = wordsOfSource.get(source);
  if (known !== undefined) return known;
  const words = new Set(source.missing.map(normaliseForMissing));
  wordsOfSource.set(source, words);
  return words;
}

function readRaw(raw: RawColumn, target: Target, ruleset: Ruleset, order: Order | null): Column | AmbiguousDates {
  const { source, fields } = ruleset;
  const answers = fields.find(({ id }) => id === target.id)?.answers ?? [];
  return readColumn(raw, target, {
    missing: missingWords(source),
    answers: new Set(answers.map(normaliseForMissing)),
    order: source.dates[target.id] ?? order,
    timezone: source.timezone,
  });
}

/** @throws FunnelintError `dates/ambiguous` when nothing tells day and month apart. */
function decided({ raw, target, column }: Read, sheet: Sheet): Column {
  if (!('ambiguous' in column)) return column;
  const { example, code } = column.ambiguous;
  const row = raw.codes.indexOf(code);
  const { file, cell } = placeOfCell(sheet, row, raw.position);
  throw new FunnelintError('dates/ambiguous', {
    file,
    header: raw.header,
    example,
    cell,
    field: target.id,
  });
}

/**
 * Reads one raw column as a field.
 * @throws FunnelintError `dates/ambiguous` when nothing tells day and month apart.
 */
export function typedColumn(raw: RawColumn, target: Target, sheet: Sheet, ruleset: Ruleset): Column {
  return decided({ raw, target, column: readRaw(raw, target, ruleset, null) }, sheet);
}

/** The order of day and month that the other columns prove, and one that does; null where none does, or they differ. */
function orderOfOthers(reads: readonly Read[]): { readonly order: Order; readonly header: string } | null {
  const proved = reads.flatMap(({ column }) => {
    const order = 'ambiguous' in column ? undefined : column.reading['dates'];
    return (order === 'DMY' || order === 'MDY') && 'header' in column
      ? [{ order, header: column.header } as const]
      : [];
  });
  const [first] = proved;
  return first !== undefined && proved.every(({ order }) => order === first.order) ? first : null;
}

/** Gives columns that do not tell day and month apart the order of the others: one file is written in one format. */
function withOrderOfOthers(reads: readonly Read[], ruleset: Ruleset): readonly Read[] {
  const others = reads.some(({ column }) => 'ambiguous' in column) ? orderOfOthers(reads) : null;
  if (others === null) return reads;
  return reads.map((read) => {
    if (!('ambiguous' in read.column)) return read;
    const column = readRaw(read.raw, read.target, ruleset, others.order);
    if ('ambiguous' in column) return read;
    return { ...read, column: { ...column, reading: { ...column.reading, datesAs: others.header } } };
  });
}

/**
 * The mapped columns of a sheet by field, sums of money in the unit that their header names, converted where the rules
 * give exchange rates.
 * @throws FunnelintError `dates/ambiguous` when nothing in the sheet tells day and month apart.
 */
export function typedColumns(
  sheet: Sheet,
  mappings: readonly HeaderMapping[],
  ruleset: Ruleset,
): ReadonlyMap<string, Column> {
  const rawAt = new Map(sheet.columns.map((column) => [column.position, column]));
  const reads: Read[] = [];
  const rawsOf = new Map<string, RawColumn[]>();
  for (const { index, field } of mappings) {
    const raw = rawAt.get(sheet.headers[index]?.position ?? -1);
    if (raw !== undefined) rawsOf.set(field, [...(rawsOf.get(field) ?? []), raw]);
  }
  const missing = missingWords(ruleset.source);
  const seen = new Set<string>();
  for (const { field, type, confidence } of mappings) {
    const raws = rawsOf.get(field);
    if (raws === undefined || seen.has(field)) continue;
    seen.add(field);
    const raw = coalesced(raws, missing);
    const target = { id: field, type, confidence };
    reads.push({ raw, target, column: readRaw(raw, target, ruleset, null) });
  }
  const columns = new Map(
    withOrderOfOthers(reads, ruleset).map((read) => [read.target.id, inHeaderUnit(decided(read, sheet))]),
  );
  return convertMoney(columns, sheet.rowCount, ruleset);
}

/** Columns that rules name by header, typed as the rules use them. */
export function namedColumns(sheet: Sheet, ruleset: Ruleset): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const [header, type] of ruleset.extraHeaders) {
    const raw = sheet.columns.find((column) => column.header.trim() === header);
    if (raw !== undefined) columns.set(header, typedColumn(raw, { id: header, type, confidence: 1 }, sheet, ruleset));
  }
  return columns;
}

/** Stage index of each row of a stage column, -1 where missing or unknown; each distinct text is matched once. */
export function stageIndexes(
  column: Column | undefined,
  rowCount: number,
  stages: readonly StageDefinition[],
): Int16Array {
  const indexes = new Int16Array(rowCount).fill(-1);
  if (column === undefined) return indexes;
  const match = createStageMatcher(stages);
  const ofCode = Int16Array.from(column.texts, (text, code) =>
    column.state[code] === PRESENT ? match(text).index : -1,
  );
  for (let row = 0; row < rowCount; row++) indexes[row] = ofCode[column.codes[row] as number] as number;
  return indexes;
}
