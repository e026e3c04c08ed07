import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { amountsText, MOST_CURRENCIES, namedCurrency } from '../../metrics/amounts.ts';
import type { FunnelResult, FunnelStage } from '../../metrics/pipeline/funnel.ts';
import type { FunnelRow } from '../chart.ts';
import { type Block, callout, paragraph, type TableBlock } from '../document.ts';
import { chartBlock, describedRows, figureTable, greatest } from './page-parts.ts';

const MOST_AT: Text = say('{stage} has the most open deals: {share}', '“{stage}”的在途单最多：{share}');
const NO_OPEN: Text = say('No open deals in any stage', '各阶段都没有在途单');
const DEALS: Text = say('{deals} deals', '{deals} 单');
const ONE_DEAL: Text = say('1 deal', '1 单');
const WORTH: Text = say('{deals} · {amount}', '{deals} · {amount}');
const LEAD: Text = say('Open deals by the stage they are in now', '各阶段现有的在途单');
const NO_STAGE: Text = say(
  'No deal has a known stage, so there is no funnel to draw. Add the stage to the export, or name its column under fields: in the rules file.',
  '没有一单的阶段是已知的，无法绘制漏斗。请在导出中加上阶段列，或在规则文件的 fields: 下写明该列的表头。',
);
const SUMMARY: Text = say(
  '{deals}: {open} open, {won} won, {lost} lost, {dormant} dormant, {unknown} with no known stage.',
  '共 {deals}：在途 {open}，赢单 {won}，输单 {lost}，休眠 {dormant}，阶段不明 {unknown}。',
);
const COLUMNS = {
  stage: say('Stage', '阶段'),
  deals: say('Deals now', '现有单数'),
  share: say('Of open deals', '占在途单'),
  withAmount: say('With an amount', '有金额'),
  amount: say('Amount', '金额'),
  unnamed: say('Amount without a currency', '金额（无币种）'),
} as const;

function dealsText(deals: number, translator: Translator): string {
  return deals === 1 ? translator.text(ONE_DEAL) : translator.text(DEALS, { deals });
}

function rowOf({ stage, deals, amounts }: FunnelStage, translator: Translator): FunnelRow {
  const amount = amountsText(amounts, translator);
  const count = dealsText(deals, translator);
  return {
    label: translator.stage(stage),
    value: deals,
    text: amount === '' ? count : translator.text(WORTH, { deals: count, amount }),
    amounts: Object.entries(amounts).map(([currency, value]) => ({
      currency,
      value,
      text: translator.money(value, currency),
    })),
  };
}

/** The currencies of the open deals, in order of their codes. */
function currenciesOf(stages: readonly FunnelStage[]): readonly string[] {
  return [...new Set(stages.flatMap(({ amounts }) => Object.keys(amounts)))].sort();
}

function tableOf(stages: readonly FunnelStage[], open: number, translator: Translator): TableBlock {
  const currencies = currenciesOf(stages);
  const isEach = currencies.length > 1 && currencies.length <= MOST_CURRENCIES;
  const amountTitle = (currency: string): Text => {
    const name = namedCurrency({ currency });
    return name === null ? COLUMNS.unnamed : say(`Amount ${name}`, `金额 ${name}`);
  };
  const amountCells = ({ amounts }: FunnelStage): string[] => {
    if (currencies.length === 0) return [];
    if (!isEach) return [amountsText(amounts, translator) || '–'];
    return currencies.map((currency) => {
      const amount = amounts[currency];
      return amount === undefined ? '–' : translator.money(amount, currency);
    });
  };
  const amountTitles = currencies.length === 0 ? [] : isEach ? currencies.map(amountTitle) : [COLUMNS.amount];
  return figureTable(
    [COLUMNS.stage, COLUMNS.deals, COLUMNS.share, COLUMNS.withAmount, ...amountTitles],
    stages.map((stage) => [
      translator.stage(stage.stage),
      translator.number(stage.deals),
      open === 0 ? '–' : translator.percent(stage.deals / open, 0),
      translator.number(stage.dealsWithAmount),
      ...amountCells(stage),
    ]),
    translator,
  );
}

/** The open stages with the deals that are in them now. */
export function funnelBlocks(result: FunnelResult, translator: Translator): Block[] {
  const { kinds, deals } = result;
  const stages = result.stages.filter(({ kind }) => kind === 'open');
  const counts = { open: kinds.open.deals, won: kinds.won.deals, lost: kinds.lost.deals };
  const others = { dormant: kinds.dormant.deals, unknown: kinds.unknown.deals };
  const summary = translator.text(SUMMARY, { deals: dealsText(deals, translator), ...counts, ...others });
  if (deals > 0 && others.unknown === deals) return [callout('warn', translator.text(NO_STAGE))];
  if (stages.length === 0) return [paragraph(summary)];
  const open = stages.reduce((sum, stage) => sum + stage.deals, 0);
  const rows = stages.map((stage) => rowOf(stage, translator));
  const top = greatest(stages, (stage) => (stage.deals > 0 ? stage.deals : null));
  const title =
    top === null
      ? translator.text(open === 0 ? NO_OPEN : LEAD)
      : translator.text(MOST_AT, { stage: { stage: top.stage }, share: translator.share(top.deals, open) });
  return [
    chartBlock({
      title,
      description: describedRows(translator.text(LEAD), rows, translator),
      chart: { type: 'funnel', rows },
      table: tableOf(stages, open, translator),
      caption: summary,
    }),
  ];
}
