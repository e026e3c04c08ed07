import type { Dataset } from '../../dataset/dataset.ts';
import { FALSE, TRUE } from '../../dataset/predicate.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, span, type TableBlock } from '../../report/document.ts';
import { breakdownsOf } from '../breakdown.ts';
import { type DealsBehind, dealsBehind } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { figureColumn, wordColumn } from '../table-columns.ts';
import { type CriteriaStage, criteriaStages, holdsAll, stagesPassed } from './conformance-counts.ts';

/** Deals beyond a stage that meet all its criteria, of those that can be judged. `dealKeys` do not. */
export interface StageConformance extends DealsBehind {
  readonly stage: string;
  readonly met: Rate;
  readonly unknown: number;
  readonly criteria: readonly {
    readonly criterion: string;
    /** Null where the file lacks the columns. */
    readonly met: Rate | null;
  }[];
}

export interface GroupConformance {
  readonly value: string;
  readonly met: Rate;
}

export interface ConformanceResult {
  /** Where the stages that a deal got beyond are known from. */
  readonly basis: 'history' | 'snapshot';
  /** Pairs of a deal and a stage it got beyond. */
  readonly met: Rate;
  readonly unknown: number;
  readonly stages: readonly StageConformance[];
  /** Groups with the most to judge first. */
  readonly by: readonly {
    readonly field: string;
    readonly groups: number;
    readonly rows: readonly GroupConformance[];
  }[];
}

const USUAL_FIELDS = ['owner', 'product'];
const LISTED_GROUPS = 50;
const SHOWN_GROUPS = 10;
const NO_CRITERIA: Text = say(
  'needs exit criteria (`exit:`) in the stages of the rules file',
  '需要在规则文件的阶段中设置准出标准（exit:）',
);
const NO_COLUMNS: Text = say('no column that the exit criteria read', '没有准出标准所用的列');

function missing({ dataset }: MetricContext): Text | null {
  const stages = criteriaStages(dataset);
  if (stages.length === 0) return NO_CRITERIA;
  return judgeable(stages).length === 0 ? NO_COLUMNS : null;
}

function judgeable(stages: readonly CriteriaStage[]): CriteriaStage[] {
  return stages.filter(({ criteria }) => criteria.some(({ holds }) => holds !== null));
}

/** One a row: pairs of the deal with stages it got beyond that were met, and that could be judged. */
interface PairCounts {
  readonly met: Uint16Array;
  readonly judged: Uint16Array;
}

function stageOf(
  { stage, openIndex, criteria }: CriteriaStage,
  passed: Int16Array,
  { met, judged }: PairCounts,
  { dataset, details }: MetricContext,
): StageConformance {
  const unmetRows: number[] = [];
  let metDeals = 0;
  let unknown = 0;
  let unmet = 0;
  for (let row = 0; row < passed.length; row += 1) {
    if (passed[row]! <= openIndex) continue;
    const truth = holdsAll(criteria, row);
    if (truth === TRUE) {
      metDeals += 1;
      met[row]! += 1;
    } else if (truth === FALSE) {
      unmet += 1;
      if (details) unmetRows.push(row);
    } else {
      unknown += 1;
      continue;
    }
    judged[row]! += 1;
  }
  return {
    stage,
    met: rateOf(metDeals, metDeals + unmet),
    unknown,
    criteria: criteria.map(({ source, holds }) => ({
      criterion: source,
      met: holds === null ? null : metOf(holds, passed, openIndex),
    })),
    ...dealsBehind(dataset, details, () => unmetRows),
  };
}

function metOf(holds: Int8Array, passed: Int16Array, openIndex: number): Rate {
  let met = 0;
  let of = 0;
  for (let row = 0; row < passed.length; row += 1) {
    if (passed[row]! <= openIndex) continue;
    if (holds[row] === TRUE) met += 1;
    if (holds[row] === TRUE || holds[row] === FALSE) of += 1;
  }
  return rateOf(met, of);
}

