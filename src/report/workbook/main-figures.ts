import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import type { DwellResult } from '../../metrics/dwell/dwell.ts';
import type { CycleResult } from '../../metrics/pipeline/cycle.ts';
import type { FreshnessResult } from '../../metrics/pipeline/freshness.ts';
import type { FunnelResult } from '../../metrics/pipeline/funnel.ts';
import type { WinRateResult } from '../../metrics/win/win-rate.ts';
import { resultOf } from '../metric-result.ts';
import type { AuditReport } from '../report.ts';
import { amountCell, daysCell, numberCell, rateCell } from './cells.ts';
import type { Frame } from './frame.ts';
import { drawInto } from './metric-sheet.ts';
import { createSheetRows } from './sheet-rows.ts';
import type { Cell } from './workbook.ts';

/** A figure with what it was divided by, and what it is. */
export interface MainFigure {
  readonly title: string;
  readonly value: Cell | null;
  /** Code of the currency of an amount; empty where there is none. */
  readonly currency: string;
  readonly count: Cell | null;
  readonly of: Cell | null;
  /** 95 %, both ends. */
  readonly interval: readonly [Cell, Cell] | null;
  readonly definition: string;
}

interface Counted {
  readonly value: number | null;
  readonly count: number;
  readonly of: number;
  readonly interval?: readonly [number, number] | null;
}

interface Described {
  readonly title: Text;
  readonly definition: Text | undefined;
}

function rateFigure(rate: Counted, { title, definition }: Described, { translator }: Frame): MainFigure {
  const { interval = null } = rate;
  return {
    title: translator.text(title),
    value: rateCell(rate.value, translator),
    currency: '',
    count: numberCell(rate.count, translator),
    of: numberCell(rate.of, translator),
    interval: interval && [rateCell(interval[0], translator), rateCell(interval[1], translator)],
    definition: definition === undefined ? '' : translator.text(definition),
  };
}

function plainFigure(value: Cell | null, of: number | null, described: Described, { translator }: Frame): MainFigure {
  const { title, definition } = described;
  return {
    title: translator.text(title),
    value,
    currency: '',
    count: null,
    of: of === null ? null : numberCell(of, translator),
    interval: null,
    definition: definition === undefined ? '' : translator.text(definition),
  };
}

function definitionOf({ metrics }: AuditReport, metric: string): Text | undefined {
  return metrics[metric]?.definition;
}

const OPEN_DEALS = say(
  'Deals in an open stage, of all deals of the list.',
  '处于在途阶段的商机，基数为清单中的全部商机。',
);
const OPEN_AMOUNT = say(
  'Amounts of the open deals in this currency, added up; deals without an amount are not in it.',
  '该币种在途商机的金额合计，不含没有金额的商机。',
);
const STALLED = say(
  'Open deals that have been in their stage for more than 1.5 times its median, of those that can be judged.',
  '停留超过所在阶段中位数 1.5 倍的在途单，基数为可判断的在途单。',
);
const PAST_DUE = say(
  'Open deals whose close date lies before the as-of date, of those with a close date.',
  '预计成交日早于基准日的在途单，基数为有预计成交日的在途单。',
);
const UNTOUCHED = say(
  'Open deals without activity or change for more than {days}, of those with a date of either.',
  '超过 {days}无活动也无修改的在途单，基数为有这类日期的在途单。',
);

function funnelFigures(frame: Frame): MainFigure[] {
  const funnel = resultOf<FunnelResult>(frame.report, 'funnel');
  if (funnel === null) return [];
  const { open } = funnel.kinds;
  const deals = { title: say('Open deals', '在途商机'), definition: OPEN_DEALS };
  const amounts = Object.entries(open.amounts);
  // How many deals there are of one of several currencies, the funnel does not tell.
  const of = amounts.length === 1 ? open.dealsWithAmount : null;
  const described = { title: say('Open amount', '在途金额'), definition: OPEN_AMOUNT };
  const figures = amounts.map(([currency, amount]): MainFigure => {
    const figure = plainFigure(amountCell(amount), of, described, frame);
    return { ...figure, currency: currency === NO_CURRENCY ? '' : currency };
  });
  return [plainFigure(numberCell(open.deals, frame.translator), funnel.deals, deals, frame), ...figures];
}

