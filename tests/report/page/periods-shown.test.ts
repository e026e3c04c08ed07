import { expect, it } from 'vitest';
import { periodsUpTo } from '../../../src/report/page/periods-shown.ts';

it('has the periods between, in which nothing happened', () => {
  expect(periodsUpTo(['2024-02', '2023-11'], 'month')).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
  expect(periodsUpTo(['2023-Q4', '2024-Q2'], 'quarter')).toEqual(['2023-Q4', '2024-Q1', '2024-Q2']);
  expect(periodsUpTo(['2022', '2024'], 'year')).toEqual(['2022', '2023', '2024']);
  expect(periodsUpTo(['2024-01-01', '2024-01-15'], 'week')).toEqual(['2024-01-01', '2024-01-08', '2024-01-15']);
});

it('has the latest 36 of more', () => {
  const periods = periodsUpTo(['1970-01', '2024-12'], 'month');
  expect(periods).toHaveLength(36);
  expect([periods[0], periods.at(-1)]).toEqual(['2022-01', '2024-12']);
});

it('takes names as they are that name no period', () => {
  expect(periodsUpTo([], 'month')).toEqual([]);
  expect(periodsUpTo(['soon', '2024-13', 'soon'], 'month')).toEqual(['2024-13', 'soon']);
});
