import { say } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import { amountsText } from '../metrics/amounts.ts';
import type { ConversionResult } from '../metrics/conversion/conversion.ts';
import type { DwellResult } from '../metrics/dwell/dwell.ts';
import { reliabilityBlocks } from '../metrics/dwell/dwell-reliability-blocks.ts';
import type { FunnelResult } from '../metrics/pipeline/funnel.ts';
import { type Block, heading, type Inline, span, type TableColumn } from './document.ts';
import { keyFigures } from './key-figures.ts';
import { resultOf } from './metric-result.ts';
import type { AuditReport } from './report.ts';

/** The results that the table draws on; each is null when its metric could not be computed. */
interface Results {
  readonly funnel: FunnelResult | null;
  readonly conversion: ConversionResult | null;
  readonly dwell: DwellResult | null;
}

function resultsOf(report: AuditReport): Results {
  const of = <Result>(name: string): Result | null => resultOf(report, name);
  return { funnel: of('funnel'), conversion: of('conversion'), dwell: of('dwell') };
}

const BAR_CELLS = 16;
/** Below this number of deals there is no percentage. */
const PERCENT_FROM = 5;
const FEW_DEALS = say('{n} deals', '{n} 单');
const ONE_DEAL = say('{n} deal', '{n} 单');
const RATE_OF = say('{rate} (n {n})', '{rate}（n {n}）');
const BOUNDS = say('{low} to {high} (n {n})', '{low} 至 {high}（n {n}）');

/** A bar of the funnel: at least a sliver for a stage that holds a deal. */
function bar(value: number, greatest: number): string {
  if (value === 0 || greatest === 0) return '';
  return '█'.repeat(Math.max(1, Math.round((value / greatest) * BAR_CELLS)));
}

function goesOnText(stage: string, conversion: ConversionResult | null, translator: Translator): string {
  if (conversion === null) return '';
  if (conversion.basis === 'snapshot') {
    const found = conversion.stages.find((each) => each.stage === stage);
    if (found === undefined || found.stepLow === null || found.stepHigh === null) return translator.value(null);
    if (found.reachedHigh < PERCENT_FROM) {
      return translator.text(found.reachedHigh === 1 ? ONE_DEAL : FEW_DEALS, { n: found.reachedHigh });
    }
    return translator.text(BOUNDS, {
      low: translator.percent(found.stepLow, 0),
      high: translator.percent(found.stepHigh, 0),
      n: found.reachedHigh,
    });
  }
  const found = conversion.stages.find((each) => each.stage === stage);
  if (found === undefined) return '';
  if (found.headline === 'matured' && found.matured !== null && found.matured.value !== null) {
    return translator.text(RATE_OF, { rate: translator.percent(found.matured.value, 0), n: found.matured.of });
  }
  if (found.estimated === null) return translator.value(null);
  if (found.estimated.of < PERCENT_FROM) return translator.share(found.toDate.count, found.toDate.of);
  return translator.text(RATE_OF, { rate: `≈${translator.percent(found.estimated.value, 0)}`, n: found.estimated.of });
}

function medianText(stage: string, dwell: DwellResult | null, translator: Translator): string {
  if (dwell === null || dwell.basis === 'snapshot') return '';
  const found = dwell.stages.find((each) => each.stage === stage);
  return found === undefined ? '' : translator.days(found.medianDays);
}

function stalledText(stage: string, dwell: DwellResult | null, translator: Translator): Inline {
  if (dwell === null || dwell.basis === 'snapshot') return '';
  const found = dwell.stages.find((each) => each.stage === stage);
  if (found === undefined || found.thresholdDays === null) return '';
  const { count, of } = found.stalled;
  const text = translator.text(say('{count} of {of}', '{count}/{of}'), { count, of });
  return count === 0 ? [span(text, 'muted')] : text;
}

const STAY = {
  visit: {
    'calendar days': say('Median stay', '停留中位数'),
    'working days': say('Median stay, working days', '停留中位数（工作日）'),
  },
  'stage-total': {
    'calendar days': say('Median stay in total', '累计停留中位数'),
    'working days': say('Median stay in total, working days', '累计停留中位数（工作日）'),
  },
} as const;

