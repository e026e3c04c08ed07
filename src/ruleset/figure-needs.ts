/** The latest earlier export as a need. */
const EARLIER = 'previous.*';
const MONEY: readonly (readonly string[])[] = [['stage'], ['amount']];
const DUE: readonly (readonly string[])[] = [...MONEY, ['close']];

/** What figures of the pipeline cannot do without: one of each group of fields, or the earlier export. */
export const PIPELINE_NEEDS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['velocity', [...MONEY, ['created'], ['closed', 'close']]],
  ['output_per_day', [...MONEY, ['closed', 'close']]],
  ['won_amount', [...MONEY, ['closed', 'close']]],
  ['currencies', [['amount']]],
  ['weighted', MONEY],
  ['forecast_spread', MONEY],
  ['coverage', DUE],
  ['expected_coverage', DUE],
  ['attainment', DUE],
  ['slipped', [['stage'], ['close'], [EARLIER]]],
  ['vanished', [[EARLIER]]],
  ['forecast_accuracy', [...DUE, [EARLIER]]],
  ['waterfall_gap', [...MONEY, [EARLIER]]],
  ['flow', [['stage']]],
]);
