import { say, type Text } from '../../i18n/text.ts';
import { figureText, thresholdText } from '../figure-text.ts';
import type { ReportRule } from '../report.ts';
import { worstFirst } from '../rule-order.ts';
import { amountCell, linkCell, numberCell, proseCell, rateCell, textCell } from './cells.ts';
import { findingLayout } from './finding-columns.ts';
import type { Frame } from './frame.ts';
import { type Marks, MOST_FOUND } from './marks.ts';
import type { SheetRows } from './sheet-rows.ts';
import { amountTitle, sortedCurrencies, verdictOf } from './words.ts';
import type { Cell } from './workbook.ts';

const COUNTED: readonly Text[] = [
  say('Rule', '规则'),
  say('Verdict', '结论'),
  say('Not met by', '不符'),
  say('Checked', '已检查'),
  say('Share', '占比'),
  say('Unknown', '未知'),
  say('Known to the baseline', '基线已知'),
];
const AMOUNT = say('Amount', '金额');
const TOLD: readonly Text[] = [
  say('What it checks', '检查内容'),
  say('Limit', '阈值'),
  say('Figure, or why it did not run', '数值，或未运行的原因'),
];

function limitText({ thresholds }: ReportRule, { translator }: Frame): string {
  const { warn, fail } = thresholds;
  const parts = [
    ...(fail === null
      ? []
      : [translator.text(say('fail {limit}', '不通过：{limit}'), { limit: thresholdText(fail, translator) })]),
    ...(warn === null
      ? []
      : [translator.text(say('warn {limit}', '警告：{limit}'), { limit: thresholdText(warn, translator) })]),
  ];
  return parts.join(' · ');
}

function figureOrReason({ figure, reason }: ReportRule, { translator }: Frame): string {
  if (reason !== null) return translator.text(reason);
  return figure === null ? '' : figureText(figure, translator);
}

/** Where the findings of a rule begin, also after their sheet was sorted. */
function firstFinding({ id }: ReportRule, row: number, { report, names }: Frame): Cell {
  const isFound = report.findings.length <= MOST_FOUND;
  const found = isFound ? { column: findingLayout(report).rules, text: id } : undefined;
  return linkCell(id, names.findings, `A${row}`, found);
}

/** Currencies of what the rules found, a column each on the summary. */
export function ruleCurrencies({ report }: Frame): readonly string[] {
  return sortedCurrencies(
    report.rules.flatMap(({ amount }) => Object.keys(amount).filter((currency) => amount[currency] !== 0)),
  );
}

function ruleCells(rule: ReportRule, currencies: readonly string[], frame: Frame, marks: Marks): (Cell | null)[] {
  const { translator } = frame;
  const amounts = currencies.map((currency) => amountCell(rule.amount[currency]));
  if (amounts.length === 0) amounts.push(null);
  const verdict = verdictOf(rule);
  const { checked, violating, unknown, known } = rule.counts;
  const first = marks.ofRule.get(rule.id);
  const ran = rule.verdict !== 'not-run';
  const count = (value: number): Cell => numberCell(ran ? value : null, translator);
  return [
    first === undefined ? textCell(rule.id) : firstFinding(rule, first, frame),
    textCell(translator.text(verdict.text), verdict.look),
    count(violating),
    count(checked),
    rateCell(ran && checked > 0 ? violating / checked : null, translator),
    count(unknown),
    known === undefined ? null : numberCell(known, translator),
    ...amounts,
    proseCell(translator.text(rule.title)),
    textCell(limitText(rule, frame)),
    proseCell(figureOrReason(rule, frame)),
  ];
}

/** All rules, the worst first, each leading to its first finding. */
export function addRules(rows: SheetRows, frame: Frame, marks: Marks): void {
  const { translator, report } = frame;
  rows.section(translator.text(say('Rules by verdict', '规则与结论')));
  const currencies = ruleCurrencies(frame);
  const amounts = currencies.length === 0 ? [AMOUNT] : currencies.map(amountTitle);
  rows.header(...[...COUNTED, ...amounts, ...TOLD].map((title) => translator.text(title)));
  for (const rule of [...report.rules].sort(worstFirst)) rows.add(...ruleCells(rule, currencies, frame, marks));
}
