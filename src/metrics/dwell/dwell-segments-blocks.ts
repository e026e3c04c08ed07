import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { DwellSegments, StageSegments } from './dwell-segments.ts';
import type { SegmentDwell } from './dwell-segments-counts.ts';
import { titleWithUnit } from './dwell-study.ts';

const TITLE = say('Time in stage by segment', '分组停留时长');
const NONE = say(
  'No segments differ in their stays by more than chance explains (comparisons: {tests}).',
  '各组停留时长的差异都在偶然范围内（共比较 {tests} 次）。',
);
const SOME = say(
  'Segments differ in their stays by more than chance explains in {flagged} of {tests} comparisons, their number taken into account{shown}.',
  '共比较 {tests} 次，计入比较次数的影响后，有 {flagged} 次各组停留时长的差异超出偶然范围{shown}。',
);
const ONLY_CLEAREST = say('; the {count} clearest', '；以下为最明显的 {count} 次');
const NOTHING_TO_COMPARE = say(
  'No stage has two segments with five visits each: nothing to compare.',
  '没有哪个阶段有两组各满 5 次停留，无从比较。',
);
const DIFFERS = say(
  '{stage} by {field}: so large a difference comes by chance in {share} of cases{among}',
  '“{stage}”按{field}：这么大的差异偶然出现的概率为 {share}{among}',
);
const AMONG = say('; it still stands out after {tests} tests', '，计入 {tests} 次检验后仍然突出');
const SEGMENT = say('Segment', '分组');
const MEDIAN = say('Median', '中位数');
const VISITS = say('Ended + open', '已离开 + 在途');
const COUNTS = say('{closed} + {open}', '{closed} + {open}');
const WITH_INTERVAL = say('{median} ({low}–{high})', '{median}（{low}–{high}）');
const UNDER_ONE = say('under 0.1%', '不到 0.1%');
const SHOWN = 10;
const TABLES_SHOWN = 8;
const LEAST_SHARE = 0.001;

function medianText({ medianDays, medianInterval: [low, high] }: SegmentDwell, translator: Translator): string {
  const median = translator.days(medianDays);
  if (medianDays === null || low === null || high === null) return median;
  return translator.text(WITH_INTERVAL, { median, low: translator.number(low, 0), high: translator.number(high, 0) });
}

interface Flagged {
  readonly field: string;
  readonly stage: StageSegments;
}

function flaggedTable(
  { field, stage: { stage, segments, test } }: Flagged,
  tests: number,
  translator: Translator,
): TableBlock {
  const pValue = test === null ? null : test.pValue;
  const share = pValue !== null && pValue < LEAST_SHARE ? translator.text(UNDER_ONE) : translator.percent(pValue, 1);
  const among = tests > 1 ? translator.text(AMONG, { tests }) : '';
  return {
    type: 'table',
    caption: translator.text(DIFFERS, { stage: { stage }, field: { field }, share, among }),
    columns: [
      wordColumn(SEGMENT, 0, translator),
      figureColumn(MEDIAN, 0, translator),
      figureColumn(VISITS, 1, translator),
    ],
    rows: segments
      .filter(({ medianDays }) => medianDays !== null)
      .slice(0, SHOWN)
      .map((segment) => [
        translator.value(segment.value),
        medianText(segment, translator),
        translator.text(COUNTS, { closed: segment.closedVisits, open: segment.openVisits }),
      ]),
  };
}

function summaryText(flagged: number, tests: number, translator: Translator): string {
  if (flagged === 0) return translator.text(tests === 0 ? NOTHING_TO_COMPARE : NONE, { tests });
  const shown = flagged > TABLES_SHOWN ? translator.text(ONLY_CLEAREST, { count: TABLES_SHOWN }) : '';
  return translator.text(SOME, { flagged, tests, shown });
}

export function dwellSegmentsBlocks(result: DwellSegments, translator: Translator): Block[] {
  const flagged = result.fields
    .flatMap(({ field, stages }) => stages.map((stage): Flagged => ({ field, stage })))
    .filter(({ stage }) => stage.isFlagged)
    .toSorted((a, b) => (a.stage.test?.pValue ?? 1) - (b.stage.test?.pValue ?? 1));
  return [
    heading(2, titleWithUnit(TITLE, result, translator)),
    paragraph(summaryText(flagged.length, result.tests, translator)),
    ...flagged.slice(0, TABLES_SHOWN).map((each) => flaggedTable(each, result.tests, translator)),
  ];
}
