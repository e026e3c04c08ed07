import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AuditReport, ReportRule } from '../../report/report.ts';
import { chosenFindings } from './chosen-findings.ts';
import { type FindingRows, findingRowsMarkup, KNOWN, NEW, SEVERITIES } from './finding-rows.ts';
import { type Content, html, type Markup, trusted } from './markup.ts';
import type { RulePlaces } from './reasons.ts';

/** What the part with the findings is called. */
export const FINDINGS_TITLE = say('Findings', '问题清单');
const TABLE = say('Table of the findings', '问题清单表格');

/** The columns in their order; how each is sorted by the script. */
const COLUMNS: readonly { readonly name: string; readonly title: Text; readonly isNumber?: true }[] = [
  { name: 'severity', title: say('Severity', '严重程度') },
  { name: 'rule', title: say('Rule', '规则') },
  { name: 'deal', title: say('Deal', '商机') },
  { name: 'owner', title: say('Owner', '负责人') },
  { name: 'message', title: say('What is wrong, what to do', '问题与建议') },
  { name: 'place', title: say('Cell', '单元格') },
  { name: 'amount', title: say('Amount', '涉及金额'), isNumber: true },
];

const MORE = say(
  'This page holds {shown} of {total} findings: those of the worst rules first, and of each rule those with the largest amounts. An audit writes all of them to a file: -o findings.xlsx, -o findings.csv or -o findings.json.',
  '本页收录 {total} 条问题中的 {shown} 条：优先收录最严重的规则，同一规则内优先收录金额最大的问题。体检时可将全部问题写入文件：-o findings.xlsx、-o findings.csv 或 -o findings.json。',
);

const CONTROLS = {
  search: say('Search', '搜索'),
  severity: say('Severity', '严重程度'),
  rule: say('Rule', '规则'),
  owner: say('Owner', '负责人'),
  state: say('New or known', '新增或已知'),
  all: say('all', '全部'),
  main: say('errors and warnings', '错误和警告'),
  sort: say('Sort by', '排序'),
  asGiven: say('worst first', '最严重的在前'),
  reset: say('Show all', '显示全部'),
  more: say('Show more', '显示更多'),
  shown: say('{shown} of {total} shown', '显示 {shown} / {total} 条'),
  folded: say(
    '{n} notes are folded away: search finds them, Show all opens them.',
    '已折叠 {n} 条提示：可搜索到，点“显示全部”展开。',
  ),
  oneFolded: say(
    '1 note is folded away: search finds it, Show all opens it.',
    '已折叠 1 条提示：可搜索到，点“显示全部”展开。',
  ),
  none: say('(none)', '（空）'),
} as const;

function option(value: string | number, text: string): Markup {
  return html`<option value="${value}">${text}</option>`;
}

function select(name: string, title: Text, options: readonly Markup[], translator: Translator): Markup {
  const all = option('', translator.text(CONTROLS.all));
  return html`<label>${translator.text(title)} <select name="${name}">${all}${options}</select></label>\n`;
}

function ruleOptions(rules: readonly ReportRule[], translator: Translator): Markup[] {
  return rules.map(({ id, title }, index) => option(index, `${translator.text(title)} · ${id}`));
}

/** Notes are folded away where there is anything worse to see. */
function isFolded(notes: number, all: number): boolean {
  return notes > 0 && notes < all;
}

function foldedMarkup(notes: number, all: number, translator: Translator): Content {
  if (!isFolded(notes, all)) return null;
  const text = translator.text(notes === 1 ? CONTROLS.oneFolded : CONTROLS.folded, { n: notes });
  return html`<p id="folded" class="shown" hidden>${text}</p>\n`;
}

/** The order of the rows, for phones, where the table has no heads to sort by. */
function sortSelect(translator: Translator): Markup {
  const orders = COLUMNS.map(({ title }, index) => option(index, translator.text(title)));
  return html`<label class="sort">${translator.text(CONTROLS.sort)} <select name="sort">${option('', translator.text(CONTROLS.asGiven))}${orders}</select></label>\n`;
}

/** What narrows the table down. Without a script it could do nothing, so the script is what shows it. */
function controlsMarkup(
  report: AuditReport,
  { rules, count, notes: folded }: FindingRows,
  translator: Translator,
): Markup {
  const severities = [
    ...(isFolded(folded, count)
      ? [html`<option value="main" selected>${translator.text(CONTROLS.main)}</option>`]
      : []),
    ...Object.values(SEVERITIES).map((text, rank) => option(rank, translator.text(text))),
  ];
  const states = [option(0, translator.text(NEW)), option(1, translator.text(KNOWN))];
  const shown = translator.text(CONTROLS.shown, { total: count, shown: count });
  // The script puts its numbers where these two stand.
  const pattern = translator.text(CONTROLS.shown, { total: '{total}', shown: '{shown}' });
  const none = translator.text(CONTROLS.none);
  return html`<form id="controls" class="controls" hidden data-shown="${pattern}" data-none="${none}">
<label class="search">${translator.text(CONTROLS.search)} <input type="search" name="search" autocomplete="off"></label>
${select('severity', CONTROLS.severity, severities, translator)}${select(
  'rule',
  CONTROLS.rule,
  ruleOptions(rules, translator),
  translator,
)}${select('owner', CONTROLS.owner, [], translator)}${
  report.baseline === undefined ? null : select('state', CONTROLS.state, states, translator)
}${sortSelect(translator)}<button type="reset">${translator.text(CONTROLS.reset)}</button>
</form>
<p id="shown" class="shown" aria-live="polite" hidden>${shown}</p>
${foldedMarkup(folded, count, translator)}`;
}

function tableMarkup(rows: FindingRows, translator: Translator): Markup {
  const heads = COLUMNS.map(
    ({ name, title, isNumber }) =>
      html`<th role="columnheader" scope="col" class="${isNumber ? `number ${name}` : name}">${translator.text(title)}</th>`,
  );
  return html`<div class="scroll" role="group" aria-label="${translator.text(TABLE)}" tabindex="0"><table id="findings-table" class="findings" role="table" aria-label="${translator.text(FINDINGS_TITLE)}"><thead role="rowgroup"><tr role="row">${heads}</tr></thead><tbody role="rowgroup">
${trusted(rows.markup)}</tbody></table></div>`;
}

/** The findings as a table to search, filter and sort, with how many there are beyond those it holds. */
export function findingsPart(
  report: AuditReport,
  lead: string,
  translator: Translator,
): { readonly markup: Markup; readonly places: RulePlaces } {
  const { findings, total } = chosenFindings(report);
  const rows = findingRowsMarkup(report, findings, translator);
  const more =
    rows.count < total
      ? html`<p class="callout plain"><span>${translator.text(MORE, { shown: rows.count, total })}</span></p>`
      : null;
  const body =
    rows.count === 0
      ? null
      : html`${controlsMarkup(report, rows, translator)}\n${tableMarkup(rows, translator)}\n<button id="more" class="more" type="button" hidden>${translator.text(CONTROLS.more)}</button>`;
  const places = new Map(rows.rules.map(({ id }, index) => [id, index]));
  const markup = html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">${translator.text(FINDINGS_TITLE)}</h2>
${lead === '' ? null : html`<p class="lead">${lead}</p>`}
${more}
${body}
</section>`;
  return { markup, places };
}
