import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, type Inline, paragraph, span, type Tone } from '../document.ts';
import type { PipelineChange } from './comparison.ts';
import type { DealWaterfall, Waterfall, WaterfallLine } from './waterfall.ts';

const LINES: Readonly<Record<WaterfallLine, Text>> = {
  new: say('new', '新增'),
  reopened: say('reopened', '重新打开'),
  pulledIn: say('pulled in', '提前或移入'),
  raised: say('amount raised', '金额调高'),
  lowered: say('amount lowered', '金额调低'),
  pushedOut: say('pushed out', '推迟或移出'),
  won: say('won', '赢单'),
  lost: say('lost', '输单'),
  dormant: say('put to rest', '搁置'),
  gone: say('gone from the list', '从列表消失'),
  currencyIn: say('from another currency', '由其他币种转入'),
  currencyOut: say('to another currency', '转为其他币种'),
  unmatchedIn: say('cannot be told, now', '无法对应（现在）'),
  unmatchedOut: say('cannot be told, before', '无法对应（之前）'),
};

/** A signed number with its plus. */
function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
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
    return `${deals < 0 ? '−' : '+'} ${count} ${translator.text(LINES[line])}`;
  });
  return [translator.number(start), ...steps, `= ${translator.number(end)}`].join(' ');
}

/** The open amounts in one line a currency: `¥8.2M + ¥1.1M new − ¥400k won = ¥8.9M`. */
export function pipelineLines({ deals, currencies }: PipelineChange, translator: Translator): readonly string[] {
  const count = translator.text(say('open deals: {line}', '在途单数：{line}'), { line: dealsLine(deals, translator) });
  const amounts = currencies.map(({ currency, start, lines, end }) => {
    const steps = lines.map(({ line, amount }) => {
      const size = translator.money(Math.abs(amount), currency);
      return `${amount < 0 ? '−' : '+'} ${size} ${translator.text(LINES[line])}`;
    });
    return [translator.money(start.amount, currency), ...steps, `= ${translator.money(end.amount, currency)}`].join(
      ' ',
    );
  });
  return [count, ...amounts];
}

/** One currency: each line with all deals and, beside them, those due in the running quarter. */
function currencyTable(all: Waterfall, due: Waterfall | undefined, quarter: string, translator: Translator): Block {
  const { currency } = all;
  const lines = [...new Set([...all.lines, ...(due?.lines ?? [])].map(({ line }) => line))];
  const ordered = (Object.keys(LINES) as WaterfallLine[]).filter((line) => lines.includes(line));
  const cell = (waterfall: Waterfall | undefined, line: WaterfallLine): readonly [string, string] => {
    const found = waterfall?.lines.find((each) => each.line === line);
    return found === undefined
      ? ['', '']
      : [translator.number(found.deals), moneyText(found.amount, currency, translator)];
  };
  const ends = (end: 'start' | 'end', title: Text): Inline[] =>
    [
      translator.text(title),
      translator.number(all[end].deals),
      translator.money(all[end].amount, currency),
      translator.number(due?.[end].deals ?? 0),
      translator.money(due?.[end].amount ?? 0, currency),
    ].map((text) => [span(text, 'strong')]);
  const name = currency === NO_CURRENCY ? '' : translator.value(currency);
  const column = (title: string, priority: number) => ({ title, align: 'right' as const, priority });
  return {
    type: 'table',
    columns: [
      { title: name, align: 'left', priority: 0 },
      column(translator.text(say('Deals', '单数')), 1),
      column(translator.text(say('All open', '全部在途')), 0),
      column(translator.text(say('Deals', '单数')), 3),
      column(translator.text(say('Due in {quarter}', '{quarter} 到期'), { quarter }), 2),
    ],
    rows: [
      ends('start', say('start', '期初')),
      ...ordered.map((line) => [lineName(line, translator), ...cell(all, line), ...cell(due, line)]),
      ends('end', say('end', '期末')),
    ],
  };
}

/** The waterfall of the open pipeline, for people. */
export function pipelineBlocks(pipeline: PipelineChange, translator: Translator): Block[] {
  const { deals, currencies, quarter } = pipeline;
  const dueIn = new Map(quarter.currencies.map((each) => [each.currency, each]));
  const note = say(
    'Start and lines add up to the end, to the cent. What is won or lost leaves with the amount it had at the start; deals without an amount count as nothing here.',
    '期初加各行等于期末，分毫不差。赢单、输单按期初金额转出；没有金额的单不计入金额。',
  );
  return [
    heading(2, translator.text(say('Open pipeline', '在途金额变化'))),
    paragraph(translator.text(say('Open deals: {line}', '在途单数：{line}'), { line: dealsLine(deals, translator) })),
    ...currencies.map((each) => currencyTable(each, dueIn.get(each.currency), quarter.name, translator)),
    ...(currencies.length === 0 ? [] : [paragraph([span(translator.text(note), 'muted')])]),
  ];
}
