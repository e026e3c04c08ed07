import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText } from '../../metrics/amounts.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import { type CompletenessChange, changeText, pointsText } from '../../metrics/completeness/completeness-change.ts';
import type { DealToFill, OwnerToFill } from '../../metrics/completeness/completeness-owners.ts';
import type { ValueShare } from '../../metrics/completeness/completeness-values.ts';
import type { Rate } from '../../metrics/rate.ts';
import { type Block, type Inline, paragraph, span, type TableBlock, type Tone } from '../document.ts';
import { resultOf } from '../metric-result.ts';
import { defineView } from './view.ts';
import { cannotShow, cut, partHeading, viewHead } from './view-parts.ts';

const MOST_OWNERS = 12;
const MOST_TO_FILL = 8;
const MOST_DEALS = 3;
/** From here on a field counts as kept, below the other as neglected. */
const KEPT_FROM = 0.95;
const NEGLECTED_BELOW = 0.8;

const PURPOSE: Text = say(
  'The weekly completeness report: which required fields are empty, at which stage, with whom, and who fills in what.',
  '每周完整度报告：哪些必填字段为空、在哪个阶段、在谁手上、由谁补填。',
);
const NO_PREVIOUS: Text = say('needs an earlier export (--previous)', '需要更早的导出（--previous）');
const NOTHING: Text = say(
  'No field is required of these deals: name them under stages: … require in the rules file.',
  '这些单没有必填字段：请在规则文件 stages 的 require 中写明。',
);
const POOLED: Text = say('{share} of required fields are filled', '必填字段已填 {share}');
const MEAN: Text = say('{rate} on average per deal (n {deals})', '每单平均 {rate}（{deals} 单）');
const WEIGHTED: Text = say(
  '{rate} weighted by amount{currency} (n {deals})',
  '按金额加权 {rate}{currency}（{deals} 单）',
);
const NO_COLUMN: Text = say('Required, but not in this file: {fields}', '要求填写但文件中没有的字段：{fields}');
const BY_STAGE: Text = say('By field and stage', '按字段和阶段');
const BY_OWNER: Text = say('By owner and field', '按负责人和字段');
const SINCE: Text = say('Since the previous export', '与上次导出相比');
const WHO: Text = say('Who fills in what', '谁来补填');
const ALL: Text = say('All', '合计');
const BY_VALUE: Text = say('By amount', '按金额加权');
const BY_VALUE_NOTE: Text = say(
  'By amount: each deal counts as much as its amount; the amount is not weighted by itself and left out.',
  '按金额加权：每单按金额计权；金额字段不对自身加权，不计入。',
);
const CELL: Text = say('{rate} ({of})', '{rate}（{of}）');
const SHARE_OF_CURRENCY: Text = say('{rate} {currency}', '{currency} {rate}');
const NOBODY: Text = say('(no owner)', '（无负责人）');
const TO_FILL: Text = say('empty cells: {cells} · deals: {deals}', '空缺 {cells} 项 · 涉及 {deals} 单');
const MORE_DEALS: Text = say('… {more} more', '… 另有 {more} 单');
const MORE_OWNERS: Text = say('… {more} more', '… 另有 {more} 位负责人');
const NOT_COMPARED: Text = say('Not in both exports: {fields}', '并非两次导出都有：{fields}');

function toneOf(value: number): Tone {
  if (value >= KEPT_FROM) return 'good';
  return value < NEGLECTED_BELOW ? 'bad' : 'warn';
}

/** Filled of required cells as short as the base allows: `92% (126)`, or the counts under five. */
function cellInline(rate: Pick<Rate, 'value' | 'count' | 'of'> | undefined, translator: Translator): Inline {
  if (rate === undefined || rate.value === null) return '–';
  const { value, count, of } = rate;
  if (of < 5) return translator.share(count, of);
  const args = { rate: translator.percent(value, 0), of };
  return [span(translator.text(CELL, args), toneOf(value))];
}

