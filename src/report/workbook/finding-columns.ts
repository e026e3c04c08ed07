import { fileName } from '../../i18n/file-name.ts';
import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { FindingRow } from '../finding-rows.ts';
import type { AuditReport } from '../report.ts';
import { amountCell, columnLetters, linkCell, proseCell, textCell } from './cells.ts';
import type { Frame } from './frame.ts';
import { listKey } from './marks.ts';
import { SEVERITY_WORDS } from './words.ts';
import type { Cell } from './workbook.ts';

/** A column of the sheet of findings. */
export interface FindingColumn {
  readonly title: Text;
  readonly width: number;
  /** Figures stand at the right. */
  readonly right?: true;
  readonly cell: (row: FindingRow, frame: Frame, sheetOf: ReadonlyMap<string, string>) => Cell | null;
}

const KNOWN = say('known', '已知');
const NEW = say('new', '新增');

function tableName({ finding: { at } }: FindingRow): string {
  return at.sheet ?? fileName(at.file);
}

/** The cell, which leads to its copy where there is one. */
function placeCell({ finding: { at } }: FindingRow, sheetOf: ReadonlyMap<string, string>): Cell | null {
  if (at.cell === null) return textCell(at.line === null ? '' : String(at.line));
  const sheet = sheetOf.get(listKey(at));
  return sheet === undefined ? textCell(at.cell) : linkCell(at.cell, sheet, at.cell);
}

const SEVERITY: FindingColumn = {
  title: say('Severity', '严重程度'),
  width: 9,
  cell: ({ finding: { severity } }, { translator }) => textCell(translator.text(SEVERITY_WORDS[severity]), severity),
};
const RULE: FindingColumn = { title: say('Rule', '规则'), width: 26, cell: ({ rule }) => textCell(rule.id) };
const SHEET: FindingColumn = {
  title: say('Sheet', '工作表'),
  width: 16,
  cell: (row, { translator }) => textCell(translator.value(tableName(row))),
};
const CELL: FindingColumn = {
  title: say('Cell', '单元格'),
  width: 8,
  cell: (row, _, sheetOf) => placeCell(row, sheetOf),
};
const DEAL: FindingColumn = {
  title: say('Deal', '商机'),
  width: 26,
  cell: ({ finding: { name, deal } }) => proseCell(name ?? deal ?? ''),
};
const FINGERPRINT: FindingColumn = {
  title: say('Fingerprint', '指纹'),
  width: 19,
  cell: ({ finding }) => textCell(finding.fingerprint, 'muted'),
};
const STATE: FindingColumn = {
  title: say('State', '状态'),
  width: 9,
  cell: ({ finding: { known } }, { translator }) => textCell(translator.text(known === true ? KNOWN : NEW)),
};

/** To work with, from the deal to the currency. */
const WORKING: readonly FindingColumn[] = [
  DEAL,
  { title: say('Owner', '负责人'), width: 15, cell: ({ finding }) => textCell(finding.owner ?? '') },
  { title: say('Message', '问题'), width: 44, cell: ({ message }) => proseCell(message) },
  { title: say('Advice', '建议'), width: 42, cell: ({ advice }) => proseCell(advice) },
  {
    title: say('Amount', '金额'),
    width: 14,
    right: true,
    cell: ({ finding: { amount } }) => amountCell(amount?.value),
  },
  {
    title: say('Currency', '币种'),
    width: 9,
    cell: ({ finding: { amount } }) =>
      textCell(amount === null || amount.currency === NO_CURRENCY ? '' : amount.currency),
  },
];

/** To look up. */
const FURTHER: readonly FindingColumn[] = [
  { title: say('Deal key', '商机编号'), width: 24, cell: ({ finding }) => textCell(finding.deal ?? '') },
  {
    title: say('Field', '字段'),
    width: 16,
    cell: ({ finding: { field } }, { translator }) => textCell(field === null ? '' : translator.field(field)),
  },
  { title: say('Value', '原值'), width: 18, cell: ({ finding }) => textCell(finding.value ?? '') },
  {
    title: say('What it checks', '检查内容'),
    width: 36,
    cell: ({ rule }, { translator }) => textCell(translator.text(rule.title)),
  },
];

function hasSeveralTables({ findings }: AuditReport): boolean {
  const first = findings[0]?.at;
  return first !== undefined && findings.some(({ at }) => at.file !== first.file || at.sheet !== first.sheet);
}

/** The columns that a report asks for: the first ones, to work with, are printed. */
export interface FindingLayout {
  readonly columns: readonly FindingColumn[];
  readonly printed: number;
  /** Letters of the column of fingerprints. */
  readonly fingerprints: string;
  readonly rules: string;
}

/** Without a baseline nothing is new or known; of one table only its name is known already. */
export function findingLayout(report: AuditReport): FindingLayout {
  const isSeveral = hasSeveralTables(report);
  const working = [SEVERITY, RULE, ...(isSeveral ? [SHEET] : []), CELL, ...WORKING];
  const state = report.baseline === undefined ? [] : [STATE];
  const columns = [...working, ...FURTHER, ...(isSeveral ? [] : [SHEET]), ...state, FINGERPRINT];
  return {
    columns,
    printed: working.length,
    fingerprints: columnLetters(columns.indexOf(FINGERPRINT)),
    rules: columnLetters(columns.indexOf(RULE)),
  };
}
