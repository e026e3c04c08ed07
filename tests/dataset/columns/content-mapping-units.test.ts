import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../../src/dataset/columns/content-mapping.ts';
import { inHeaderUnit } from '../../../src/dataset/columns/header-scale.ts';
import { headerUnit } from '../../../src/dataset/columns/header-words.ts';
import { readColumn } from '../../../src/dataset/values/read-column.ts';
import { loadRuleset } from '../../../src/ruleset/load.ts';
import type { RawColumn } from '../../../src/source/sheet.ts';
import { sheetOf } from '../sheet-fixture.ts';
import { utf8Texts } from '../utf8-texts.ts';

describe('headerUnit', () => {
  it.each([
    ['金额（万元）', 4, '¥'],
    ['合同金额(单位：万元)', 4, '¥'],
    ['金额/万元', 4, '¥'],
    ['预计成交金额(元)', 0, '¥'],
    ['金额（千元）', 3, '¥'],
    ['金额（亿）', 8, null],
    ['Amount (k)', 3, null],
    ['Amount (K USD)', 3, 'USD'],
    ['ACV ($K)', 3, '$'],
    ['Deal Amount (USD)', 0, 'USD'],
    ['Betrag in TEUR', 3, 'EUR'],
    ['Betrag T€', 3, 'EUR'],
    ['Amount (in thousands)', 3, null],
    ['Revenue ($ million)', 6, '$'],
  ])('finds the unit of %s', (header, power, currency) => {
    expect(headerUnit(header)).toMatchObject({ power, currency });
  });

  it.each(['Amount', '金额', '预计合同金额(含税)', 'Amount (converted)', 'Close date (est.)', 'Amount t', '(', ''])(
    'finds none in %s',
    (header) => {
      expect(headerUnit(header)).toBeNull();
    },
  );

  it('takes linear time', () => {
    for (const part of ['(', ')', '(k', ' in', '/', '万', '[(']) headerUnit(part.repeat(200_000));
  });
});

function amountsOf(raw: RawColumn) {
  const column = readColumn(raw, { id: 'amount', type: 'money' }, { missing: new Set(), order: null, timezone: null });
  if ('ambiguous' in column) throw new Error('dates');
  const { numbers, currencies, reading } = inHeaderUnit(column);
  return { numbers: [...numbers], currencies, reading };
}

function amounts(header: string, cells: readonly string[]) {
  const raw = sheetOf(
    [header],
    cells.map((cell) => [cell]),
  ).columns[0]!;
  const read = amountsOf(raw);
  expect(amountsOf({ ...raw, values: utf8Texts([...raw.values]) })).toEqual(read);
  return read;
}

describe('inHeaderUnit', () => {
  it('multiplies by the unit of the header, but not cells with a unit of their own', () => {
    const { numbers, currencies, reading } = amounts('金额（万元）', [
      '12',
      '1.005',
      '12万',
      '¥3',
      '-2',
      '3.5亿',
      '待定',
      '4元',
    ]);
    expect(numbers).toEqual([120_000, 10_050, 120_000, 30_000, -20_000, 350_000_000, Number.NaN, 40_000]);
    expect(currencies).toEqual(Array(8).fill('¥'));
    expect(reading).toMatchObject({ unit: '万元' });
  });

  it('takes the currency of the header where a cell has none', () => {
    expect(amounts('Deal Amount (USD)', ['5', '€6'])).toMatchObject({ numbers: [5, 6], currencies: ['USD', 'EUR'] });
  });

  it('leaves other columns as they are', () => {
    expect(amounts('Amount', ['5k', '6'])).toEqual({ numbers: [5_000, 6], currencies: [], reading: {} });
  });
});

describe('a header that names a unit of money', () => {
  const ruleset = loadRuleset({ file: null, packs: [] });
  const fieldOf = (header: string): string | undefined => {
    const rows = Array.from({ length: 20 }, (_, row) => [`D-${row}`, String(5 + ((row * 7) % 30))]);
    return mapColumns(sheetOf(['ID', header], rows), ruleset, 0).mappings.find(({ index }) => index === 1)?.field;
  };

  it('makes small bare numbers the amount', () => {
    expect(fieldOf('钱数（万元）')).toBe('amount');
    expect(fieldOf('Summe (TEUR)')).toBe('amount');
    expect(fieldOf('钱数')).toBeUndefined();
    expect(fieldOf('加权预估（万元）')).toBeUndefined();
  });
});
