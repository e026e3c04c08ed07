import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import { type Block, heading, type Inline, paragraph, span } from '../document.ts';
import {
  type ChangedDeal,
  DEAL_CHANGES,
  type DealChange,
  type DealChangeName,
  type DealChanges,
} from './deal-changes.ts';

const TITLES: Readonly<Record<DealChangeName, Text>> = {
  new: say('New', '新增'),
  gone: say('Gone from the list', '从清单中消失'),
  advanced: say('Moved on', '阶段推进'),
  movedBack: say('Moved back', '阶段回退'),
  won: say('Won', '赢单'),
  lost: say('Lost', '输单'),
  dormant: say('Laid to rest', '搁置'),
  reopened: say('Reopened', '重新打开'),
  slipped: say('Due in this period, still open', '本期内到期、仍未成交'),
  pushed: say('Close date moved later', '预计成交日推迟'),
  pulledIn: say('Close date moved earlier', '预计成交日提前'),
  raised: say('Amount raised', '金额调高'),
  lowered: say('Amount lowered', '金额调低'),
};

const MEANINGS: Partial<Record<DealChangeName, Text>> = {
  new: say('not in the earlier list', '较早的清单中没有'),
  gone: say('not in the later list: deleted, merged, or filtered out', '较晚的清单中没有：被删除、合并或筛掉'),
};

/** Changes of which the day tells more than the stage. */
const ABOUT_DATES: ReadonlySet<DealChangeName> = new Set(['slipped', 'pushed', 'pulledIn']);

function changedText(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`;
}

function stageText({ before, after }: ChangedDeal, translator: Translator): string {
  const name = (stage: string | null | undefined): string =>
    stage === null || stage === undefined ? translator.value(null) : translator.stage(stage);
  if (before === null || after === null) return name((before ?? after)?.stage);
  return changedText(name(before.stage), name(after.stage));
}

function amountText({ before, after }: ChangedDeal, translator: Translator): string {
  const sides = [before, after].flatMap((side) =>
    side === null ? [] : [translator.money(side.amount, side.currency)],
  );
  return changedText(sides[0] ?? '', sides.at(-1) ?? '');
}

function closeText({ before, after }: ChangedDeal, translator: Translator): string {
  const sides = [before, after].flatMap((side) => (side === null ? [] : [translator.date(side.close)]));
  return changedText(sides[0] ?? '', sides.at(-1) ?? '');
}

function dealRow(deal: ChangedDeal, translator: Translator): Inline[] {
  return [
    translator.value(deal.name ?? deal.deal),
    deal.owner === null ? '' : translator.value(deal.owner),
    stageText(deal, translator),
    amountText(deal, translator),
    closeText(deal, translator),
  ];
}

function listBlocks(name: DealChangeName, change: DealChange, most: number, translator: Translator): Block[] {
  const shown = change.list.slice(0, most);
  if (shown.length === 0) return [];
  const more = change.deals - shown.length;
  const column = (title: Text, align: 'left' | 'right', priority: number) => ({
    title: translator.text(title),
    align,
    priority,
  });
  return [
    heading(3, translator.text(TITLES[name])),
    {
      type: 'table',
      columns: [
        { ...column(say('Deal', '商机'), 'left', 0), wrapTo: 24 },
        column(say('Owner', '负责人'), 'left', 2),
        column(say('Stage', '阶段'), 'left', ABOUT_DATES.has(name) ? 3 : 1),
        column(say('Amount', '金额'), 'right', 0),
        column(say('Close date', '预计成交日'), 'left', ABOUT_DATES.has(name) ? 0 : 3),
      ],
      rows: shown.map((deal) => dealRow(deal, translator)),
    },
    ...(more === 0
      ? []
      : [paragraph([span(translator.text(say('… {more} more', '……另有 {more} 单'), { more }), 'muted')], 1)]),
  ];
}

/** Days of the two reports, ISO. */
interface Days {
  readonly start: string;
  readonly end: string;
}

function meaningOf(name: DealChangeName, { slipped, due }: DealChanges, days: Days, translator: Translator): string {
  if (name !== 'slipped') return MEANINGS[name] === undefined ? '' : translator.text(MEANINGS[name]);
  const text = say(
    'of the open deals due from {start} until before {end}: {share}',
    '{start} 起、{end} 之前到期的在途单中：{share}',
  );
  const share = translator.share(slipped.deals, due);
  return translator.text(text, { start: { date: days.start }, end: { date: days.end }, share });
}

/** What became of the deals: how many of each change, and the largest of them. */
export function dealBlocks(changes: DealChanges, days: Days, most: number, translator: Translator): Block[] {
  const title = heading(2, translator.text(say('What became of the deals', '商机变化')));
  const used = DEAL_CHANGES.filter((name) => changes[name].deals > 0);
  if (used.length === 0) {
    const text = say(
      'Nothing: the {matched} deals in both lists are as they were.',
      '没有变化：两次都有的 {matched} 单保持不变。',
    );
    return [title, paragraph(translator.text(text, { matched: changes.matched }))];
  }
  return [
    title,
    {
      type: 'table',
      columns: [
        { title: '', align: 'left', priority: 0, wrapTo: 24 },
        { title: translator.text(say('Deals', '单数')), align: 'right', priority: 0 },
        { title: translator.text(say('Amount', '金额')), align: 'right', priority: 1 },
        { title: '', align: 'left', priority: 0, wrapTo: 24 },
      ],
      rows: used.map((name): Inline[] => [
        translator.text(TITLES[name]),
        translator.number(changes[name].deals),
        amountsText(changes[name].amounts, translator),
        [span(meaningOf(name, changes, days, translator), 'muted')],
      ]),
    },
    ...used.flatMap((name) => listBlocks(name, changes[name], most, translator)),
  ];
}
