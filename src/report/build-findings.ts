import { numberAt, textAt } from '../dataset/cells.ts';
import type { Column, Dataset } from '../dataset/dataset.ts';
import { NO_CURRENCY } from '../i18n/number-format.ts';
import { dealKeys } from '../kinds/keys.ts';
import type { RuleFinding, RuleResult } from '../kinds/result.ts';
import { cellName, placeOfCell } from '../source/place.ts';
import { fingerprint } from './fingerprint.ts';
import type { ReportFinding, ReportRule, Verdict } from './report.ts';

type Place = ReportFinding['at'];

/** Text of a cell as the file has it, also where it cannot be read. */
function rawText(column: Column | undefined, row: number): string | null {
  return column?.texts[column.codes[row] as number] ?? null;
}

function placeOf(finding: RuleFinding, dataset: Dataset): Place {
  const { sheet, historySheet } = dataset;
  if (finding.historyRow !== undefined && historySheet !== null) {
    return placeOfCell(historySheet, finding.historyRow, historySheet.columns[0]?.position ?? 0);
  }
  const column = finding.field === null ? undefined : dataset.columns.get(finding.field);
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
function severityOf(verdict: Verdict, rule: ReportRule['severity']): ReportRule['severity'] {
  if (verdict === 'fail') return 'error';
  if (verdict === 'warn') return rule === 'info' ? 'info' : 'warn';
  return 'info';
}

/** Identity of a deal for the fingerprint: its key, else what else names it. */
function identityOf(dataset: Dataset, row: number, key: string | null): string | null {
  if (key !== null) return key;
  const names = ['name', 'account', 'created'].map((field) => rawText(dataset.columns.get(field), row) ?? '');
  return names.join('|');
}

/** The findings of one rule, each with its cell, deal, owner and amount. */
export function buildFindings(result: RuleResult, dataset: Dataset): ReportFinding[] {
  const keyOf = dealKeys(dataset);
  const verdictOfSegment = new Map(result.segments.map(({ segment, verdict }) => [segment, verdict]));
  return result.findings.map((finding) => {
    const { row, segment, message, args, field } = finding;
    const verdict = result.rule.per === null ? result.verdict : (verdictOfSegment.get(segment) ?? result.verdict);
    const subject = row === null ? noDeal(result, segment) : dealOf(dataset, row, field, keyOf(row));
    // What stands in no deal is told apart by what is said of it: a footer by its text, a column by its name.
    const identity = row === null ? JSON.stringify(args) : identityOf(dataset, row, subject.deal);
    return {
      rule: result.rule.id,
      severity: severityOf(verdict, result.rule.severity),
      message,
      args,
      ...subject,
      field,
      at: placeOf(finding, dataset),
      fingerprint: fingerprint([result.rule.id, message, identity, field, segment]),
    };
  });
}

type Subject = Pick<ReportFinding, 'deal' | 'name' | 'owner' | 'value' | 'amount'>;

function dealOf(dataset: Dataset, row: number, field: string | null, deal: string | null): Subject {
  return {
    deal,
    name: textAt(dataset.columns.get('name'), row),
    owner: textAt(dataset.columns.get('owner'), row),
    value: field === null ? null : rawText(dataset.columns.get(field), row),
    amount: amountAt(dataset, row),
  };
}

function noDeal(result: RuleResult, segment: string | null): Subject {
  const owner = result.rule.per === 'owner' ? segment : null;
  return { deal: null, name: null, owner, value: null, amount: null };
}
