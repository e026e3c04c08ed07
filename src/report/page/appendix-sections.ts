import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, callout, heading, type TableBlock } from '../document.ts';
import { headBlocks } from '../head.ts';
import { detailBlocks } from '../metric-details.ts';
import type { AuditReport } from '../report.ts';
import type { ViewContext } from '../views/view.ts';

const REASON: Text = say('Why', '原因');
const RULES: Text = say('Rules', '规则');
const UNKNOWN_REASON: Text = say('not told', '未说明');
const STATES: Readonly<Record<AuditReport['exceptions'][number]['state'], Text>> = {
  active: say('active', '有效'),
  expired: say('expired', '已到期'),
  unmatched: say('matches nothing', '没有匹配任何商机'),
};
const EXCEPTION_COLUMNS = [
  say('Rule', '规则'),
  say('State', '状态'),
  say('Deals named', '所列单数'),
  say('Until', '截止'),
  REASON,
] as const;
const FAULT: Text = say('fault in {where}: {message}', '{where} 内部错误：{message}');

/** Words in all columns, none of which may be left out. */
function wordTable(titles: readonly Text[], rows: readonly (readonly string[])[], translator: Translator): TableBlock {
  const column = (title: Text) => ({ title: translator.text(title), align: 'left' as const, priority: 0, wrapTo: 40 });
  return { type: 'table', columns: titles.map(column), rows };
}

/** What was read, without the name of the report. */
export function inputBlocks(report: AuditReport, { translator }: ViewContext): Block[] {
  return headBlocks(report, translator).filter(({ type }) => type !== 'heading');
}

/** The rules that did not run, by what they lack. */
export function notRunBlocks({ rules }: AuditReport, { translator }: ViewContext): Block[] {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict, reason } of rules) {
    if (verdict !== 'not-run') continue;
    const text = translator.text(reason ?? UNKNOWN_REASON);
    const ids = byReason.get(text);
    if (ids === undefined) byReason.set(text, [id]);
    else ids.push(id);
  }
  if (byReason.size === 0) return [];
  const rows = [...byReason].map(([reason, ids]) => [reason, translator.value(translator.list(ids))]);
  return [wordTable([REASON, RULES], rows, translator)];
}

/** What the rules file makes exceptions of, the expired ones first. */
export function exceptionBlocks({ exceptions }: AuditReport, { translator }: ViewContext): Block[] {
  if (exceptions.length === 0) return [];
  const order = ['expired', 'unmatched', 'active'] as const;
  const rows = order.flatMap((state) =>
    exceptions
      .filter((each) => each.state === state)
      .map(({ rule, keys, until, reason }) => [
        translator.value(rule),
        translator.text(STATES[state]),
        translator.number(keys.length),
        until === null ? '–' : translator.date(until),
        translator.value(reason),
      ]),
  );
  return [wordTable(EXCEPTION_COLUMNS, rows, translator)];
}

function faultText({ where, message }: AuditReport['faults'][number], translator: Translator): string {
  return translator.text(FAULT, { where, message });
}

/** What went wrong within. */
export function faultBlocks({ faults }: AuditReport, { translator }: ViewContext): Block[] {
  return faults.map((fault) => callout('bad', faultText(fault, translator)));
}

/** Every metric in full, one level below the title of the section. */
export function figureBlocks(report: AuditReport, context: ViewContext): Block[] {
  const [first, ...rest] = detailBlocks(report, context, 'all');
  if (first === undefined) return [];
  const blocks = first.type === 'heading' && first.level === 1 ? rest : [first, ...rest];
  return blocks.map((block) => (block.type === 'heading' && block.level === 1 ? heading(2, block.text) : block));
}
