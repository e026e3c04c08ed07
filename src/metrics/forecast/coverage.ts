import type { Dataset } from '../../dataset/dataset.ts';
import { currentState } from '../../dataset/journeys/visits.ts';
import { type HeldTarget, targetsInForce } from '../../dataset/targets.ts';
import { isoOf } from '../../dataset/values/calendar.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type TableBlock } from '../../report/document.ts';
import { keysOf } from '../deals-behind.ts';
import { defineMetric, type MetricContext } from '../define.ts';
import { pick } from '../pipeline/pipeline-rows.ts';
import { type Rate, rateOf, shareOf } from '../rate.ts';
import { countOutcomes } from '../win/win-rate-counts.ts';
import { SOLD, targetState } from './pipeline-coverage.ts';
import { targetRows } from './pipeline-target-rows.ts';

/** What is there for one target of what is to be sold. */
export interface TargetCoverage {
  /** Field id → value: whose target it is; empty for everybody's. */
  readonly of: Readonly<Record<string, string>>;
  readonly currency: string | null;
  readonly from: string;
  readonly until: string;
  readonly target: number;
  readonly wonAmount: number | null;
  readonly remaining: number | null;
  /** Open deals due from today to the end of the target, with an amount. */
  readonly dueAmount: number | null;
  readonly dueDeals: number;
  /** Due ÷ what the target still wants; null once it is met. */
  readonly overRemaining: number | null;
  /** Due ÷ the whole target. */
  readonly overTarget: number | null;
  readonly winRate: Rate;
  /** 1 ÷ win rate: how much has to be there for each unit still wanted; null without a won deal. */
  readonly required: number | null;
  readonly isEnough: boolean | null;
  /** Why there is no figure. */
  readonly note?: Text;
  readonly dealKeys?: readonly string[];
}

export interface CoverageResult {
  readonly targets: readonly TargetCoverage[];
}

const TITLE: Text = { en: 'Pipeline coverage', zh: '管道覆盖率' };
/** Targets shown; all of them are in the report. */
const MOST_SHOWN = 20;

function soldTargets(dataset: Dataset): readonly HeldTarget[] {
  return targetsInForce(dataset).filter(({ metric, unit, value }) => metric === SOLD && unit === 'number' && value > 0);
}

function missing({ dataset }: MetricContext): Text | null {
  if (soldTargets(dataset).length > 0) return null;
  return targetsInForce(dataset).length === 0
    ? say('needs targets in the rules file', '需要在规则文件中设置目标（targets）')
    : say('no target for won_amount', '没有 won_amount 的目标');
}

function coverageOf(dataset: Dataset, target: HeldTarget, rows: Int32Array, details: boolean): TargetCoverage {
  const state = targetState(dataset, target, rows);
  const { won, lost } = countOutcomes(Uint8Array.from(pick(currentState(dataset).outcome, rows)), null);
  const winRate = rateOf(won, won + lost);
  const facts = { of: target.of, from: isoOf(target.fromDay), until: isoOf(target.untilDay), target: target.value };
  const required = winRate.value === null || winRate.value === 0 ? null : 1 / winRate.value;
  const nothing = { wonAmount: null, remaining: null, dueAmount: null, dueDeals: 0, overRemaining: null } as const;
  if (!('target' in state)) {
    const unknown = { ...nothing, overTarget: null, winRate, required, isEnough: null, note: state };
    return { ...facts, currency: target.currency, ...unknown };
  }
  const { remaining, dueTotal, dueDeals, dueAmounts } = state;
  const overRemaining = remaining > 0 ? dueTotal / remaining : null;
  const isEnough = remaining <= 0 ? true : required === null ? null : dueTotal / remaining >= required;
  return {
    ...facts,
    currency: state.currency ?? target.currency,
    wonAmount: state.won.total,
    remaining,
    dueAmount: dueTotal,
    dueDeals,
    overRemaining,
    overTarget: dueTotal / target.value,
    winRate,
    required,
    isEnough,
    ...(details
      ? {
          dealKeys: keysOf(
            dataset,
            state.rows.filter((_, index) => !Number.isNaN(dueAmounts[index]!)),
          ),
        }
      : {}),
  };
}