/** Weighted by amount, a share for each currency. */
function valueInline(shares: readonly ValueShare[] | undefined, translator: Translator): string {
  if (shares === undefined || shares.length === 0) return '–';
  const texts = shares.map(({ currency, value }) => {
    const rate = translator.percent(value, 0);
    return shares.length === 1 ? rate : translator.text(SHARE_OF_CURRENCY, { rate, currency });
  });
  return translator.list(texts);
}

function right(title: string, priority: number) {
  return { title, align: 'right' as const, priority, wrapTo: 10 };
}

function left(title: string) {
  return { title, align: 'left' as const, priority: 0 };
}

function stageTable({ fields, cells, stages }: CompletenessResult, translator: Translator): TableBlock {
  const used = stages.filter(({ stage }) => cells.some((cell) => cell.stage === stage));
  const cellOf = new Map(cells.map((cell) => [`${cell.field}\n${cell.stage}`, cell]));
  return {
    type: 'table',
    columns: [
      left(''),
      right(translator.text(ALL), 0),
      right(translator.text(BY_VALUE), 0),
      ...used.map(({ stage }, index) => right(translator.stage(stage), used.length - index)),
    ],
    rows: [
      ...fields
        .filter(({ of }) => of > 0)
        .map((rate): Inline[] => [
          translator.field(rate.field),
          cellInline(rate, translator),
          valueInline(rate.valueWeighted, translator),
          ...used.map(({ stage }) => cellInline(cellOf.get(`${rate.field}\n${stage}`), translator)),
        ]),
    ],
    caption: translator.text(BY_VALUE_NOTE),
  };
}

function ownerTable(result: CompletenessResult, translator: Translator): TableBlock {
  const { ownerCells, owners, fields, ownersNotListed } = result;
  const listed = [...new Set(ownerCells.map(({ owner }) => owner))];
  const used = fields.filter(({ of }) => of > 0);
  const cellOf = new Map(ownerCells.map((cell) => [`${cell.field}\n${cell.owner}`, cell]));
  const totalOf = new Map(owners.map((each) => [each.owner, each]));
  const more = listed.length - Math.min(listed.length, MOST_OWNERS) + ownersNotListed;
  return {
    type: 'table',
    columns: [
      left(translator.field('owner')),
      right(translator.text(ALL), 0),
      right(translator.text(BY_VALUE), 0),
      ...used.map(({ field }, index) => right(translator.field(field), index + 1)),
    ],
    rows: listed.slice(0, MOST_OWNERS).map((owner): Inline[] => {
      const total = totalOf.get(owner);
      const rate = total && { value: total.value, count: total.filled, of: total.required };
      return [
        ownerName(owner, translator),
        cellInline(rate, translator),
        valueInline(total?.valueWeighted, translator),
        ...used.map(({ field }) => cellInline(cellOf.get(`${field}\n${owner}`), translator)),
      ];
    }),
    ...(more > 0 ? { caption: translator.text(MORE_OWNERS, { more }) } : {}),
  };
}

function ownerName(owner: string | null, translator: Translator): string {
  return owner === null ? translator.text(NOBODY) : cut(owner, 24, translator);
}

function changeBlocks(change: CompletenessChange, translator: Translator): Block[] {
  const columns = [
    left(translator.text(say('Field', '字段'))),
    right(translator.text(say('Before', '上次')), 1),
    right(translator.text(say('Now', '本次')), 1),
    left(translator.text(say('Change', '变化'))),
  ];
  const rows = change.fields
    .filter((field) => field.change !== null)
    .map((field): Inline[] => [
      translator.field(field.field),
      cellInline(field.before, translator),
      cellInline(field.now, translator),
      pointsText(field, translator),
    ]);
  const leftOut = change.fieldsNotCompared.map((field) => ({ field }));
  return [
    partHeading(SINCE, translator),
    paragraph(changeText(change, translator)),
    ...(rows.length === 0 ? [] : [{ type: 'table', columns, rows } as const]),
    ...(leftOut.length === 0 ? [] : [paragraph(translator.text(NOT_COMPARED, { fields: { list: leftOut } }))]),
  ];
}

