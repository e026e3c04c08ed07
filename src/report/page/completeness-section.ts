import { cutMiddle } from '../../i18n/cut-middle.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import { changeText } from '../../metrics/completeness/completeness-change.ts';
import { type Rate, shareOf } from '../../metrics/rate.ts';
import type { HeatCell, HeatRow } from '../chart.ts';
import { type Block, callout, type Inline, paragraph, type TableBlock } from '../document.ts';
import { chartBlock, describedRows, greatest } from './page-parts.ts';

const MOST_OWNERS = 20;
const OWNER_WIDTH = 40;
/** Below this number of deals a cell holds its counts, as no percentage says more. */
const PERCENT_FROM = 5;

const NOTHING: Text = say(
  'No field is required of these deals: name them under stages: … require in the rules file.',
  '这些单没有必填字段：请在规则文件 stages 的 require 中写明。',
);
const POOLED: Text = say('{share} of required fields are filled.', '必填字段已填 {share}。');
const NO_COLUMN: Text = say('Required, but not in this file: {fields}.', '要求填写但文件中没有的字段：{fields}。');
const WORST: Text = say('Least filled: {field} at {stage}, {share}', '填写最少：“{stage}”阶段的“{field}”，{share}');
const ALL_FILLED: Text = say('All required fields are filled at every stage', '各阶段的必填字段都已填');
const BY_STAGE: Text = say('Required fields filled, by field and stage', '必填字段完整度，按字段和阶段');
const WORST_OWNER: Text = say(
  '{owner} has the most required cells left empty: {cells}',
  '必填项空缺最多的负责人：{owner}，{cells} 项',
);
const BY_OWNER: Text = say('Required fields filled, by owner and field', '必填字段完整度，按负责人和字段');
const FEW: Text = say(
  'Cells of fewer than {from} deals hold counts and are not compared.',
  '不足 {from} 单的格只列计数，不参与比较。',
);
const MORE_OWNERS: Text = say(
  'The {shown} owners with most to fill in; {more} more are left out.',
  '仅列待补最多的 {shown} 位负责人，另有 {more} 位未列出。',
);
const ALL: Text = say('All', '合计');
const FIELD: Text = say('Field', '字段');
const OWNER: Text = say('Owner', '负责人');
const NOBODY: Text = say('(no owner)', '（无负责人）');
const CELL: Text = say('{row}, {column}: {share}', '{row}，{column}：{share}');
const NOT_REQUIRED: Text = say('{row}, {column}: not required', '{row}，{column}：不要求填写');

type Counted = Pick<Rate, 'value' | 'count' | 'of' | 'interval'>;

function heatCell(rate: Counted | undefined, row: string, column: string, translator: Translator): HeatCell {
  if (rate === undefined || rate.value === null || rate.of === 0) {
    return { value: null, text: '–', title: translator.text(NOT_REQUIRED, { row, column }) };
  }
  const share = shareOf(rate, translator);
  const isFew = rate.of < PERCENT_FROM;
  const text = isFew ? translator.share(rate.count, rate.of) : translator.percent(rate.value, 0);
  return { value: rate.value, text, title: translator.text(CELL, { row, column, share }) };
}

/** The same cells with their bases. */
function heatTable(
  corner: Text,
  columns: readonly string[],
  rows: readonly { readonly label: string; readonly rates: readonly (Counted | undefined)[] }[],
  translator: Translator,
): TableBlock {
  const textOf = (rate: Counted | undefined): Inline =>
    rate === undefined || rate.value === null || rate.of === 0 ? '–' : translator.share(rate.count, rate.of);
  return {
    type: 'table',
    columns: [
      { title: translator.text(corner), align: 'left', priority: 0 },
      ...columns.map((title, index) => ({ title, align: 'right' as const, priority: index })),
    ],
    rows: rows.map(({ label, rates }) => [label, ...rates.map(textOf)]),
  };
}

interface Sheet {
  readonly title: string;
  readonly lead: string;
  readonly corner: Text;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly rates: readonly (Counted | undefined)[] }[];
  readonly caption?: string;
}

function heatBlock({ title, lead, corner, columns, rows, caption }: Sheet, translator: Translator): Block {
  const heatRows = rows.map(
    ({ label, rates }): HeatRow => ({
      label,
      cells: rates.map((rate, index) => heatCell(rate, label, columns[index] ?? '', translator)),
    }),
  );
  const named = heatRows.map(({ label, cells }) => ({
    label,
    text: translator.list(
      cells.flatMap(({ value, text }, index) => (value === null ? [] : `${columns[index]} ${text}`)),
    ),
  }));
  return chartBlock({
    title,
    description: describedRows(lead, named, translator),
    chart: { type: 'heat', columns, rows: heatRows, isHighGood: true },
    table: heatTable(corner, columns, rows, translator),
    ...(caption === undefined ? {} : { caption }),
  });
}

