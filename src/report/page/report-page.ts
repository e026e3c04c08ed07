import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { CompletenessResult } from '../../metrics/completeness/completeness.ts';
import type { ConversionResult } from '../../metrics/conversion/conversion.ts';
import type { DwellResult } from '../../metrics/dwell/dwell.ts';
import type { StalledResult } from '../../metrics/dwell/stalled.ts';
import type { AttainmentResult } from '../../metrics/forecast/attainment.ts';
import type { ForecastResult } from '../../metrics/forecast/forecast.ts';
import type { CyclePeriodsResult } from '../../metrics/pipeline/cycle-periods.ts';
import type { FunnelResult } from '../../metrics/pipeline/funnel.ts';
import type { WinRateResult } from '../../metrics/win/win-rate.ts';
import type { WinRatePeriodsResult } from '../../metrics/win/win-rate-periods.ts';
import type { Block } from '../document.ts';
import { drawn } from '../drawn.ts';
import { resultOf } from '../metric-result.ts';
import { verdictParts } from '../overview.ts';
import type { AuditReport } from '../report.ts';
import type { ViewContext } from '../views/view.ts';
import { factsLine } from '../views/view-parts.ts';
import { exceptionBlocks, faultBlocks, figureBlocks, inputBlocks, notRunBlocks } from './appendix-sections.ts';
import { completenessBlocks } from './completeness-section.ts';
import { conversionBlocks } from './conversion-section.ts';
import { dwellBlocks } from './dwell-section.ts';
import { findingsLead } from './findings-lead.ts';
import { forecastBlocks } from './forecast-section.ts';
import { funnelBlocks } from './funnel-section.ts';
import type { Page, PageSection } from './page.ts';
import { lackBlocks } from './page-parts.ts';
import { pageReasons } from './page-reasons.ts';
import { pageScore } from './page-score.ts';
import { pageTiles } from './page-tiles.ts';
import { trendBlocks } from './trend-section.ts';
import { winRateBlocks, winRateLead } from './win-rate-section.ts';

interface Chapter {
  readonly id: string;
  readonly title: Text;
  /** Nothing leaves the chapter out. */
  readonly blocks: (report: AuditReport, context: ViewContext) => readonly Block[];
  readonly lead?: (report: AuditReport, context: ViewContext) => PageSection['lead'];
}

/** What is drawn from the result of a metric, or why there is none. */
function ofMetric<Result>(
  metric: string,
  draw: (result: Result, report: AuditReport, translator: Translator) => Block[],
) {
  return (report: AuditReport, { translator }: ViewContext): readonly Block[] => {
    const result = resultOf<Result>(report, metric);
    return result === null ? lackBlocks(report, metric, translator) : draw(result, report, translator);
  };
}

const FIGURES: readonly Chapter[] = [
  {
    id: 'funnel',
    title: say('Funnel', '销售漏斗'),
    blocks: ofMetric<FunnelResult>('funnel', (result, _, translator) => funnelBlocks(result, translator)),
  },
  {
    id: 'conversion',
    title: say('Conversion', '转化'),
    blocks: ofMetric<ConversionResult>('conversion', (result, _, translator) => conversionBlocks(result, translator)),
  },
  {
    id: 'dwell',
    title: say('Time in stage', '阶段停留时长'),
    blocks: ofMetric<DwellResult>('dwell', (result, report, translator) =>
      dwellBlocks(result, resultOf<StalledResult>(report, 'stalled'), translator),
    ),
  },
  {
    id: 'completeness',
    title: say('Completeness', '字段完整度'),
    blocks: ofMetric<CompletenessResult>('completeness', (result, _, translator) =>
      completenessBlocks(result, translator),
    ),
  },
  {
    id: 'win-rate',
    title: say('Win rate', '赢单率'),
    blocks: ofMetric<WinRatePeriodsResult>('winRatePeriods', (result, report, translator) =>
      winRateBlocks(result, resultOf<WinRateResult>(report, 'winRate')?.cohort ?? null, translator),
    ),
    lead: (report, { translator }) => {
      const winRate = resultOf<WinRateResult>(report, 'winRate');
      return winRate === null ? undefined : winRateLead(winRate, translator);
    },
  },
  {
    id: 'forecast',
    title: say('Forecast', '业绩预测'),
    blocks: ofMetric<ForecastResult>('forecast', (result, report, translator) =>
      forecastBlocks(result, resultOf<AttainmentResult>(report, 'attainment'), translator),
    ),
  },
  {
    id: 'trend',
    title: say('From period to period', '逐期趋势'),
    blocks: (report, { translator }) =>
      trendBlocks(
        resultOf<WinRatePeriodsResult>(report, 'winRatePeriods'),
        resultOf<CyclePeriodsResult>(report, 'cyclePeriods'),
        translator,
      ),
  },
];
const INPUTS: Chapter = { id: 'inputs', title: say('What was read', '读取的内容'), blocks: inputBlocks };
const NOT_RUN: Chapter = { id: 'not-run', title: say('Rules that did not run', '未运行的规则'), blocks: notRunBlocks };
const EXCEPTIONS: Chapter = { id: 'exceptions', title: say('Exceptions', '例外'), blocks: exceptionBlocks };
const FAULTS: Chapter = { id: 'faults', title: say('Faults', '内部错误'), blocks: faultBlocks };
const ALL_FIGURES: Chapter = { id: 'all-figures', title: say('All figures', '全部指标'), blocks: figureBlocks };

