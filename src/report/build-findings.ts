import { numberAt, textAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { dealKeys } from '../dataset/deal-keys.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import type { RuleFinding, RuleResult } from '../kinds/result.ts';
import { cellName, placeOfCell } from '../source/place.ts';
import { fingerprint, namesIn } from './fingerprint.ts';
import type { ReportFinding, ReportRule, Verdict } from './report.ts';
import { fieldIds, ownersOf, qualifiedArgs } from './view-findings.ts';

type Place = ReportFinding['at'];

/** Text of a cell as the file has it, also where it cannot be read. */
function rawText(column: Column | undefined, row: number): string | null {
  return column?.texts.at(column.codes[row] as number) ?? null;
}

/** The column of a field, or the one that a rule names by its header. */
function columnOf({ columns, headerColumns }: Dataset, field: string): Column | undefined {
  return columns.get(field) ?? headerColumns.get(field);
}

function placeOf(finding: RuleFinding, field: string | null, dataset: Dataset): Place {
  const { sheet, historySheet } = dataset;
  if (finding.historyRow !== undefined && historySheet !== null) {
    return placeOfCell(historySheet, finding.historyRow, historySheet.columns[0]?.position ?? 0);
  }
  const column = field === null ? undefined : columnOf(dataset, field);
  const position = column?.position ?? sheet.columns[0]?.position ?? 0;
  if (finding.row !== null) return placeOfCell(sheet, finding.row, position);
  const { file, sheet: name } = finding.table ?? sheet.parts?.[finding.part ?? 0] ?? sheet;
  const at = finding.table === undefined ? position : 0;
  const cell = finding.sheetRow === null ? null : cellName(at, finding.sheetRow);
  return { file, sheet: name, cell, line: finding.line };
}

/** Currency of a deal's amount, `XXX` where none is known. */
export function currencyAt(dataset: Dataset, row: number): string {
  return dataset.currencies[dataset.currency[row] as number] ?? NO_CURRENCY;
}

function amountAt(dataset: Dataset, row: number): ReportFinding['amount'] {
  const value = numberAt(dataset.columns.get('amount'), row);
  return Number.isNaN(value) ? null : { value, currency: currencyAt(dataset, row) };
}

/** How grave a finding is: that of its verdict, and `info` where its rule holds in spite of it. */
export function severityOf(verdict: Verdict, rule: ReportRule['severity']): ReportRule['severity'] {
  if (verdict === 'fail') return 'error';
  if (verdict === 'warn') return rule === 'info' ? 'info' : 'warn';
  return 'info';
}

/** Message and subject of a finding: what stands in no deal is told apart by what is said of it, but for its figures. */
function identityOf(finding: RuleFinding, dataset: Dataset, key: string | null): readonly [string | null, string] {
  const { row, message, about, args } = finding;
  if (row !== null) return [message, key ?? textOfRow(dataset, row)];
  return about === undefined ? [message, JSON.stringify(namesIn(args))] : [null, JSON.stringify(about)];
}

/** What names a row that has no key: what else names a deal, or all that the row of a table says. */
function textOfRow({ columns, view }: Dataset, row: number): string {
  const named = ['name', 'account', 'created'].map((field) => columns.get(field));
  const told = view === undefined ? named : [...columns.values()];
  return told.map((column) => rawText(column, row) ?? '').join('|');
}

/**
 * The findings of one rule, each with its cell, deal, owner and amount.
 * @param isOnlyShown fingerprints, which no screen shows, are computed when they are asked for
 */
export function buildFindings(result: RuleResult, deals: Dataset, isOnlyShown = false): ReportFinding[] {
  if (result.findings.length === 0) return [];
  const dataset = result.dataset ?? deals;
  const keyOf = dealKeys(dataset);
  const ownerOf = ownersOf(dataset);
  const idOf = fieldIds(dataset);
  const verdictOfSegment = new Map(result.segments.map(({ segment, verdict }) => [segment, verdict]));
  const fieldOfRows = dataset.view?.each ?? null;
  const isQualified = (dataset.view?.table ?? null) !== null;
  return result.findings.map((finding) => {
    const { row, segment, message, args } = finding;
    const field = finding.field ?? fieldOfRows;
    const verdict = verdictOfSegment.get(segment) ?? result.verdict;
    const key = row === null ? null : keyOf(row);
    const subject =
      row === null ? noDeal(result, segment) : { ...rowOf(dataset, row, field, key), owner: ownerOf(row) };
    const identity = () => fingerprint([result.rule.id, ...identityOf(finding, dataset, key), field, segment]);
    const told = {
      rule: result.rule.id,
      severity: severityOf(verdict, result.rule.severity),
      message,
      args: isQualified ? qualifiedArgs(args, idOf) : args,
      ...subject,
      field: field === null ? null : idOf(field),
      at: placeOf(finding, field, dataset),
    };
    if (!isOnlyShown) return { ...told, fingerprint: identity() };
    return {
      ...told,
      get fingerprint() {
        return identity();
      },
    };
  });
}

type Subject = Pick<ReportFinding, 'deal' | 'name' | 'value' | 'amount'>;

/** A value of a field is no deal: it goes by itself. */
function rowOf(dataset: Dataset, row: number, field: string | null, key: string | null): Subject {
  const value = field === null ? null : rawText(columnOf(dataset, field), row);
  const each = dataset.view?.each ?? null;
  if (each !== null) return { deal: null, name: key, value, amount: null };
  const name = textAt(dataset.columns.get('name'), row);
  return { deal: key, name, value, amount: amountAt(dataset, row) };
}

function noDeal(result: RuleResult, segment: string | null): Subject & Pick<ReportFinding, 'owner'> {
  const owner = result.rule.per === 'owner' ? segment : null;
  return { deal: null, name: null, owner, value: null, amount: null };
}