const WITHIN = say('Won within {days} of creation', '创建后 {days}内赢单');

function winFigures(frame: Frame): MainFigure[] {
  const { report, translator } = frame;
  const win = resultOf<WinRateResult>(report, 'winRate');
  if (win === null) return [];
  const closed = { title: say('Win rate of closed deals', '已关闭商机赢单率'), definition: win.closed.definition };
  const { cohort } = win;
  if (cohort === null || cohort.matured === null || cohort.windowDays === null) {
    return [rateFigure(win.closed, closed, frame)];
  }
  const title = translator.text(WITHIN, { days: { days: cohort.windowDays } });
  const within = { title: { en: title, zh: title }, definition: cohort.definition };
  return [rateFigure(cohort.matured, within, frame), rateFigure(win.closed, closed, frame)];
}

function cycleFigures(frame: Frame): MainFigure[] {
  const { report, translator } = frame;
  const cycle = resultOf<CycleResult>(report, 'cycle');
  if (cycle === null) return [];
  const { medianDays, deals, medianInterval } = cycle.matured ?? cycle.won;
  const described = {
    title: say('Cycle of won deals, median days', '赢单周期中位数（天）'),
    definition: definitionOf(report, 'cycle'),
  };
  const figure = plainFigure(daysCell(medianDays, translator), deals, described, frame);
  if (medianInterval === null) return [figure];
  return [{ ...figure, interval: [daysCell(medianInterval[0], translator), daysCell(medianInterval[1], translator)] }];
}

function stateFigures(frame: Frame): MainFigure[] {
  const { report } = frame;
  const figures: MainFigure[] = [];
  const dwell = resultOf<DwellResult>(report, 'dwell');
  if (dwell?.basis === 'history') {
    const title = say('Open deals stalled', '停滞的在途单');
    figures.push(rateFigure(dwell.stalled, { title, definition: STALLED }, frame));
  }
  const completeness = resultOf<CompletenessResult>(report, 'completeness');
  if (completeness !== null) {
    const { value, filled, required } = completeness.pooled;
    const described = {
      title: say('Required fields filled', '必填字段已填'),
      definition: definitionOf(report, 'completeness'),
    };
    figures.push(rateFigure({ value, count: filled, of: required }, described, frame));
  }
  const freshness = resultOf<FreshnessResult>(report, 'freshness');
  if (freshness?.pastDue != null) {
    figures.push(
      rateFigure(
        freshness.pastDue,
        { title: say('Open deals past due', '已过预计成交日的在途单'), definition: PAST_DUE },
        frame,
      ),
    );
  }
  if (freshness?.dormant != null) {
    const text = frame.translator.text(UNTOUCHED, { days: { days: freshness.dormantAfterDays } });
    const definition = { en: text, zh: text };
    figures.push(
      rateFigure(freshness.dormant, { title: say('Open deals untouched', '久未跟进的在途单'), definition }, frame),
    );
  }
  return figures;
}

const MAIN_FIGURES = say('Main figures', '主要数字');

/** The figures that say how the pipeline stands; those that a report does not hold are left out. */
export function mainFigures(frame: Frame): MainFigure[] {
  const figures: MainFigure[] = [];
  for (const figuresOf of [funnelFigures, winFigures, cycleFigures, stateFigures]) {
    // A report of an earlier version may lack a part of one of them.
    drawInto(createSheetRows(), MAIN_FIGURES, frame, () => figures.push(...figuresOf(frame)));
  }
  return figures;
}
