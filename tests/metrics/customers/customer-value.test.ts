import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/dataset/dataset.ts';
import acquisitionCost, { type AcquisitionCostResult } from '../../../src/metrics/customers/acquisition-cost.ts';
import customerValue, { type CustomerValueResult } from '../../../src/metrics/customers/customer-value.ts';
import type { Parameters } from '../../../src/ruleset/ruleset.ts';
import { contextOf, datasetOf, dayOf, MICRO12_STAGES } from '../dataset-fixture.ts';

const DEALS = datasetOf({
  asOf: '2024-01-01',
  stages: MICRO12_STAGES,
  currency: 'USD',
  deals: [
    'id,stage,account,amount,closed',
    // Two years as a customer with three deals; half a year, which counts as one, with one.
    '1,Won,Acme,100,2022-01-01',
    '2,Won,Acme,200,2022-06-01',
    '3,Won,Acme,300,2023-06-01',
    '4,Won,Bell,400,2023-07-01',
    '5,Lost,Core,900,2023-07-01',
  ].join('\n'),
});

function withParameters(parameters: Partial<Parameters>): Dataset {
  const { ruleset } = DEALS;
  return { ...DEALS, ruleset: { ...ruleset, parameters: { ...ruleset.parameters, ...parameters } } };
}

describe('the value of a customer', () => {
  it('is average × frequency × lifetime × margin', () => {
    const dataset = withParameters({ customerLifetimeDays: 730, margin: 0.4 });
    const result = customerValue.compute(contextOf(dataset)) as CustomerValueResult;
    // 250 a deal, 4 deals in 2 + 1 years, two years, 40 %.
    expect(result).toMatchObject({ customers: 2, wonDeals: 4, averageAmount: 250, customerYears: 3, leftOut: 0 });
    expect(result.value).toBeCloseTo(250 * (4 / 3) * 2 * 0.4, 9);
    expect(result.top[0]).toEqual({
      account: 'Acme',
      wonDeals: 3,
      wonAmount: 600,
      averageAmount: 200,
      ordersPerYear: 1.5,
    });
  });

  it('is revenue where no margin is known', () => {
    const result = customerValue.compute(
      contextOf(withParameters({ customerLifetimeDays: 365 })),
    ) as CustomerValueResult;
    expect(result.margin).toBeNull();
    expect(result.value).toBeCloseTo(250 * (4 / 3), 9);
  });

  it('needs the lifetime', () => {
    expect(customerValue.missing?.(contextOf(DEALS))?.en).toBe('needs the parameter customer_lifetime');
  });
});

describe('the cost of a new customer', () => {
  it('counts customers first won in the period', () => {
    const dataset = withParameters({
      acquisitionCost: 5000,
      costFromDay: dayOf('2022-06-01'),
      costUntilDay: dayOf('2023-07-01'),
    });
    const result = acquisitionCost.compute(contextOf(dataset, { details: true })) as AcquisitionCostResult;
    // Acme bought in the period too, but not for the first time.
    expect(result).toMatchObject({ newCustomers: 1, costPerCustomer: 5000, undated: 0, dealKeys: ['4'] });
  });

  it('has no cost of nobody', () => {
    const days = { costFromDay: dayOf('2020-01-01'), costUntilDay: dayOf('2020-12-31') };
    const dataset = withParameters({ acquisitionCost: 5000, ...days });
    const result = acquisitionCost.compute(contextOf(dataset)) as AcquisitionCostResult;
    expect(result).toMatchObject({ newCustomers: 0, costPerCustomer: null });
  });

  it('names the parameter that is missing', () => {
    const wordsOf = (dataset: Dataset) => acquisitionCost.missing?.(contextOf(dataset))?.en;
    expect(wordsOf(DEALS)).toBe('needs the parameter acquisition_cost');
    expect(wordsOf(withParameters({ acquisitionCost: 1 }))).toBe('needs the parameter cost_from');
    expect(wordsOf(withParameters({ acquisitionCost: 1, costFromDay: 1 }))).toBe('needs the parameter cost_until');
  });
});