function groupsOf({ met, judged }: PairCounts, dataset: Dataset, by: readonly string[]): ConformanceResult['by'] {
  return breakdownsOf({ dataset, by: by.length > 0 ? by : USUAL_FIELDS }).map(({ field, values, groupOf }) => {
    const metOfGroup = new Int32Array(values.length);
    const judgedOfGroup = new Int32Array(values.length);
    for (let row = 0; row < groupOf.length; row += 1) {
      const group = groupOf[row]!;
      if (group < 0) continue;
      metOfGroup[group]! += met[row]!;
      judgedOfGroup[group]! += judged[row]!;
    }
    const groups = Array.from(values.keys()).filter((group) => judgedOfGroup[group]! > 0);
    groups.sort((a, b) => judgedOfGroup[b]! - judgedOfGroup[a]! || (values[a]! < values[b]! ? -1 : 1));
    return {
      field,
      groups: groups.length,
      rows: groups.slice(0, LISTED_GROUPS).map((group) => ({
        value: values[group]!,
        met: rateOf(metOfGroup[group]!, judgedOfGroup[group]!),
      })),
    };
  });
}

function compute(context: MetricContext): ConformanceResult {
  const { dataset, by } = context;
  const passed = stagesPassed(dataset);
  const pairs = { met: new Uint16Array(dataset.rowCount), judged: new Uint16Array(dataset.rowCount) };
  const stages = judgeable(criteriaStages(dataset)).map((stage) => stageOf(stage, passed, pairs, context));
  const total = (count: (stage: StageConformance) => number): number =>
    stages.reduce((sum, stage) => sum + count(stage), 0);
  return {
    basis: dataset.journeys === null ? 'snapshot' : 'history',
    met: rateOf(
      total(({ met }) => met.count),
      total(({ met }) => met.of),
    ),
    unknown: total(({ unknown }) => unknown),
    stages,
    by: groupsOf(pairs, dataset, by),
  };
}

const TITLE: Text = say('Exit criteria met', '准出标准达标率');
const STAGE = say('Stage', '阶段');
const CRITERION = say('Criterion', '标准');
const MET = say('Met', '达标');
const ALL = say('all of them', '所有标准');
const NO_COLUMN = say('no column', '没有该列');
const UNKNOWN_DEALS = say('Cannot be judged', '无法判断');
const TOTAL = say(
  'Counting each deal once for each stage it got beyond, the exit criteria are met in {share}.',
  '每单对每个已越过的阶段各计一次，准出标准达标 {share}。',
);
const AS_OF_NOW = say(
  'Judged by what the table says now: what was filled in after the deal moved on counts as met.',
  '按表格当前内容判断：推进之后才补填的也算达标。',
);

function stageTable(stages: readonly StageConformance[], translator: Translator): TableBlock {
  return {
    type: 'table',
    columns: [
      wordColumn(STAGE, 0, translator),
      wordColumn(CRITERION, 1, translator),
      figureColumn(MET, 0, translator),
      figureColumn(UNKNOWN_DEALS, 2, translator),
    ],
    rows: stages.flatMap(({ stage, met, unknown, criteria }) => [
      [translator.stage(stage), translator.text(ALL), shareOf(met, translator), translator.number(unknown)],
      ...criteria.map((each) => [
        '',
        translator.value(each.criterion),
        each.met === null ? translator.text(NO_COLUMN) : shareOf(each.met, translator),
        '',
      ]),
    ]),
  };
}

function blocks(result: ConformanceResult, translator: Translator): Block[] {
  const groups = result.by.map(
    ({ field, rows }): TableBlock => ({
      type: 'table',
      columns: [{ title: translator.field(field), align: 'left', priority: 0 }, figureColumn(MET, 0, translator)],
      rows: rows.slice(0, SHOWN_GROUPS).map(({ value, met }) => [translator.value(value), shareOf(met, translator)]),
    }),
  );
  return [
    heading(2, translator.text(TITLE)),
    paragraph(translator.text(TOTAL, { share: shareOf(result.met, translator) })),
    stageTable(result.stages, translator),
    ...groups,
    paragraph([span(translator.text(AS_OF_NOW), 'muted')]),
  ];
}

export default defineMetric<ConformanceResult>({
  metric: 'conformance',
  title: TITLE,
  definition: say(
    'Share of the deals beyond a stage that meet its exit criteria, by stage, owner and product.',
    '越过某阶段的单中满足该阶段准出标准的比例，按阶段、负责人和产品列出。',
  ),
  formula: say(
    'deals that meet the criteria ÷ deals beyond the stage that can be judged',
    '达标的单 ÷ 越过该阶段且可判断的单',
  ),
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
