import { fileName } from '../i18n/file-name.ts';
import type { Translator } from '../i18n/translator.ts';
import type { AuditReport, ReportFinding, ReportInput, ReportRule } from './report.ts';
import { worstFirst } from './rule-order.ts';

/** The list that cells are named within; of several lists none, for every cell has to say which one it is in. */
export type ListOfCells = Pick<ReportInput, 'file' | 'sheet'>;

/** The only list of deals of a report. */
export function listOfCells({ inputs }: AuditReport): ListOfCells {
  const lists = inputs.filter(({ role }) => role === 'deals');
  const [only] = lists;
  return lists.length === 1 && only !== undefined ? only : { file: '', sheet: null };
}

/** `F47`, `Archive!F47` or `history.csv!B12` beside the list, or the line where there is no cell. */
export function placeText({ sheet, cell, line, file }: ReportFinding['at'], deals: ListOfCells): string {
  const isInList = file === deals.file && sheet === deals.sheet;
  const table = isInList ? null : (sheet ?? fileName(file));
  if (cell !== null) return table === null ? cell : `${table}!${cell}`;
  return line === null ? fileName(file) : `${fileName(file)}:${line}`;
}

/** What a finding says, in one language, as one line that is safe to show. */
export function findingText(finding: ReportFinding, rule: ReportRule, translator: Translator): string {
  const message = rule.messages[finding.message];
  return message === undefined ? translator.value(finding.message) : translator.text(message, finding.args);
}

/** A finding with its rule and its texts in one language, each one line that is safe to show. */
export interface FindingRow {
  readonly finding: ReportFinding;
  readonly rule: ReportRule;
  readonly place: string;
  readonly message: string;
  /** What to do about it; empty where the rule gives no advice. */
  readonly advice: string;
}

/** Every finding of a report, those of the worst rule first, within a rule in the order of the report. */
export function* findingRows(report: AuditReport, translator: Translator): Generator<FindingRow> {
  const deals = listOfCells(report);
  const byRule = findingsByRule(report);
  for (const rule of [...report.rules].sort(worstFirst)) {
    const advice = rule.advice === null ? '' : translator.text(rule.advice);
    for (const finding of byRule.get(rule.id) ?? []) {
      const place = translator.value(placeText(finding.at, deals));
      yield { finding, rule, place, message: findingText(finding, rule, translator), advice };
    }
  }
}

/** The findings of each rule, in the order of the report. */
export function findingsByRule({ findings }: Pick<AuditReport, 'findings'>): ReadonlyMap<string, ReportFinding[]> {
  const byRule = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const known = byRule.get(finding.rule);
    if (known === undefined) byRule.set(finding.rule, [finding]);
    else known.push(finding);
  }
  return byRule;
}
