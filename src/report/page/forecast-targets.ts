import { NO_CURRENCY } from '../../i18n/number-format.ts';
import { say, type Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AttainedTarget } from '../../metrics/forecast/attainment-counts.ts';
import type { ForecastResult } from '../../metrics/forecast/forecast.ts';

/** What is to be sold. */
const SOLD = 'won_amount';
const TARGET: Text = say('target {amount}', '目标 {amount}');
const OTHER_TARGETS: Text = say('Targets of other periods or parts: {list}.', '其他时段或归属的目标：{list}。');
const OTHER_TARGET: Text = say('{target} by {until}', '{until} 前 {target}');

/** The target that the forecast of a period is for: everybody's, of the same last day and currency. */
export function targetOf(
  targets: readonly AttainedTarget[],
  result: ForecastResult,
  currency: string,
): AttainedTarget | null {
  if (result.scope !== 'due') return null;
  const found = targets.find(
    (target) =>
      target.metric === SOLD &&
      target.bound === 'atLeast' &&
      Object.keys(target.of).length === 0 &&
      target.from === result.period.from &&
      target.until === result.period.until &&
      (target.currency === null ? result.currencies.length === 1 : target.currency === currency),
  );
  return found ?? null;
}

/** `target $450k` */
export function targetText({ target, currency }: AttainedTarget, ownCurrency: string, translator: Translator): string {
  return translator.text(TARGET, { amount: translator.money(target, currency ?? ownCurrency) });
}

/** Targets of what is to be sold that no chart has a line for. */
export function otherTargets(
  result: ForecastResult,
  targets: readonly AttainedTarget[],
  translator: Translator,
): string[] {
  const drawn = new Set(result.currencies.map(({ currency }) => targetOf(targets, result, currency)));
  const [only] = result.currencies;
  const own = result.currencies.length === 1 ? (only?.currency ?? NO_CURRENCY) : NO_CURRENCY;
  const others = targets.filter(
    (each) => each.metric === SOLD && Object.keys(each.of).length === 0 && !drawn.has(each),
  );
  const list = others.map((each) =>
    translator.text(OTHER_TARGET, { target: targetText(each, own, translator), until: { date: each.until } }),
  );
  return list.length === 0 ? [] : [translator.text(OTHER_TARGETS, { list: { list } })];
}
