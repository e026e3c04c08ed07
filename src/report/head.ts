import { type Args, say, type Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Block, heading, type Inline, span } from './document.ts';
import { noticeText } from './notice-texts.ts';
import type { AuditReport, ReportInput, ReportNotice } from './report.ts';

const AS_OF_FROM: Readonly<Record<AuditReport['asOf']['from'], Text>> = {
  flag: say('--as-of', '--as-of'),
  rules: say('rules file', '规则文件'),
  fileName: say('file name', '文件名'),
  today: say('today', '今天'),
};

const ROWS = {
  deals: [say('1 deal', '1 条商机'), say('{audited} deals', '{audited} 条商机')],
  history: [say('1 change', '1 条变更记录'), say('{audited} changes', '{audited} 条变更记录')],
  previous: [
    say('1 deal, an earlier export', '1 条商机，更早的导出'),
    say('{audited} deals, an earlier export', '{audited} 条商机，更早的导出'),
  ],
  table: [
    say('1 row, looked up as {table}', '1 行，作为 {table} 查对'),
    say('{audited} rows, looked up as {table}', '{audited} 行，作为 {table} 查对'),
  ],
} as const;

/** File, deals, encoding, header row, rows set aside: what was read, so that nothing is lost silently. */
function inputLine(input: ReportInput, translator: Translator): Inline {
  const { rows, encoding, headerRow, sheet, file } = input;
  const part = (text: Text, args: Args): string => translator.text(text, args);
  const [one, several] = ROWS[input.role];
  const facts: string[] = [];
  if (encoding !== null) facts.push(encoding);
  facts.push(part(say('header row {row}', '表头第 {row} 行'), { row: headerRow }));
  const accounting = say(
    rows.read === 1
      ? '{read} row = {audited} audited + {aside} set aside + {blank} blank'
      : '{read} rows = {audited} audited + {aside} set aside + {blank} blank',
    '共 {read} 行 = 计入 {audited} + 未计入 {aside} + 空行 {blank}',
  );
  facts.push(part(accounting, { read: rows.read, audited: rows.audited, aside: rows.setAside, blank: rows.blank }));
  const count = part(rows.audited === 1 ? one : several, { audited: rows.audited, table: input.table ?? '' });
  const inSheet: Inline =
    sheet === null
      ? []
      : [
          span(part(say(' · sheet ', ' · 工作表 '), {}), 'muted'),
          { text: translator.value(sheet), tone: 'muted', whole: true },
        ];
  return [
    { text: translator.value(file), tone: 'strong', whole: true },
    span(`  ${count}`, 'muted'),
    ...inSheet,
    span(` · ${facts.join(' · ')}`, 'muted'),
  ];
}

/** What was read, by which rules, as of which day, and what became of every row. */
export function headBlocks(report: AuditReport, translator: Translator): Block[] {
  const from = translator.text(AS_OF_FROM[report.asOf.from]);
  const asOf = translator.text(say('as of {date} ({from})', '基准日 {date}（{from}）'), {
    date: { date: report.asOf.date },
    from,
  });
  const name = report.name === null ? null : translator.text(report.name);
  const packs = translator.text(say('rules: {packs}', '规则：{packs}'), {
    packs: { list: [...report.packs, ...(report.rulesFile === null ? [] : [report.rulesFile])] },
  });
  return [
    ...(name === null ? [] : [heading(1, name)]),
    {
      type: 'list',
      wide: true,
      items: [
        ...report.inputs.map((input) => inputLine(input, translator)),
        ...historyLine(report, translator),
        ...snapshotLine(report, translator),
        [span(`${asOf} · ${packs}`, 'muted')],
        ...ratesLine(report, translator),
        ...redactedLine(report, translator),
        ...report.inputs.flatMap((input) => noticeLines(input, translator)),
      ],
    },
  ];
}