function stayColumn(dwell: DwellResult | null, translator: Translator): TableColumn {
  // Reports saved by the first version say neither.
  const { per = 'visit', unit = 'calendar days' } = dwell ?? {};
  return { title: translator.text(STAY[per][unit]), align: 'right', priority: 1 };
}

const PLACED = say(
  '{n} deals stand where the change log has them; rules go by the list.',
  '{n} 单按变更记录中的阶段计入；规则按清单中的阶段判断。',
);
const PLACED_ONE = say(
  '{n} deal stands where the change log has it; rules go by the list.',
  '{n} 单按变更记录中的阶段计入；规则按清单中的阶段判断。',
);
const SINCE_FIRST_EXPORT = say(
  'Nobody knows when {visits} of {of} stays began, before the first export ({since}): take rates and days for a hint.',
  '{of} 次停留中有 {visits} 次在首份导出（{since}）前已开始，起始日不明：转化率与天数仅供参考。',
);

/** What has to be known of the table to read it right. */
function cautions({ funnel, conversion, dwell }: Results, translator: Translator): string[] {
  const placed = funnel?.placedByHistory ?? 0;
  const starts =
    (conversion?.basis === 'history' ? conversion.startUnknown : null) ??
    (dwell?.basis === 'history' ? dwell.startUnknown : null);
  return [
    ...(placed > 0 ? [translator.text(placed === 1 ? PLACED_ONE : PLACED, { n: placed })] : []),
    ...(starts == null
      ? []
      : [
          translator.text(SINCE_FIRST_EXPORT, {
            visits: starts.visits,
            of: starts.of,
            since: { date: starts.since },
          }),
        ]),
  ];
}

function tableOf(results: Results, translator: Translator): Block[] {
  const { funnel, conversion, dwell } = results;
  if (funnel === null) return [];
  const open = funnel.stages.filter(({ kind }) => kind === 'open');
  const greatest = Math.max(0, ...open.map(({ deals }) => deals));
  const column = (en: string, zh: string, align: 'left' | 'right', priority: number): TableColumn => ({
    title: translator.text(say(en, zh)),
    align,
    priority,
  });
  const columns = [
    column('Funnel', '销售漏斗', 'left', 0),
    column('', '', 'left', 4),
    column('Now', '现有', 'right', 0),
    column('Amount', '金额', 'right', 2),
    conversion?.basis === 'snapshot'
      ? column('Goes on (bounds)', '转化率（上下界）', 'right', 1)
      : column('Goes on', '转化率', 'right', 1),
    stayColumn(dwell, translator),
    column('Stalled', '停滞', 'right', 3),
  ];
  const rows = open.map(({ stage, deals, amounts }): Inline[] => [
    translator.stage(stage),
    [span(bar(deals, greatest), 'good')],
    translator.number(deals),
    amountsText(amounts, translator),
    goesOnText(stage, conversion, translator),
    medianText(stage, dwell, translator),
    stalledText(stage, dwell, translator),
  ]);
  const caption = cautions(results, translator).join(translator.lang === 'en' ? ' ' : '');
  const used = columns.map((_, index) => index < 3 || rows.some((row) => row[index] !== ''));
  return [
    {
      type: 'table',
      columns: columns.filter((_, index) => used[index]),
      rows: rows.map((row) => row.filter((_, index) => used[index])),
      ...(caption === '' ? {} : { caption }),
    },
  ];
}

/** The funnel on one screen: each open stage with its deals, conversion and dwell, then the key figures. */
export function glanceBlocks(report: AuditReport, translator: Translator): Block[] {
  const results = resultsOf(report);
  const table = tableOf(results, translator);
  const figures = keyFigures(report, translator);
  const reliability = results.dwell?.basis === 'history' ? (results.dwell.reliability ?? null) : null;
  return [
    ...reliabilityBlocks(reliability, translator),
    ...table,
    ...(figures.length === 0 ? [] : [{ type: 'list', items: figures } as const]),
  ];
}

/** The heading over what the metrics say in full. */
export function detailHeading(translator: Translator): Block {
  return heading(1, translator.text(say('In detail', '详细指标')));
}
