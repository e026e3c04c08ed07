import { type Options, stringify } from 'csv-stringify/sync';
import { cutEnd } from '../i18n/cut-end.ts';
import { safeText } from '../i18n/safe-text.ts';
import { say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type FindingRow, findingRows } from '../report/finding-rows.ts';
import type { AuditReport, ReportFinding } from '../report/report.ts';
import type { Reporter } from './reporter.ts';

const COLUMNS: readonly Text[] = [
  say('Rule', '规则'),
  say('Severity', '严重程度'),
  say('State', '状态'),
  say('File', '文件'),
  say('Sheet', '工作表'),
  say('Cell', '单元格'),
  say('Line', '行号'),
  say('Deal key', '商机编号'),
  say('Deal', '商机名称'),
  say('Owner', '负责人'),
  say('Field', '字段'),
  say('Value', '原值'),
  say('Message', '问题'),
  say('Advice', '建议'),
  say('Amount', '金额'),
  say('Currency', '币种'),
  say('Fingerprint', '指纹'),
];

const SEVERITIES: Readonly<Record<ReportFinding['severity'], Text>> = {
  error: say('error', '错误'),
  warn: say('warn', '警告'),
  info: say('info', '提示'),
};

const NEW = say('new', '新增');
const KNOWN = say('known', '已知');

/** Excel takes a file without it for one in the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

const OPTIONS: Options = { record_delimiter: '\r\n' };

const ROWS_PER_PIECE = 1000;

/** A cell of Excel holds 32,767; what it would drop, or put in the next cell, is cut here. */
const MOST_CHARACTERS = 32_000;

/** What a spreadsheet would take for a formula, in ASCII or full width, also behind spaces and quotes. */
const FORMULA = /^[\s"'“”‘’]*[=+\-@＝＋－＠]/;

/** What a CI runner would take for a command to it, anywhere in a line: `##[error]`, `##vso[task.setvariable …]`. */
const COMMAND = /##(?=(?:vso)?\[)/gi;

/**
 * A text for a cell: an apostrophe in front keeps a spreadsheet from running it. It is one line, as a line that data
 * begins could be a command to whoever reads the output line by line.
 */
function cellText(text: string | null): string {
  const readable = cutEnd(safeText(text ?? ''), MOST_CHARACTERS).replace(COMMAND, '## ');
  return FORMULA.test(readable) ? `'${readable}` : readable;
}

/** Digits with a point, never with an exponent, which rounds what a spreadsheet shows. */
function plainNumber(value: number): string {
  const shortest = String(value);
  if (!shortest.includes('e')) return shortest;
  return Number.isInteger(value) ? String(BigInt(value)) : value.toFixed(20);
}

function stateText({ known }: ReportFinding, hasBaseline: boolean, translator: Translator): string {
  if (known === true) return translator.text(KNOWN);
  return hasBaseline ? translator.text(NEW) : '';
}

function record({ finding, rule, message, advice }: FindingRow, hasBaseline: boolean, translator: Translator) {
  const { at, deal, name, owner, field, value, amount } = finding;
  return [
    cellText(rule.id),
    translator.text(SEVERITIES[finding.severity]),
    stateText(finding, hasBaseline, translator),
    cellText(at.file),
    cellText(at.sheet),
    cellText(at.cell),
    at.line === null ? '' : String(at.line),
    cellText(deal),
    cellText(name),
    cellText(owner),
    cellText(field === null ? null : translator.field(field)),
    cellText(value),
    cellText(message),
    cellText(advice),
    amount === null ? '' : plainNumber(amount.value),
    cellText(amount === null ? null : amount.currency),
    cellText(finding.fingerprint),
  ];
}

/** A row a finding, a thousand to a piece: with a million of them the text is longer than a string can be. */
function* csvPieces(report: AuditReport, translator: Translator): Generator<string> {
  yield BYTE_ORDER_MARK + stringify([COLUMNS.map((title) => translator.text(title))], OPTIONS);
  const hasBaseline = report.baseline !== undefined;
  let rows: string[][] = [];
  for (const row of findingRows(report, translator)) {
    rows.push(record(row, hasBaseline, translator));
    if (rows.length < ROWS_PER_PIECE) continue;
    yield stringify(rows, OPTIONS);
    rows = [];
  }
  if (rows.length > 0) yield stringify(rows, OPTIONS);
}

const reporter: Reporter = {
  format: 'csv',
  render: (report, { viewContext: { translator } }) => csvPieces(report, translator),
};

export default reporter;