function dealRow({ at, name, deal, stage, amount, currency, fields }: DealToFill, translator: Translator): Inline[] {
  return [
    at.cell,
    cut(name ?? deal, 48, translator),
    stage === null ? '–' : translator.stage(stage),
    amount === null ? '–' : translator.money(amount, currency),
    translator.list(fields.map((field) => translator.field(field))),
  ];
}

function ownerBlocks(owner: OwnerToFill, translator: Translator): Block[] {
  const { cells, dealsToFill, amounts, deals } = owner;
  const shown = deals.slice(0, MOST_DEALS);
  const amount = amountsText(amounts, translator);
  const facts = translator.text(TO_FILL, { cells, deals: dealsToFill });
  const more = dealsToFill - shown.length;
  const columns = [0, 0, 2, 1, 0].map((priority, index) => ({
    title: '',
    align: index === 3 ? ('right' as const) : ('left' as const),
    priority,
    ...(index === 1 || index === 4 ? { wrapTo: 24 } : {}),
  }));
  return [
    paragraph([
      span(ownerName(owner.owner, translator), 'strong'),
      span(`  ${facts}${amount === '' ? '' : ` · ${amount}`}`, 'muted'),
    ]),
    { type: 'table', header: false, indent: 1, columns, rows: shown.map((deal) => dealRow(deal, translator)) },
    ...(more > 0 ? [paragraph([span(translator.text(MORE_DEALS, { more }), 'muted')], 1)] : []),
  ];
}

function headline({ pooled, dealMean, valueWeighted }: CompletenessResult, translator: Translator): string {
  const parts = [
    translator.text(POOLED, { share: translator.share(pooled.filled, pooled.required) }),
    translator.text(MEAN, { rate: translator.percent(dealMean.value), deals: dealMean.deals }),
    ...valueWeighted.map(({ currency, value, deals }) =>
      translator.text(WEIGHTED, {
        rate: translator.percent(value),
        currency: currency === NO_CURRENCY || valueWeighted.length === 1 ? '' : `, ${currency}`,
        deals,
      }),
    ),
  ];
  return parts.join(' · ');
}

function bodyOf(result: CompletenessResult, translator: Translator): Block[] {
  if (result.pooled.required === 0) return [paragraph(translator.text(NOTHING))];
  const lost = result.fieldsWithoutColumn.map((field) => ({ field }));
  const more = Math.max(0, result.toFill.length - MOST_TO_FILL);
  return [
    paragraph([span(headline(result, translator), 'strong')]),
    ...(lost.length === 0 ? [] : [paragraph(translator.text(NO_COLUMN, { fields: { list: lost } }))]),
    partHeading(BY_STAGE, translator),
    stageTable(result, translator),
    ...(result.ownerCells.length === 0 ? [] : [partHeading(BY_OWNER, translator), ownerTable(result, translator)]),
    ...(result.change === null ? [] : changeBlocks(result.change, translator)),
    ...(result.toFill.length === 0 ? [] : [partHeading(WHO, translator)]),
    ...result.toFill.slice(0, MOST_TO_FILL).flatMap((owner) => ownerBlocks(owner, translator)),
    ...(more > 0 ? [paragraph([span(translator.text(MORE_OWNERS, { more }), 'muted')])] : []),
  ];
}

export default defineView({
  view: 'completeness',
  title: { en: 'Weekly completeness', zh: '每周完整度' },
  purpose: PURPOSE,
  blocks: (report, { translator }) => {
    const result = resultOf<CompletenessResult>(report, 'completeness');
    const lacks = [
      ...(result !== null && result.change === null ? [NO_PREVIOUS] : []),
      ...(result !== null && result.owners.length === 0 ? [say('no column for the owner', '没有负责人列')] : []),
    ];
    const head = viewHead(report, PURPOSE, lacks, translator);
    return result === null
      ? [head, cannotShow(report, 'completeness', translator)]
      : [head, ...bodyOf(result, translator)];
  },
});
