import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, callout, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import type { SnapshotConversion } from './conversion.ts';
import { remedyText } from './conversion-remedies.ts';
import type { Part, SnapshotStage } from './conversion-snapshot.ts';

const RANGE: Text = { en: '{low}–{high} ({least} to {most})', zh: '{low}–{high}（{least} 至 {most}）' };
const AT_MOST: Text = { en: 'at most {high} ({most})', zh: '至多 {high}（{most}）' };
const COUNTS: Text = { en: '{count} of {of}', zh: '{count}/{of}' };
const TOO_FEW: Text = { en: 'too few deals ({of})', zh: '单数太少（{of}）' };
const REACHED: Text = { en: '{low}–{high}', zh: '{low}–{high}' };
const COLUMNS = {
  stage: { en: 'Stage', zh: '阶段' },
  wentOn: { en: 'Goes on (bounds)', zh: '转化率（上下界）' },
  stillHere: { en: 'Still here', zh: '仍在此' },
  reached: { en: 'Reached', zh: '到达' },
} as const satisfies Record<string, Text>;
const CAPTION: Text = {
  en: 'To date: deals still in a stage count as not having gone on yet. Reached: the stage, or one beyond it.',
  zh: '截至目前：仍在本阶段的单暂按未推进计。到达：到过该阶段或更后的阶段。',
};
const PLACED: Text = {
  en: 'The column “{header}” says of {placed} of {of} lost or dormant deals where they had got to.',
  zh: '“{header}”列说明了 {of} 个输单（含休眠）中 {placed} 个走到哪一步。',
};
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;

function countsText({ count, of }: Part, translator: Translator): string {
  return translator.text(COUNTS, { count, of });
}

function wentOnText({ step, reachedHigh }: SnapshotStage, translator: Translator): string {
  if (step === null || reachedHigh < PERCENT_FROM) return translator.text(TOO_FEW, { of: reachedHigh });
  const low = step.low.count / step.low.of;
  const high = step.high.count / step.high.of;
  return translator.text(low === high ? AT_MOST : RANGE, {
    low: translator.number(low * 100, 0),
    high: translator.percent(high, 0),
    least: countsText(step.low, translator),
    most: countsText(step.high, translator),
  });
}

function reachedText({ reachedLow: low, reachedHigh: high }: SnapshotStage, translator: Translator): string {
  return low === high ? translator.number(high) : translator.text(REACHED, { low, high });
}

function stageTable({ stages }: SnapshotConversion, translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(COLUMNS.stage, 0, translator),
      figureColumn(COLUMNS.wentOn, 0, translator),
      figureColumn(COLUMNS.stillHere, 1, translator),
      figureColumn(COLUMNS.reached, 2, translator),
    ],
    rows: stages.map((stage) => [
      translator.stage(stage.stage),
      wentOnText(stage, translator),
      translator.number(stage.stillHere),
      reachedText(stage, translator),
    ]),
    caption: translator.text(CAPTION),
  };
}

/** Bounds, what they rest on, and what would turn them into rates. */
export function snapshotBlocks(result: SnapshotConversion, translator: Translator): Block[] {
  const { lostStage, remedies } = result;
  const hints: Inline[] = [translator.text(result.remedy), ...remedies.map((remedy) => remedyText(remedy, translator))];
  const placed = lostStage === null ? [] : [paragraph([span(translator.text(PLACED, { ...lostStage }), 'muted')])];
  return [
    callout('warn', translator.text(result.caveat)),
    stageTable(result, translator),
    ...placed,
    ...(hints.length === 1 ? [paragraph(hints[0]!)] : [{ type: 'list', items: hints } as const]),
  ];
}
