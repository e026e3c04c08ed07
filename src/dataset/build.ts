import type { Ruleset, StageDefinition } from '../ruleset/ruleset.ts';
import type { Sheet } from '../source/sheet.ts';
import { journeysOfLog, journeysOfStageDates } from './build-journeys.ts';
import { journeysOfSnapshots } from './build-snapshots.ts';
import type { Column, Dataset, InputSummary, Journeys } from './dataset.ts';
import { type HeaderMapping, mapHeaders } from './mapping.ts';
import { findStageDates } from './stage-dates.ts';
import { createStageMatcher } from './stage-match.ts';
import { currencyOfRows, namedColumns, stageIndexes, typedColumns } from './typed-columns.ts';

export interface DatasetInput {
  readonly sheet: Sheet;
  readonly history: Sheet | null;
  /** Earlier exports of the same list, in any order. */
  readonly previous: readonly Sheet[];
  readonly ruleset: Ruleset;
  /** Day number. */
  readonly asOfDay: number;
}

interface ReadInput {
  readonly sheet: Sheet;
  readonly columns: ReadonlyMap<string, Column>;
  readonly summary: InputSummary;
}

function summaryOf(
  role: InputSummary['role'],
  sheet: Sheet,
  mappings: readonly HeaderMapping[],
  columns: ReadonlyMap<string, Column>,
): InputSummary {
  const byIndex = new Map(mappings.map((mapping) => [mapping.index, mapping]));
  const mapping = sheet.headers.map(({ text }, index) => {
    const found = byIndex.get(index);
    const reading = found === undefined ? {} : (columns.get(found.field)?.reading ?? {});
    return { header: text, field: found?.field ?? null, confidence: found?.confidence ?? 0, reading };
  });
  return { role, sheet, mapping };
}

function readInput(role: InputSummary['role'], sheet: Sheet, ruleset: Ruleset): ReadInput {
  const headers = sheet.headers.map(({ text }) => text);
  const mappings = mapHeaders(headers, role === 'history' ? ruleset.historyFields : ruleset.fields);
  const columns = typedColumns(sheet, mappings, ruleset);
  return { sheet, columns, summary: summaryOf(role, sheet, mappings, columns) };
}

/**
 * The stages in force. The generic list, which stands in for a CRM nobody named, holds more steps than any one funnel
 * has: those that neither table nor log mentions are no steps of this one, and nobody has skipped them.
 */
function stagesInUse(ruleset: Ruleset, columns: readonly (Column | undefined)[]): readonly StageDefinition[] {
  if (!ruleset.genericStages) return ruleset.stages;
  const match = createStageMatcher(ruleset.stages);
  const used = new Set(columns.flatMap((column) => column?.texts.map((text) => match(text).index) ?? []));
  return ruleset.stages.filter(({ kind }, index) => kind !== 'open' || used.has(index));
}

/**
 * Turns sheets into typed deals and journeys. Journeys come from the change log, else from columns that date the entry
 * to each stage, else from earlier exports.
 * @throws FunnelintError when a date column cannot be decided, or the change log lacks a column it cannot do without.
 */
export function buildDataset({ sheet, history, previous, ruleset, asOfDay }: DatasetInput): Dataset {
  const deals = readInput('deals', sheet, ruleset);
  const log = history === null ? null : readInput('history', history, ruleset);
  const earlier = previous.map((each) => readInput('previous', each, ruleset));
  const named = [deals, ...earlier].map(({ columns }) => columns.get('stage'));
  const stages = stagesInUse(ruleset, [...named, log?.columns.get('to_stage')]);
  const context = { rowCount: sheet.rowCount, stages, asOfDay };
  const journeys: Journeys | null =
    log === null ? journeysOfStageDates(deals, ruleset, context) : journeysOfLog(log, deals, ruleset, context);
  const { columns } = deals;
  const snapshots = journeys === null && earlier.length > 0 ? journeysOfSnapshots(deals, earlier, context) : null;
  return {
    asOfDay,
    rowCount: sheet.rowCount,
    columns,
    headerColumns: namedColumns(sheet, ruleset),
    fields: ruleset.fields,
    stages,
    stage: stageIndexes(columns.get('stage'), sheet.rowCount, stages),
    ...currencyOfRows(columns, sheet.rowCount, ruleset),
    journeys: snapshots?.journeys ?? journeys,
    snapshots: snapshots?.facts ?? null,
    historySheet: history,
    sheet,
    inputs: [deals, ...(log === null ? [] : [log]), ...earlier].map(({ summary }) => summary),
    notices: [...sheet.notices, ...(history?.notices ?? [])],
    ruleset,
  };
}

/**
 * Positions (indexes into the header list) of the columns an audit keeps: those of fields, those rules name, and those
 * that date stages.
 */
export function keptColumns(
  headers: readonly string[],
  ruleset: Ruleset,
  role: InputSummary['role'],
): readonly number[] {
  const fields = role === 'history' ? ruleset.historyFields : ruleset.fields;
  const kept = new Set(mapHeaders(headers, fields).map(({ index }) => index));
  if (role === 'deals') {
    for (const [index, header] of headers.entries()) if (ruleset.extraHeaders.has(header.trim())) kept.add(index);
    for (const { index } of findStageDates(headers, ruleset.stages)) kept.add(index);
  }
  return [...kept].sort((a, b) => a - b);
}
