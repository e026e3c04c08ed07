import { numberAt } from '../dataset/cells.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { addMoney, emptyMoneySum, type MoneySum, moneyTotal } from '../dataset/values/money-sum.ts';
import { formatNumber, NO_CURRENCY } from '../i18n/number-format.ts';
import { type Args, type ArgValue, say, type Text } from '../i18n/text.ts';
import type { FigureCall } from '../ruleset/expression/expression.ts';
import type { Rule } from '../ruleset/ruleset.ts';
import type { Figure } from '../stats/figure.ts';
import type { FigurePart } from './define.ts';
import { figureName } from './figure-labels.ts';
import type { Verdict } from './judge.ts';
import type { RuleFinding } from './result.ts';

/** What the finding of a figure is about: a segment, a part that `any` stands for, or neither. */
export interface JudgedFigure {
  readonly part: Pick<FigurePart, 'type' | 'id'> | null;
  readonly segment: string | null;
  readonly verdict: Verdict;
  readonly figure: Figure;
}

/** From this many on, a share of deals is told in percent. */
const PERCENT_FROM = 20;
const NO_SEGMENT: Text = say('(none)', '（空）');
const FEW: Text = say(`fewer than ${PERCENT_FROM}`, `不足 ${PERCENT_FROM} 个`);

/** A figure follows what it is of: its stage or field, which it need not name again, or a segment. */
function nameOf(rule: Rule, call: FigureCall, { part }: JudgedFigure): ArgValue {
  const { options, id } = rule;
  const source = String(typeof options === 'object' && options !== null && 'figure' in options ? options.figure : id);
  return figureName(call, source, part === null ? (rule.per === null ? null : 'segment') : 'stage');
}

function countsText(count: number, of: number): Text {
  const [part, all] = [formatNumber(count), formatNumber(of)];
  return say(`${part} of ${all}`, `${part}/${all}`);
}

function isFew({ unit, count, of }: Figure): boolean {
  return unit === 'rate' && count !== null && of < PERCENT_FROM;
}

/** A figure as the value of a slot: a rate of few deals as its counts. */
function valueArg(figure: Figure): ArgValue {
  const { value, unit, currency, count, of } = figure;
  if (value === null) return null;
  if (count !== null && isFew(figure)) return { text: countsText(count, of) };
  if (unit === 'rate') return { rate: value };
  if (unit === 'days') return { days: value };
  if (unit === 'points') return { text: pointsText(value) };
  return unit === 'money' ? { money: value, currency } : value;
}

/** `-12.3 pp`. */
function pointsText(value: number): Text {
  const points = formatNumber(Number((value * 100).toFixed(1)));
  return say(`${points} pp`, `${points} 个百分点`);
}

function baseArg(figure: Figure): ArgValue {
  if (isFew(figure)) return { text: FEW };
  const { count, of } = figure;
  return { text: count === null ? say(`n ${formatNumber(of)}`, `n ${formatNumber(of)}`) : countsText(count, of) };
}

function amountArg(rows: Int32Array, dataset: Dataset): ArgValue {
  const column = dataset.columns.get('amount');
  const sums = new Map<string, MoneySum>();
  for (const row of rows) {
    const value = numberAt(column, row);
    if (Number.isNaN(value)) continue;
    const currency = dataset.currencies[dataset.currency[row] as number] ?? NO_CURRENCY;
    const sum = sums.get(currency) ?? emptyMoneySum();
    sums.set(currency, sum);
    addMoney(sum, value);
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return sums.size === 0 ? null : { list: sorted.map(([currency, sum]) => ({ money: moneyTotal(sum), currency })) };
}

/** The stage, field or segment the figure is of; undefined where it is of all deals. */
function partArg(rule: Rule, { part, segment }: JudgedFigure): ArgValue | undefined {
  if (part !== null) return part.type === 'stage' ? { stage: part.id } : { field: part.id };
  if (rule.per === null) return undefined;
  return segment ?? { text: NO_SEGMENT };
}

function messageOf(part: ArgValue | undefined, { compared, rows }: Figure): string {
  if (compared !== undefined) return part === undefined ? 'compared' : 'part_compared';
  if (part === undefined) return 'beyond';
  return rows === undefined ? 'part' : 'at_stake';
}

/** What a figure that is beyond its threshold is reported as. */
export function figureFinding(rule: Rule, call: FigureCall, judged: JudgedFigure, dataset: Dataset): RuleFinding {
  const { part, segment, verdict, figure } = judged;
  const { compared = null, rows = null } = figure;
  const shown = compared?.figure ?? figure;
  const about = partArg(rule, judged);
  const args: Args = {
    part: about ?? null,
    figure: nameOf(rule, call, judged),
    value: valueArg(shown),
    base: baseArg(shown),
    reference: compared && valueArg(compared.reference),
    difference: compared && valueArg(figure),
    amount: rows && amountArg(rows, dataset),
    threshold: (verdict === 'fail' ? rule.fail : (rule.warn ?? rule.fail))?.source ?? '',
  };
  return {
    message: messageOf(about, figure),
    args,
    // The figure is another one every week; what is wrong is the same.
    about: [],
    field: part?.type === 'field' ? part.id : null,
    row: null,
    sheetRow: null,
    line: null,
    segment: part?.id ?? segment,
  };
}