/** Whose values were replaced by hashes. */
function redactedLine({ redacted }: AuditReport, translator: Translator): Inline[] {
  if (redacted === undefined) return [];
  if (redacted.fields.length === 0) {
    const none = say('redacted: nothing, for no sensitive field has a column', '已脱敏：无，没有敏感字段对应的列');
    return [[span(translator.text(none), 'muted')]];
  }
  const fields = { list: redacted.fields.map((field) => ({ field })) };
  return [[span(translator.text(say('redacted: {fields}', '已脱敏：{fields}'), { fields }), 'muted')]];
}

/** What amounts in other currencies were counted at. */
function ratesLine({ rates }: AuditReport, translator: Translator): Inline[] {
  if (rates === undefined) return [];
  const text = say(
    'amounts in {to} at the rates of {date}: {rates}; these say nothing of other days',
    '金额按 {date} 的汇率折算为 {to}：{rates}；其他日期的汇率可能不同',
  );
  const listed = Object.entries(rates.of).map(([code, worth]) => `${code} ${worth}`);
  return [[span(translator.text(text, { to: rates.to, date: { date: rates.on }, rates: { list: listed } }), 'muted')]];
}

function noticeLine(notice: ReportNotice, input: ReportInput, translator: Translator): string {
  const place = notice.cell ?? (notice.line === null ? null : String(notice.line));
  const where = place === null ? input.file : `${input.file}:${place}`;
  return `${translator.value(where)}  ${translator.text(noticeText(notice.code), notice.args)}`;
}

function noticeLines(input: ReportInput, translator: Translator): Inline[] {
  return input.notices.map((notice) => [span(noticeLine(notice, input, translator), 'muted')]);
}

const HISTORY_PARTS: readonly [Exclude<keyof NonNullable<AuditReport['history']>, 'rows' | 'tied'>, Text][] = [
  ['stays', say('{n} stage changes', '{n} 次阶段变更')],
  ['repeats', say('{n} without a change of stage', '{n} 行阶段未变')],
  ['otherFields', say('{n} about other fields', '{n} 行属于其他字段')],
  ['otherDeals', say('{n} of deals not in the table', '{n} 行属于表外商机')],
  ['unknownStage', say('{n} with an unknown stage', '{n} 行阶段未知')],
  ['unreadableTime', say('{n} without a readable time', '{n} 行时间无法读取')],
  ['afterAsOf', say('{n} after the as-of day', '{n} 行晚于基准日')],
];

const ONE_STAY = say('{n} stage change', '{n} 次阶段变更');

/** How journeys were rebuilt from dated exports. */
function snapshotLine({ snapshots }: AuditReport, translator: Translator): Inline[] {
  if (snapshots === null) return [];
  const text = say(
    'journeys rebuilt from the exports of {dates}: each change lies between two of them; deals that vanished: {vanished}, moves that may hide a stage: {unobserved}',
    '阶段变更由 {dates} 的导出重建：每次变更发生在相邻两次导出之间；消失 {vanished} 单，{unobserved} 次变更可能漏看了中间阶段',
  );
  const { dates, vanished, possiblyUnobserved: unobserved } = snapshots;
  return [[span(translator.text(text, { dates: { list: dates }, vanished, unobserved }), 'muted')]];
}

/** What became of the rows of the change log; they add up. */
function historyLine({ history }: AuditReport, translator: Translator): Inline[] {
  if (history === null) return [];
  const parts = HISTORY_PARTS.filter(([key]) => (history[key] ?? 0) > 0).map(([key, text]) =>
    translator.text(key === 'stays' && history[key] === 1 ? ONE_STAY : text, { n: history[key] ?? 0 }),
  );
  const log = say(history.rows === 1 ? 'change log: {n} row = ' : 'change log: {n} rows = ', '变更记录：{n} 行 = ');
  const rows = translator.text(log, { n: history.rows });
  return [[span(rows + parts.join(' + '), 'muted')]];
}
