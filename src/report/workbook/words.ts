import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { ReportFinding, ReportInput, ReportRule, Verdict } from '../report.ts';
import type { Look } from './workbook.ts';

export const SEVERITY_WORDS: Readonly<Record<ReportFinding['severity'], Text>> = {
  error: say('error', '错误'),
  warn: say('warn', '警告'),
  info: say('info', '提示'),
};

const VERDICT_WORDS: Readonly<Record<Verdict, Text>> = {
  fail: say('fail', '不通过'),
  warn: say('warn', '警告'),
  inconclusive: say('inconclusive', '无法判断'),
  pass: say('pass', '通过'),
  'no-data': say('no data', '无数据'),
  'not-run': say('not run', '未运行'),
};

const VERDICT_LOOKS: Readonly<Record<Verdict, Look>> = {
  fail: 'error',
  warn: 'warn',
  inconclusive: 'info',
  pass: 'good',
  'no-data': 'muted',
  'not-run': 'muted',
};

/** A rule for information that found something weighs nothing: a note, and no warning. */
const NOTE = { text: say('note', '提示'), look: 'info' } as const;

/** How the verdict of a rule is called, and how it looks. */
export function verdictOf({ verdict, severity }: ReportRule): { readonly text: Text; readonly look: Look } {
  if (verdict === 'warn' && severity === 'info') return NOTE;
  return { text: VERDICT_WORDS[verdict], look: VERDICT_LOOKS[verdict] };
}

export const ROLE_WORDS: Readonly<Record<ReportInput['role'], Text>> = {
  deals: say('deals', '商机清单'),
  history: say('change log', '变更记录'),
  previous: say('earlier export', '更早的导出'),
  table: say('lookup table', '查对表'),
};

export const SHEET_NAMES = {
  summary: say('Summary', '概览'),
  findings: say('Findings', '问题清单'),
  owners: say('By owner', '按负责人'),
  funnel: say('Funnel', '漏斗'),
  dwell: say('Dwell', '停留时长'),
  completeness: say('Completeness', '完整度'),
} as const satisfies Record<string, Text>;

/** Currencies by code; what has none comes last. */
export function sortedCurrencies(codes: Iterable<string>): string[] {
  return [...new Set(codes)].sort((a, b) => Number(a === NO_CURRENCY) - Number(b === NO_CURRENCY) || (a < b ? -1 : 1));
}

/** Title of a column of amounts in one currency. */
export function amountTitle(currency: string): Text {
  if (currency === NO_CURRENCY) return say('Amount (no currency)', '金额（币种不明）');
  return { en: `Amount ${currency}`, zh: `金额 ${currency}` };
}
