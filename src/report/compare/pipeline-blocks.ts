import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type Tone } from '../document.ts';
import type { PipelineChange } from './comparison.ts';
import { signed } from './headline-blocks.ts';
import type { DealWaterfall, Waterfall, WaterfallLine } from './waterfall.ts';

/** In the words of the pipeline bridge, which stands in the report of the later day. */
const LINES: Readonly<Record<WaterfallLine, Text>> = {
  new: say('New', '新增'),
  reopened: say('Reopened', '重新打开'),
  pulledIn: say('Pulled in', '提前到本季'),
  rolledIn: say('Moved in from an earlier date or none', '由更早或无日期移入本季'),
  raised: say('Raised', '金额调高'),
  lowered: say('Lowered', '金额调低'),
  pushedOut: say('Pushed out', '推迟出本季'),
  movedOut: say('Moved out to an earlier date or none', '移到更早或清空日期'),
  won: say('Won', '赢单'),
  lost: say('Lost', '输单'),
  dormant: say('Laid to rest', '搁置'),
  gone: say('Gone from the list', '从清单中消失'),
  relabelled: say('Currency named or dropped', '币种补填或清空'),
  currencyIn: say('From another currency', '由其他币种转入'),
  currencyOut: say('To another currency', '转为其他币种'),
  unmatchedIn: say('Unexplained, now', '无法解释（现在）'),
  unmatchedOut: say('Unexplained, before', '无法解释（之前）'),
};

/** The name of a line within a sum. */
function nameWithin(line: WaterfallLine, translator: Translator): string {
  const name = translator.text(LINES[line]);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function moneyText(amount: number, currency: string, translator: Translator): string {
  return signed(amount, translator.money(amount, currency));
}

const TONES: Partial<Record<WaterfallLine, Tone>> = { won: 'good', lost: 'bad', gone: 'warn', pushedOut: 'warn' };

function lineName(line: WaterfallLine, translator: Translator): Inline {
  const text = translator.text(LINES[line]);
  const tone = TONES[line];
  return tone === undefined ? text : [span(text, tone)];
}

/** `120 + 14 new − 6 won − 2 gone = 126` */
function dealsLine({ start, lines, end }: DealWaterfall, translator: Translator): string {
  const steps = lines.map(({ line, deals }) => {
    const count = translator.number(Math.abs(deals));
    return `${deals < 0 ? '−' : '+'} ${count} ${nameWithin(line, translator)}`;
  });
  return [translator.number(start), ...steps, `= ${translator.number(end)}`].join(' ');
}

/** The open amounts in one line a currency: `¥8.2M + ¥1.1M new − ¥400k won = ¥8.9M`. */
export function pipelineLines({ deals, currencies }: PipelineChange, translator: Translator): readonly string[] {
  const count = translator.text(say('open deals: {line}', '在途单数：{line}'), { line: dealsLine(deals, translator) });
  const amounts = currencies.map(({ currency, start, lines, end }) => {
    const steps = lines.map(({ line, amount }) => {
      const size = translator.money(Math.abs(amount), currency);
      return `${amount < 0 ? '−' : '+'} ${size} ${nameWithin(line, translator)}`;
    });
    return [translator.money(start.amount, currency), ...steps, `= ${translator.money(end.amount, currency)}`].join(
      ' ',
    );
  });
  return [count, ...amounts];
}

/** Days of the two reports, ISO. */
interface Days {
  readonly start: string;
  readonly end: string;
}

/** One currency: each line with all deals and, beside them, those due in the running quarter. */
function currencyTable(
  all: Waterfall,
  due: Waterfall | undefined,
  { quarter, days }: { readonly quarter: string; readonly days: Days },
  translator: Translator,
): Block {
  const { currency } = all;
  const lines = [...new Set([...all.lines, ...(due?.lines ?? [])].map(({ line }) => line))];
  const ordered = (Object.keys(LINES) as WaterfallLine[]).filter((line) => lines.includes(line));
  const cell = (waterfall: Waterfall | undefined, line: WaterfallLine): readonly [string, string] => {
    const found = waterfall?.lines.find((each) => each.line === line);
    return found === undefined
      ? ['–', '–']
      : [moneyText(found.amount, currency, translator), translator.number(found.deals)];
  };
  const ends = (end: 'start' | 'end'): Inline[] =>
    [
      translator.text(say('On {date}', '{date}'), { date: { date: days[end] } }),
      translator.money(all[end].amount, currency),
      translator.number(all[end].deals),
      translator.money(due?.[end].amount ?? 0, currency),
      translator.number(due?.[end].deals ?? 0),
    ].map((text) => [span(text, 'strong')]);
  const name = currency === NO_CURRENCY ? '' : translator.value(currency);
  const column = (title: string, priority: number) => ({ title, align: 'right' as const, priority });
  return {
    type: 'table',
    columns: [
      { title: name, align: 'left', priority: 0, wrapTo: 24 },
      column(translator.text(say('All open', '全部在途')), 0),
      column(translator.text(say('Deals with amount', '有金额的单')), 1),
      column(translator.text(say('Due in {quarter}', '{quarter} 内到期'), { quarter }), 0),
      column(translator.text(say('Deals due with amount', '到期且有金额的单')), 2),
    ],
    rows: [
      ends('start'),
      ...ordered.map((line) => [lineName(line, translator), ...cell(all, line), ...cell(due, line)]),
      ends('end'),
    ],
  };
}

const NOTE = say(
  'The lines lead from the amount at the top to the one at the bottom, to the cent. What is won or lost leaves with the amount it had before; deals without an amount are in the number of open deals alone.',
  '期初加各行等于期末，分毫不差。赢单、输单按期初金额转出；没有金额的单只计入在途单数。',
);

/** The waterfall of the open pipeline, for people. */
export function pipelineBlocks(pipeline: PipelineChange, days: Days, translator: Translator): Block[] {
  const { deals, currencies, quarter } = pipeline;
  const dueIn = new Map(quarter.currencies.map((each) => [each.currency, each]));
  const about = { quarter: quarter.name, days };
  return [
    heading(2, translator.text(say('Open pipeline', '在途金额变化'))),
    paragraph(translator.text(say('Open deals: {line}', '在途单数：{line}'), { line: dealsLine(deals, translator) })),
    ...currencies.map((each) => currencyTable(each, dueIn.get(each.currency), about, translator)),
    ...(currencies.length === 0 ? [] : [paragraph([span(translator.text(NOTE), 'muted')])]),
  ];
}
