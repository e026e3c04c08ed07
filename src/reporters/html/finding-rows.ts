import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { truncateToWidth } from '../../i18n/width.ts';
import { type FindingRow, findingRows } from '../../report/finding-rows.ts';
import type { AuditReport, ReportFinding, ReportRule } from '../../report/report.ts';
import { adviceContent } from './advice.ts';
import { MARKS } from './marks.ts';
import { type Content, html, type Markup } from './markup.ts';
import { ruleAnchor } from './reasons.ts';

export const SEVERITIES = {
  error: say('error', '错误'),
  warn: say('warning', '警告'),
  info: say('note', '提示'),
} as const;
export const KNOWN = say('known', '已知');
export const NEW = say('new', '新增');

/** Letters of one cell: a cell of an export can hold a whole document. */
const LONGEST_TEXT = 240;
/** Bytes of all rows, for the case that every cell is as long as may be. */
const MOST_BYTES = 3_600_000;

const SEVERITY_TONE = { error: 'bad', warn: 'warn', info: 'muted' } as const;
const SEVERITY_RANK = { error: 0, warn: 1, info: 2 } as const;

function clipped(text: string): string {
  return text.length > LONGEST_TEXT / 2 ? truncateToWidth(text.slice(0, LONGEST_TEXT + 1), LONGEST_TEXT) : text;
}

function severityCell({ severity, known }: ReportFinding, hasBaseline: boolean, translator: Translator): Markup {
  const tone = SEVERITY_TONE[severity];
  const mark = html`<span class="mark" aria-hidden="true">${severity === 'info' ? 'i' : MARKS[tone]}</span>`;
  const state = hasBaseline ? html` <small>${translator.text(known === true ? KNOWN : NEW)}</small>` : null;
  const words = translator.text(SEVERITIES[severity]);
  return html`<td role="cell" class="severity ${tone}" data-v="${SEVERITY_RANK[severity]}">${mark} ${words}${state}</td>`;
}

function amountCell({ amount }: ReportFinding, translator: Translator): Markup {
  if (amount === null) return html`<td role="cell" class="number amount"></td>`;
  const text = translator.money(amount.value, amount.currency);
  return html`<td role="cell" class="number amount" data-v="${amount.value}" data-c="${amount.currency ?? ''}">${text}</td>`;
}

function textCell(name: string, text: string, detail: Content = null): Markup {
  return html`<td role="cell" class="${name}">${clipped(text)}${detail}</td>`;
}

function small(text: string): Content {
  return text === '' ? null : html` <small>${clipped(text)}</small>`;
}

/** One finding. Its advice is seen where the finding above it has another one. */
function rowMarkup(row: FindingRow, attributes: Content, isFirst: boolean, scene: RowScene): Markup {
  const { finding, rule, place, message, advice } = row;
  const { translator } = scene;
  const key = translator.value(finding.deal ?? '');
  const name = finding.name === null ? key : translator.value(finding.name);
  const hint =
    advice === '' ? null : html`<p class="advice"${isFirst ? null : html` hidden`}>${adviceContent(advice)}</p>`;
  return html`<tr role="row"${attributes}>${[
    severityCell(finding, scene.hasBaseline, translator),
    textCell('rule', translator.text(rule.title), small(rule.id)),
    textCell('deal', name, small(key === name ? '' : key)),
    textCell('owner', translator.value(finding.owner ?? '')),
    textCell('message', message, hint),
    textCell('place', place),
    amountCell(finding, translator),
  ]}</tr>\n`;
}

interface RowScene {
  readonly translator: Translator;
  /** Whether there is a baseline that may know a finding. */
  readonly hasBaseline: boolean;
}

export interface FindingRows {
  readonly markup: string;
  readonly count: number;
  /** Those of them that are but notes. */
  readonly notes: number;
  /** Rules in the order in which they are met; rows name them by their index. */
  readonly rules: readonly ReportRule[];
}

/** Where a link to the findings of a rule goes: to the first of them. */
function anchorOf(index: number, isFirst: boolean): Content {
  return isFirst ? html` id="${ruleAnchor(index)}"` : null;
}

/** The rows of the table of findings, as many of them as a page can hold. */
export function findingRowsMarkup(
  report: AuditReport,
  findings: readonly ReportFinding[],
  translator: Translator,
): FindingRows {
  const scene = { translator, hasBaseline: report.baseline !== undefined };
  const rules: ReportRule[] = [];
  const pieces: string[] = [];
  let bytes = 0;
  let notes = 0;
  for (const row of findingRows({ ...report, findings: [...findings] }, translator)) {
    const isFirst = rules.at(-1) !== row.rule;
    const index = isFirst ? rules.length : rules.length - 1;
    const state = scene.hasBaseline ? html` data-k="${row.finding.known === true ? 1 : 0}"` : null;
    const { markup } = rowMarkup(row, html` data-r="${index}"${state}${anchorOf(index, isFirst)}`, isFirst, scene);
    bytes += Buffer.byteLength(markup);
    if (bytes > MOST_BYTES) break;
    if (isFirst) rules.push(row.rule);
    if (row.finding.severity === 'info') notes += 1;
    pieces.push(markup);
  }
  return { markup: pieces.join(''), count: pieces.length, notes, rules };
}