function leadOf({ lead, title }: Chapter, report: AuditReport, context: ViewContext): PageSection['lead'] {
  if (lead === undefined) return undefined;
  const [made] = drawn(
    title,
    () => {
      const text = lead(report, context);
      return text === undefined || text === '' ? [] : [{ type: 'paragraph', text }];
    },
    context.translator,
  );
  return made?.type === 'paragraph' ? made.text : undefined;
}

function sectionOf(chapter: Chapter, report: AuditReport, context: ViewContext): PageSection[] {
  const { id, title, blocks } = chapter;
  const made = drawn(title, () => blocks(report, context), context.translator);
  const lead = leadOf(chapter, report, context);
  if (made.length === 0 && lead === undefined) return [];
  const section = { id, title: context.translator.text(title), blocks: made };
  return [lead === undefined ? section : { ...section, lead }];
}

/** The reason why a section has nothing but one; else null. */
function onlyReason({ blocks, lead }: PageSection): string | null {
  const [first] = blocks;
  const isAlone = blocks.length === 1 && lead === undefined;
  return isAlone && first?.type === 'callout' && first.tone === 'muted' ? JSON.stringify(first.text) : null;
}

/** The sections without those that only repeat what an earlier one lacks. */
function withoutRepeats(sections: readonly PageSection[]): readonly PageSection[] {
  const told = new Set<string>();
  return sections.filter((section) => {
    const reason = onlyReason(section);
    if (reason === null || !told.has(reason)) {
      if (reason !== null) told.add(reason);
      return true;
    }
    return false;
  });
}

function hasNoDeals({ inputs }: AuditReport): boolean {
  return inputs.every(({ role, rows }) => role !== 'deals' || rows.audited === 0);
}

const TITLE: Text = say('Sales funnel audit', '销售漏斗体检');
const NO_DEALS: Text = say(
  'No deals in {file}: nothing was checked. Export the list again, or name another sheet with --sheet.',
  '{file} 中没有商机，未做任何检查。请重新导出，或用 --sheet 指定其他工作表。',
);
const NO_LIST: Text = say('No list of deals was read: nothing was checked.', '没有读取任何商机清单，未做任何检查。');

function noDealsText({ inputs }: AuditReport, translator: Translator): string {
  const list = inputs.find(({ role }) => role === 'deals');
  return list === undefined ? translator.text(NO_LIST) : translator.text(NO_DEALS, { file: list.file });
}

function verdictOf(report: AuditReport, isEmpty: boolean, translator: Translator): Page['verdict'] {
  if (isEmpty) return { tone: 'bad', text: noDealsText(report, translator), note: '' };
  const { tone, counts, gate } = verdictParts(report, translator);
  return { tone, text: counts, note: gate };
}

/** Parts that have nothing to say of deals without a stage. */
const OF_STAGES: ReadonlySet<string> = new Set(['conversion', 'dwell', 'completeness', 'win-rate', 'forecast']);

/** The parts with figures; where no deal has a known stage, the first of them says so for all. */
function figureChapters(report: AuditReport): readonly Chapter[] {
  const funnel = resultOf<FunnelResult>(report, 'funnel');
  const isStageless = funnel !== null && funnel.deals > 0 && funnel.kinds?.unknown?.deals === funnel.deals;
  return isStageless ? FIGURES.filter(({ id }) => !OF_STAGES.has(id)) : FIGURES;
}

/** A report as one page: the verdict, the score and the main figures first, then what there is to see, then all of it. */
export function reportPage(report: AuditReport, context: ViewContext): Page {
  const { translator } = context;
  const isEmpty = hasNoDeals(report);
  const chapters = [
    ...(isEmpty ? [] : figureChapters(report)),
    INPUTS,
    NOT_RUN,
    EXCEPTIONS,
    FAULTS,
    ...(isEmpty ? [] : [ALL_FIGURES]),
  ];
  return {
    title: translator.text(report.name ?? TITLE),
    subtitle: factsLine(report, translator),
    verdict: verdictOf(report, isEmpty, translator),
    reasons: pageReasons(report, translator),
    score: pageScore(report, translator),
    tiles: isEmpty ? [] : pageTiles(report, translator),
    findingsLead: findingsLead(report, translator),
    sections: withoutRepeats(chapters.flatMap((chapter) => sectionOf(chapter, report, context))),
  };
}