function compute({ dataset, details }: MetricContext): CoverageResult {
  const rowsOf = targetRows(dataset);
  return { targets: soldTargets(dataset).map((target) => coverageOf(dataset, target, rowsOf(target.of), details)) };
}

const COLUMNS = {
  of: { en: 'Target of', zh: '目标归属' },
  remaining: { en: 'Still wanted', zh: '尚缺' },
  due: { en: 'Open and due', zh: '期内在途' },
  coverage: { en: 'Coverage', zh: '覆盖率' },
  required: { en: 'Needed', zh: '所需' },
  ofTarget: { en: 'Of whole target', zh: '对全部目标' },
  winRate: { en: 'Win rate', zh: '赢单率' },
} as const satisfies Record<string, Text>;
const EVERYBODY: Text = { en: 'everybody', zh: '全体' };
const MET: Text = { en: 'met', zh: '已达成' };
const TIMES: Text = { en: '{number}×', zh: '{number} 倍' };
const MORE: Text = { en: 'More targets in the JSON report: {count}.', zh: '其余 {count} 个目标见 JSON 报告。' };

function timesText(value: number | null, translator: Translator): string {
  return value === null ? translator.number(null) : translator.text(TIMES, { number: translator.number(value, 1) });
}

function coverageCell({ remaining, overRemaining, isEnough }: TargetCoverage, translator: Translator): Inline {
  if (remaining !== null && remaining <= 0) return [span(translator.text(MET), 'good')];
  const text = timesText(overRemaining, translator);
  return isEnough === false ? [span(text, 'warn')] : text;
}

function rowOf(coverage: TargetCoverage, translator: Translator): Inline[] {
  const { of, currency, remaining, dueAmount, note } = coverage;
  const values = Object.values(of);
  const name =
    values.length === 0 ? translator.text(EVERYBODY) : translator.list(values.map((value) => translator.value(value)));
  if (note !== undefined) return [name, [span(translator.text(note), 'muted')], '–', '–', '–', '–', '–'];
  return [
    name,
    translator.money(remaining, currency),
    translator.money(dueAmount, currency),
    coverageCell(coverage, translator),
    timesText(coverage.required, translator),
    timesText(coverage.overTarget, translator),
    shareOf(coverage.winRate, translator),
  ];
}

function blocks({ targets }: CoverageResult, translator: Translator): Block[] {
  const priorities = { of: 0, remaining: 0, due: 1, coverage: 0, required: 0, ofTarget: 3, winRate: 2 } as const;
  const table: TableBlock = {
    type: 'table',
    columns: (Object.keys(priorities) as (keyof typeof priorities)[]).map((column) => ({
      title: translator.text(COLUMNS[column]),
      align: column === 'of' ? 'left' : 'right',
      priority: priorities[column],
    })),
    rows: targets.slice(0, MOST_SHOWN).map((target) => rowOf(target, translator)),
  };
  const rest = targets.length - MOST_SHOWN;
  return [
    heading(2, translator.text(TITLE)),
    table,
    ...(rest > 0 ? [paragraph(translator.text(MORE, { count: rest }))] : []),
  ];
}

export default defineMetric<CoverageResult>({
  metric: 'coverage',
  title: TITLE,
  definition: {
    en: 'How many times over the open deals due by the end of a sales target cover what it still wants, beside how many times are needed at the win rate so far.',
    zh: '在目标截止日前到期的在途金额是尚缺金额的多少倍，以及按目前赢单率所需的倍数。',
  },
  formula: {
    en: 'open amount due ÷ (target − won); needed: 1 ÷ win rate',
    zh: '期内在途金额 ÷（目标 − 已赢）；所需：1 ÷ 赢单率',
  },
  place: 'further',
  needsStages: true,
  missing,
  compute,
  blocks,
});
