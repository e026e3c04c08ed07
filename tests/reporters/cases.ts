import type { Args, Lang, Text } from '../../src/i18n/text.ts';
import type { AuditReport, ReportFinding, ReportInput, ReportRule, Verdict } from '../../src/report/report.ts';
import { SAMPLE_REPORT } from './sample-report.ts';

const same = (text: string): Text => ({ en: text, zh: text });

/** A rule of the report with what matters told. */
export function ruleOf(id: string, verdict: Verdict, more: Partial<ReportRule> = {}): ReportRule {
  return {
    id,
    kind: 'assert',
    title: { en: 'Open deals close in the future', zh: '在途商机的预计成交日期未过' },
    why: { en: 'A date that is past says nothing.', zh: '过期的日期没有意义。' },
    advice: { en: 'Agree a new date with the customer, or close the deal.', zh: '与客户约定新日期，或关闭商机。' },
    messages: { past: { en: '{cell}, which is past', zh: '{cell}，已过期' } },
    verdict,
    severity: verdict === 'warn' ? 'warn' : 'error',
    reason: verdict === 'not-run' ? { en: 'no column for Owner', zh: '没有「负责人」列' } : null,
    counts: {
      checked: 412,
      violating: verdict === 'fail' || verdict === 'warn' ? 31 : 0,
      unknown: 8,
      filteredOut: 792,
      excepted: 0,
    },
    thresholds: { warn: null, fail: '> 25 rows' },
    figure: null,
    amount: verdict === 'fail' ? { CNY: 8_200_000 } : {},
    per: null,
    segments: [],
    origin: { file: 'recommended', line: 12 },
    ...more,
  };
}

/** A finding of a rule with what matters told. */
export function findingOf(rule: string, row: number, more: Partial<ReportFinding> = {}): ReportFinding {
  const args: Args = { cell: { cellOf: 'close', value: '2026-06-30' } };
  return {
    rule,
    severity: 'error',
    message: 'past',
    args,
    deal: `0065g0000${row}`,
    name: `Quarrystone Marine ${row}`,
    owner: 'Priya Venkat',
    field: 'close',
    value: '2026-06-30',
    amount: { value: 12_500.5, currency: 'USD' },
    at: { file: 'exports/opps.csv', sheet: null, cell: `F${row}`, line: row, column: 58 },
    fingerprint: `${'0'.repeat(10)}${String(row).padStart(6, '0')}`,
    ...more,
  };
}

function inputOf(file: string, sheet: string | null): ReportInput {
  return {
    role: 'deals',
    file,
    sheet,
    sha256: 'ab'.repeat(32),
    encoding: sheet === null ? 'utf-8' : null,
    delimiter: sheet === null ? ',' : null,
    headerRow: 4,
    rows: { read: 1210, audited: 1204, setAside: 6, blank: 0 },
    setAside: [],
    columns: [{ header: 'Close Date', field: 'close', confidence: 1, reading: {} }],
    notices: [],
  };
}

interface Parts {
  readonly rules: readonly ReportRule[];
  readonly findings: readonly ReportFinding[];
  readonly file?: string;
  readonly sheet?: string;
  readonly lang?: Lang;
}

/** A report of the given rules and findings, with the gate that belongs to them. */
export function reportOf({ rules, findings, file = 'exports/opps.csv', sheet, lang = 'en' }: Parts): AuditReport {
  const count = (verdict: Verdict): number => rules.filter((rule) => rule.verdict === verdict).length;
  const failing = count('fail');
  return {
    ...SAMPLE_REPORT,
    lang,
    name: { en: 'Weekly pipeline audit', zh: '商机周检' },
    packs: ['recommended'],
    rulesFile: 'funnelint.yaml',
    inputs: [inputOf(file, sheet ?? null)],
    gate: {
      ...SAMPLE_REPORT.gate,
      exitCode: failing > 0 ? 1 : 0,
      failing,
      warning: count('warn'),
      inconclusive: count('inconclusive'),
      notRun: count('not-run'),
      passing: count('pass'),
    },
    rules: [...rules],
    findings: [...findings],
    labels: {
      fields: { close: { en: 'Close date', zh: '预计成交日期' }, owner: { en: 'Owner', zh: '负责人' } },
      stages: {},
    },
  };
}

