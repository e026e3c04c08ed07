import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { Notice, Sheet } from '../source/sheet.ts';
import { columnNotices } from './columns/column-notices.ts';
import { mapLogColumns } from './columns/content-log.ts';
import { type ColumnMapping, mapColumns, mapEarlier } from './columns/content-mapping.ts';
import { mapHeaders } from './columns/mapping.ts';
import { missingDealFields, missingLogFields, openColumns } from './columns/open-columns.ts';
import { unconvertedCurrencies } from './convert-money.ts';
import type { Column, Dataset, InputSummary } from './dataset.ts';
import { journeysOfDeals } from './journeys/build-journeys.ts';
import { journeysOfSnapshots, latestExport } from './journeys/build-snapshots.ts';
import { datedStages, stageHeaderIndexes } from './journeys/build-stage-dates.ts';
import { datedExports } from './journeys/earlier-exports.ts';
import { linkTables, type TableSheet, tableColumns, tablesOfList } from './linked-tables.ts';
import { logNotices } from './looks-like-log.ts';
import { dealStages } from './outcome.ts';
import { currencyOfRows } from './row-currencies.ts';
import { createStageMatcher, type StageMatch } from './stage-match.ts';
import { latestOfEach } from './superseded.ts';
import { linkNotices } from './table-links.ts';
import { namedColumns, typedColumns } from './typed-columns.ts';

export interface DatasetInput {
  readonly sheet: Sheet;
  readonly history: Sheet | null;
  /** Earlier exports of the same list, in any order. */
  readonly previous: readonly Sheet[];
  /** Lists that deals refer to. */
  readonly tables?: readonly TableSheet[];
  readonly ruleset: Ruleset;
  /** Day number. */
  readonly asOfDay: number;
}

type StageMatcher = (text: string) => StageMatch;

interface ReadInput {
  readonly sheet: Sheet;
  readonly columns: ReadonlyMap<string, Column>;
  readonly summary: InputSummary;
}

function summaryOf(
  role: InputSummary['role'],
  sheet: Sheet,
  mapped: ColumnMapping,
  columns: ReadonlyMap<string, Column>,
): InputSummary {
  const byIndex = new Map(mapped.mappings.map((mapping) => [mapping.index, mapping]));
  const mapping = sheet.headers.map(({ text }, index) => {
    const found = byIndex.get(index);
    const reading = found === undefined ? {} : (columns.get(found.field)?.reading ?? {});
    return { header: text, field: found?.field ?? null, confidence: found?.confidence ?? 0, reading };
  });
  return { role, sheet, mapping, questions: mapped.questions, notices: columnNotices(sheet, mapped) };
}

function withNotices(summary: InputSummary, notices: readonly Notice[]): InputSummary {
  return { ...summary, notices: [...summary.notices, ...notices] };
}

function readInput(role: InputSummary['role'], sheet: Sheet, mapped: ColumnMapping, ruleset: Ruleset): ReadInput {
  const columns = typedColumns(sheet, mapped.mappings, ruleset);
  return { sheet, columns, summary: summaryOf(role, sheet, mapped, columns) };
}

function tableSummary(
  { id, sheet }: TableSheet,
  tables: Dataset['tables'],
  deals: ReadonlyMap<string, Column>,
): InputSummary {
  const table = tables.get(id);
  const byPosition = new Map([...(table?.columns.values() ?? [])].map((column) => [column.position, column]));
  const mapping = sheet.headers.map(({ text, position }) => {
    const { field = null, confidence = 0, reading = {} } = byPosition.get(position) ?? {};
    return { header: text, field, confidence, reading };
  });
  const others = [...tables].flatMap(([other, { key }]) => (other === id || key === null ? [] : [key]));
  const notices = table === undefined ? [] : linkNotices(id, table, deals, others);
  return { role: 'table', table: id, sheet, mapping, questions: [], notices };
}

/** Amounts that stay in their own currency although the rules give exchange rates. */
function rateNotices(rows: Pick<Dataset, 'currency' | 'currencies'>, { rates }: Ruleset): readonly Notice[] {
  if (rates === null) return [];
  return unconvertedCurrencies(rows, rates).map(({ currency, deals }) => ({
    code: 'rates/missing',
    args: { currency, deals, to: rates.to },
    line: null,
    cell: null,
  }));
}

/**
 * The stages in force. The generic list, which stands in for a CRM nobody named, holds more steps than any one funnel
 * has: those that neither table nor log mentions are no steps of this one, and nobody has skipped them. The others go by
 * the word of the table.
 */
function stagesInUse(
  ruleset: Ruleset,
  columns: readonly (Column | undefined)[],
  { headers }: Sheet,
): readonly StageDefinition[] {
  if (!ruleset.genericStages) return ruleset.stages;
  const match = createStageMatcher(ruleset.stages);
  const used = new Set(columns.flatMap((column) => column?.texts.map((text) => match(text).index) ?? []));
  const names = headers.map(({ text }) => text);
  for (const stage of datedStages(names, ruleset, used)) used.add(stage);
  const named = commonWords(columns[0], match);
  return ruleset.stages.flatMap((stage, index) => {
    if (stage.kind === 'open' && !used.has(index)) return [];
    const word = named.get(index);
    return [word === undefined ? stage : { ...stage, label: { en: word, zh: word } }];
  });
}