function emptyShare({ value, count, of }: Rate): number | null {
  return value === null || count === of ? null : 1 - value;
}

function stageBlocks({ fields, cells, stages }: CompletenessResult, translator: Translator): Block[] {
  const asked = fields.filter(({ of }) => of > 0);
  const used = stages.filter(({ stage }) => cells.some((cell) => cell.stage === stage));
  if (asked.length === 0) return [];
  const cellOf = new Map(cells.map((cell) => [`${cell.field}\n${cell.stage}`, cell]));
  const worst =
    greatest(cells, (cell) => (cell.of < PERCENT_FROM ? null : emptyShare(cell))) ?? greatest(cells, emptyShare);
  const title =
    worst === null
      ? translator.text(asked.every(({ count, of }) => count === of) ? ALL_FILLED : BY_STAGE)
      : translator.text(WORST, {
          field: { field: worst.field },
          stage: { stage: worst.stage },
          share: translator.share(worst.count, worst.of),
        });
  const hasFew = cells.some(({ of }) => of > 0 && of < PERCENT_FROM);
  const sheet: Sheet = {
    title,
    ...(hasFew ? { caption: translator.text(FEW, { from: PERCENT_FROM }) } : {}),
    lead: translator.text(BY_STAGE),
    corner: FIELD,
    columns: [translator.text(ALL), ...used.map(({ stage }) => translator.stage(stage))],
    rows: asked.map((rate) => ({
      label: translator.field(rate.field),
      rates: [rate, ...used.map(({ stage }) => cellOf.get(`${rate.field}\n${stage}`))],
    })),
  };
  return [heatBlock(sheet, translator)];
}

function ownerName(owner: string | null, translator: Translator): string {
  return owner === null ? translator.text(NOBODY) : cutMiddle(translator.value(owner), OWNER_WIDTH);
}

function ownerBlocks(result: CompletenessResult, translator: Translator): Block[] {
  const { ownerCells, owners, fields, ownersNotListed, toFill } = result;
  const listed = [...new Set(ownerCells.map(({ owner }) => owner))];
  if (listed.length === 0) return [];
  const shown = listed.slice(0, MOST_OWNERS);
  const more = listed.length - shown.length + ownersNotListed;
  const asked = fields.filter(({ of }) => of > 0);
  const cellOf = new Map(ownerCells.map((cell) => [`${cell.field}\n${cell.owner ?? ''}`, cell]));
  const totalOf = new Map(owners.map((each) => [each.owner, each]));
  const total = (owner: string | null): Counted | undefined => {
    const each = totalOf.get(owner);
    return each && { value: each.value, count: each.filled, of: each.required, interval: null };
  };
  const worst = greatest(toFill, ({ cells }) => cells);
  const title =
    worst === null
      ? translator.text(BY_OWNER)
      : translator.text(WORST_OWNER, { owner: ownerName(worst.owner, translator), cells: worst.cells });
  const sheet: Sheet = {
    title,
    lead: translator.text(BY_OWNER),
    corner: OWNER,
    columns: [translator.text(ALL), ...asked.map(({ field }) => translator.field(field))],
    rows: shown.map((owner) => ({
      label: ownerName(owner, translator),
      rates: [total(owner), ...asked.map(({ field }) => cellOf.get(`${field}\n${owner ?? ''}`))],
    })),
    ...(more > 0 ? { caption: translator.text(MORE_OWNERS, { shown: shown.length, more }) } : {}),
  };
  return [heatBlock(sheet, translator)];
}

/** How full the required fields are, by stage and by owner. */
export function completenessBlocks(result: CompletenessResult, translator: Translator): Block[] {
  const { pooled, change = null } = result;
  const lost = result.fieldsWithoutColumn.map((field) => ({ field }));
  const absent = lost.length === 0 ? [] : [callout('warn', translator.text(NO_COLUMN, { fields: { list: lost } }))];
  if (pooled.required === 0) return [callout('muted', translator.text(NOTHING)), ...absent];
  return [
    paragraph(translator.text(POOLED, { share: translator.share(pooled.filled, pooled.required) })),
    ...absent,
    ...stageBlocks(result, translator),
    ...ownerBlocks(result, translator),
    ...(change === null ? [] : [paragraph(changeText(change, translator))]),
  ];
}