/** Text that tries to leave the place it is put in, whatever the format. */
export const HOSTILE = [
  '=HYPERLINK("http://evil.example","x")',
  '</td><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u001b[31mred\u001b[0m \u202egnp.exe',
  '::error::x%0A%25\r\n::warning file=a,line=1::y',
  '| a | b |\n|---|---|\n`code` [x](javascript:alert(1)) <!-- @everyone',
  ']]> &amp; \u0000\u0008 \ud800 \ufffe ,;"\t-1+2@x',
] as const;

const clean = reportOf({
  rules: [ruleOf('date/close-past-due', 'pass'), ruleOf('owner/missing', 'not-run'), ruleOf('deal/dormant', 'no-data')],
  findings: [],
});

const one = reportOf({
  rules: [ruleOf('date/close-past-due', 'fail')],
  findings: [findingOf('date/close-past-due', 47)],
});

const many = reportOf({
  rules: [
    ruleOf('owner/missing', 'pass'),
    ruleOf('date/close-past-due', 'fail'),
    ruleOf('deal/dormant', 'warn', {
      per: 'owner',
      segments: [
        {
          segment: 'Li Na',
          verdict: 'warn',
          counts: { checked: 31, violating: 9, unknown: 0, filteredOut: 0, excepted: 0 },
          figure: null,
          amount: { USD: 9000 },
        },
        {
          segment: 'Tom',
          verdict: 'pass',
          counts: { checked: 31, violating: 0, unknown: 0, filteredOut: 0, excepted: 0 },
          figure: null,
          amount: {},
        },
        {
          segment: null,
          verdict: 'no-data',
          counts: { checked: 0, violating: 0, unknown: 0, filteredOut: 0, excepted: 0 },
          figure: null,
          amount: {},
        },
      ],
    }),
    ruleOf('conversion/top-leak', 'inconclusive'),
    ruleOf('owner/unknown', 'not-run'),
    ruleOf('stage/unknown', 'no-data'),
  ],
  findings: [
    ...Array.from({ length: 31 }, (_, index) => findingOf('date/close-past-due', 47 + index)),
    ...Array.from({ length: 9 }, (_, index) =>
      findingOf('deal/dormant', 200 + index, { severity: 'warn', owner: 'Li Na', known: true }),
    ),
    findingOf('deal/dormant', 300, {
      severity: 'info',
      deal: null,
      name: null,
      owner: null,
      amount: null,
      field: null,
      value: null,
      at: { file: 'exports/opps.csv', sheet: null, cell: null, line: null },
    }),
  ],
});

const hostile = reportOf({
  rules: [
    ruleOf('date/close-past-due', 'fail', {
      title: same(HOSTILE[1]),
      advice: same(HOSTILE.join(' ')),
      messages: { past: same('{cell}') },
    }),
  ],
  findings: HOSTILE.map((text, index) =>
    findingOf('date/close-past-due', 10 + index, {
      args: { cell: text },
      deal: text,
      name: text,
      owner: text,
      value: text,
      at: { file: `exports/${text.slice(0, 20)}.csv`, sheet: text, cell: `F${index}`, line: index + 10, column: null },
    }),
  ),
});

const chinese = reportOf({
  rules: [ruleOf('date/close-past-due', 'fail')],
  findings: [
    findingOf('date/close-past-due', 47, {
      deal: '商机-0001',
      name: '北京星河 · 年度续约',
      owner: '王伟',
      value: '2026年6月30日',
      args: { cell: { cellOf: 'close', value: '2026年6月30日' } },
      amount: { value: 8_200_000, currency: 'CNY' },
      at: { file: '导出/商机 2026.xlsx', sheet: '商机数据', cell: 'F47', line: 47 },
    }),
  ],
  file: '导出/商机 2026.xlsx',
  sheet: '商机数据',
  lang: 'zh',
});

const windows = reportOf({
  rules: [ruleOf('date/close-past-due', 'fail')],
  findings: [
    findingOf('date/close-past-due', 47, {
      at: { file: 'C:\\Users\\Li Na\\exports\\opps #1.csv', sheet: null, cell: 'F47', line: 52, column: 58 },
    }),
    findingOf('date/close-past-due', 48, {
      at: { file: '..\\exports\\opps.csv', sheet: null, cell: 'F48', line: 53, column: null },
    }),
  ],
  file: 'C:\\Users\\Li Na\\exports\\opps #1.csv',
});

/** Reports that every format is tried on. */
export const CASES = { clean, one, many, hostile, chinese, windows } as const satisfies Record<string, AuditReport>;
