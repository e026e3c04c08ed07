import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { countsCell, percentCell, rateCell } from './conversion-cells.ts';
import type { ConversionSegment, ConversionSegments, SegmentStage } from './conversion-segments.ts';

const TITLE: Text = say('Conversion by segment', '分组转化率');
const DEALS: Text = say('Deals', '单数');
const WON: Text = say('Won', '赢单');
const ESTIMATED: Text = say('≈{rate}', '约 {rate}');
const NOTE: Text = say(
  'Share of the deals that entered a stage and went on within its window. ≈ is estimated while fewer than 30 deals have had the window. In brackets the 95% interval, of estimates and below 30 deals, and the number of deals; below five there are only counts. Won: of all deals of the segment, to date.',
  '进入该阶段后在观察期内继续推进的比例。不足 30 单满观察期时为估算（标“约”）。估算值和不足 30 单的，括号内附 95% 区间；不足 5 单只列单数。赢单：占该组全部单，截至目前。',
);
const MORE: Text = say('{field}: {shown} of {all} segments are shown', '{field}：共 {all} 组，列出 {shown} 组');
const WITHOUT: Text = say('{field}: {count} deals have none and are left out', '{field}：{count} 单没有填写，未计入');
/** Segments shown of each field; the result has more. */
const SHOWN = 10;

function stageCell({ entries, advanced, rates }: SegmentStage, translator: Translator): Inline {
  if (entries === 0) return '';
  if (rates === null) return [span(countsCell(advanced, entries, translator), 'muted')];
  if (rates.headline === 'matured') return rateCell(rates.matured, translator);
  return translator.text(ESTIMATED, { rate: percentCell(rates.estimated, translator) });
}

function wonCell({ ladder }: ConversionSegment, translator: Translator): string {
  const last = ladder.at(-1);
  return last === undefined ? '' : rateCell(last.cumulative, translator);
}

function fieldTable(
  { stages }: ConversionSegments,
  { field, segments }: ConversionSegments['fields'][number],
  translator: Translator,
): TableBlock {
  const right = (title: string, priority: number) => ({ title, align: 'right' as const, priority });
  return {
    type: 'table',
    columns: [
      { title: translator.field(field), align: 'left', priority: 0 },
      right(translator.text(DEALS), 0),
      ...stages.map(({ stage }, step) => right(translator.stage(stage), step + 1)),
      right(translator.text(WON), 0),
    ],
    rows: segments
      .slice(0, SHOWN)
      .map((segment) => [
        translator.value(segment.value),
        translator.number(segment.deals),
        ...segment.stages.map((stage) => stageCell(stage, translator)),
        wonCell(segment, translator),
      ]),
  };
}

function moreText(
  { field, segments, omitted, dealsWithoutValue }: ConversionSegments['fields'][number],
  translator: Translator,
): readonly string[] {
  const all = segments.length + omitted;
  return [
    ...(all > SHOWN ? [translator.text(MORE, { field: { field }, shown: SHOWN, all })] : []),
    ...(dealsWithoutValue > 0 ? [translator.text(WITHOUT, { field: { field }, count: dealsWithoutValue })] : []),
  ];
}

export function conversionSegmentsBlocks(result: ConversionSegments, translator: Translator): Block[] {
  const fields = result.fields.filter(({ segments }) => segments.length > 0);
  const notes = [translator.text(NOTE), ...fields.flatMap((field) => moreText(field, translator))];
  return [
    heading(2, translator.text(TITLE)),
    ...fields.map((field) => fieldTable(result, field, translator)),
    ...notes.map((note) => paragraph([span(note, 'muted')])),
  ];
}
