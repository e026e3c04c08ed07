import { fileName } from '../../i18n/file-name.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { truncateToWidth } from '../../i18n/width.ts';
import { type Block, callout, heading, type Inline, type ListBlock, span } from '../document.ts';
import type { AuditReport } from '../report.ts';

const AS_OF = say('as of {date}', '基准日 {date}');
const DEALS = say('{file} ({deals} deals)', '{file}（{deals} 单）');
const ONE_DEAL = say('{file} ({deals} deal)', '{file}（{deals} 单）');
const LEADS = say('{file} ({deals} leads)', '{file}（{deals} 条线索）');
const EARLIER = say('compared with {files}', '对比 {files}');
const LOG = say('with the change log', '含变更记录');
const LACKS = say('Not complete: {lacks}', '不完整：{lacks}');
const NO_STAGES = say('no stage list (add stages: to the rules file)', '没有阶段列表（请在规则文件中添加 stages:）');

/** A list without stages that is judged by the rules on leads. */
function isLeadList({ packs, metrics }: AuditReport): boolean {
  const funnel = metrics['funnel'];
  return packs.includes('leads') && (funnel === undefined || funnel.result === null);
}

/** As-of day and files, on one line. */
export function factsLine(report: AuditReport, translator: Translator): string {
  const { asOf, inputs, history } = report;
  const deals = inputs.filter(({ role }) => role === 'deals');
  const earlier = inputs.filter(({ role }) => role === 'previous').map(({ file }) => fileName(file));
  const parts = [
    translator.text(AS_OF, { date: { date: asOf.date } }),
    ...deals.map(({ file, rows }) =>
      translator.text(isLeadList(report) ? LEADS : rows.audited === 1 ? ONE_DEAL : DEALS, {
        file: fileName(file),
        deals: rows.audited,
      }),
    ),
    ...(history === null ? [] : [translator.text(LOG)]),
    ...(earlier.length === 0 ? [] : [translator.text(EARLIER, { files: { list: earlier } })]),
  ];
  return parts.join(' · ');
}

/** What the input lacks for some metrics, each lack once. */
export function lacksOf({ metrics }: AuditReport, names: readonly string[]): readonly Text[] {
  const lacks = names.flatMap((name) => {
    const entry = metrics[name];
    if (entry === undefined || entry.result !== null) return [];
    return [entry.missing ?? NO_STAGES];
  });
  return lacks.filter((lack, index) => lacks.findIndex(({ en }) => en === lack.en) === index);
}

/** A line that says what is lacking; none where nothing is. */
export function lackLines(lacks: readonly Text[], translator: Translator): Inline[] {
  if (lacks.length === 0) return [];
  const list = lacks.map((lack) => translator.text(lack));
  return [[span(translator.text(LACKS, { lacks: { list } }), 'warn')]];
}

/** The head of a view: what it is for, of which day and files, and what it lacks. */
export function viewHead(
  report: AuditReport,
  purpose: Text,
  lacks: readonly Text[],
  translator: Translator,
): ListBlock {
  return {
    type: 'list',
    items: [translator.text(purpose), [span(factsLine(report, translator), 'muted')], ...lackLines(lacks, translator)],
  };
}

/** A heading of a part of a view. */
export function partHeading(title: Text, translator: Translator): Block {
  return heading(2, translator.text(title));
}

/** A text of a file on one line of so many columns. */
export function cut(text: string | null, width: number, translator: Translator): string {
  return text === null ? '–' : truncateToWidth(translator.value(text), width);
}

const NO_HISTORY = 'needs the change log';
const ADD_HISTORY = say(
  'Cannot be shown. Add --history log.csv with the columns deal id, stage, time of change',
  '无法生成：请加 --history 变更记录.csv（单号、阶段、变更时间三列）',
);
const ADD_STAGES = say('Cannot be shown. Add stages: to the rules file', '无法生成：请在规则文件中加上 stages:');
const CANNOT = say('Cannot be shown: {lacks}', '无法生成：{lacks}');

/** Why something cannot be shown, and what to add for it. */
export function lackText(report: AuditReport, metric: string, translator: Translator): string {
  const [lack = NO_STAGES] = lacksOf(report, [metric]);
  if (lack.en.startsWith('no stage list')) return translator.text(ADD_STAGES);
  return lack.en.startsWith(NO_HISTORY)
    ? translator.text(ADD_HISTORY)
    : translator.text(CANNOT, { lacks: { text: lack } });
}

/** One line in place of a page that cannot be filled. */
export function cannotShow(report: AuditReport, metric: string, translator: Translator): Block {
  return callout('warn', lackText(report, metric, translator));
}