/** By stage the word that most deals are in it by: what people call it who can look for it in their list. */
function commonWords(column: Column | undefined, match: StageMatcher): ReadonlyMap<number, string> {
  const words = new Map<number, { readonly word: string; readonly deals: number }>();
  if (column === undefined) return new Map();
  const dealsOfCode = new Int32Array(column.texts.length);
  for (const code of column.codes) dealsOfCode[code]! += 1;
  for (const [code, word] of column.texts.entries()) {
    const { index } = match(word);
    const deals = dealsOfCode[code]!;
    const known = words.get(index);
    const isCommoner = known === undefined || deals > known.deals || (deals === known.deals && word < known.word);
    if (index >= 0 && isCommoner) words.set(index, { word, deals });
  }
  return new Map([...words].map(([index, { word }]) => [index, word]));
}

/**
 * Turns sheets into typed deals and journeys. Journeys come from the change log, else from columns that date the entry
 * to each stage, else from earlier exports.
 * @throws FunnelintError when a date column cannot be decided, or the change log lacks a column it cannot do without.
 */
export function buildDataset({ sheet: list, history, previous, tables = [], ruleset, asOfDay }: DatasetInput): Dataset {
  const { sheet, notices: joining } = latestOfEach(list, ruleset, asOfDay);
  const mapped = mapColumns(sheet, ruleset, asOfDay);
  const deals = readInput('deals', sheet, mapped, ruleset);
  const log =
    history === null
      ? null
      : readInput('history', history, mapLogColumns(history, ruleset, deals.columns.get('id')), ruleset);
  const earlier = previous.map((each) => readInput('previous', each, mapEarlier(each, ruleset, mapped), ruleset));
  const named = [deals, ...earlier].map(({ columns }) => columns.get('stage'));
  const logged = ['to_stage', 'old_value', 'new_value'].map((field) => log?.columns.get(field));
  const stages = stagesInUse(ruleset, [...named, ...logged], sheet);
  const { columns } = deals;
  const { source } = ruleset;
  const current = dealStages({ columns, rowCount: sheet.rowCount, stages }, source);
  const context = { rowCount: sheet.rowCount, stages, asOfDay, current, stage: current.stage, source };
  const { journeys, notices } = journeysOfDeals(log, deals, ruleset, context);
  const snapshots = journeys === null && earlier.length > 0 ? journeysOfSnapshots(deals, earlier, context) : null;
  const latest = latestExport(earlier, asOfDay);
  const linked = linkTables({ given: tables, list: sheet, deals: columns, log, previous: latest }, ruleset);
  const money = currencyOfRows(columns, sheet.rowCount, ruleset);
  return {
    asOfDay,
    rowCount: sheet.rowCount,
    columns,
    headerColumns: namedColumns(sheet, ruleset),
    fields: ruleset.fields,
    stages,
    stage: current.stage,
    ...money,
    journeys: snapshots?.journeys ?? journeys,
    snapshots: snapshots?.facts ?? null,
    historySheet: history,
    tables: linked,
    ...(earlier.length === 0 ? {} : { earlier: datedExports(earlier, asOfDay) }),
    sheet,
    inputs: [
      withNotices(
        withNotices(deals.summary, [...joining, ...logNotices(sheet, ruleset), ...rateNotices(money, ruleset)]),
        log === null ? [...current.notices, ...notices] : current.notices,
      ),
      ...(log === null ? [] : [withNotices(log.summary, notices)]),
      ...earlier.map(({ summary }) => summary),
      ...tables.map((table) => tableSummary(table, linked, columns)),
    ],
    ruleset,
  };
}

/**
 * Positions (indexes into the header list) of the columns an audit keeps: those of fields, those rules name, those about
 * stages, and, where a needed field has no header, those whose cells are to be looked at.
 */
export function keptColumns(
  headers: readonly string[],
  ruleset: Ruleset,
  role: InputSummary['role'],
): readonly number[] {
  const fields = role === 'history' ? ruleset.historyFields : ruleset.fields;
  const kept = new Set(mapHeaders(headers, fields).map(({ index }) => index));
  const missing = role === 'history' ? missingLogFields(headers, fields) : missingDealFields(headers, fields);
  for (const { index } of openColumns(headers, missing, fields, ruleset.stages)) kept.add(index);
  if (role === 'deals') for (const index of namedByRules(headers, ruleset)) kept.add(index);
  return [...kept].sort((a, b) => a - b);
}

/** Columns of the deals that rules name by header, that are about stages, and of tables that the list is too. */
function namedByRules(headers: readonly string[], ruleset: Ruleset): readonly number[] {
  const named = [...headers.keys()].filter((index) => ruleset.extraHeaders.has((headers[index] as string).trim()));
  const ofTables = tablesOfList(headers, ruleset).flatMap((table) => tableColumns(headers, table));
  return [...named, ...stageHeaderIndexes(headers, ruleset), ...ofTables];
}
