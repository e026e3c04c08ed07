import { describe, expect, it } from 'vitest';
import { type Column, MISSING, PRESENT, UNREADABLE } from '../../../src/dataset/dataset.ts';
import { readColumn } from '../../../src/dataset/values/read-column.ts';
import type { FieldType } from '../../../src/ruleset/ruleset.ts';
import type { RawColumn } from '../../../src/source/sheet.ts';

const SETTINGS = { missing: new Set<string>(), order: null, timezone: null } as const;

function raw(values: string[], codes: number[] = values.map((_, code) => code)): RawColumn {
  return { header: 'Header', position: 3, codes: Int32Array.from(codes), values };
}

function column(type: FieldType, source: RawColumn): Column {
  const read = readColumn(source, { id: 'field', type, confidence: 0.9 }, SETTINGS);
  if ('ambiguous' in read) throw new Error('ambiguous');
  return read;
}

describe('readColumn', () => {
  it('carries header, position and confidence over', () => {
    expect(column('number', raw(['1']))).toMatchObject({
      field: 'field',
      type: 'number',
      header: 'Header',
      position: 3,
      confidence: 0.9,
      texts: ['1'],
    });
  });

  it('trims the texts of a text column and joins those that become equal', () => {
    const source = raw(['Acme', ' Acme\u00a0', 'Beta', '\ufeffBeta', 'N/A'], [0, 1, 2, 3, 4, 1]);
    const read = column('text', source);
    expect(read.texts).toEqual(['Acme', 'Beta', 'N/A']);
    expect([...read.codes]).toEqual([0, 0, 1, 1, 2, 0]);
    expect([...read.state]).toEqual([PRESENT, PRESENT, MISSING]);
    expect(read.numbers).toHaveLength(0);
    expect([...source.codes]).toEqual([0, 1, 2, 3, 4, 1]);
  });

  it.each<FieldType>(['text', 'number', 'money', 'percent', 'date', 'boolean'])(
    'gives rows without the cell a missing %s',
    (type) => {
      const read = column(type, raw(['1'], [0, -1, -1]));
      expect([...read.codes]).toEqual([0, 1, 1]);
      expect(read.texts).toEqual(['1', '']);
      expect(read.state[1]).toBe(MISSING);
      expect(read.numbers[1] ?? Number.NaN).toBeNaN();
    },
  );

  it('uses the empty text that is there already', () => {
    const read = column('text', raw(['a', ''], [0, 1, -1]));
    expect([...read.codes]).toEqual([0, 1, 1]);
    expect(read.texts).toEqual(['a', '']);
  });

  it('reads money with its currencies', () => {
    const read = column('money', raw(['¥1,200.50', 'USD 5', '7', 'lots']));
    expect([...read.numbers]).toEqual([1200.5, 5, 7, Number.NaN]);
    expect(read.currencies).toEqual(['¥', 'USD', null, null]);
    expect([...read.state]).toEqual([PRESENT, PRESENT, PRESENT, UNREADABLE]);
    expect(read.reading).toEqual({ decimal: '.' });
  });

  it('reads percents and says how', () => {
    expect(column('percent', raw(['60', '5'])).reading).toEqual({ percent: '0–100' });
  });

  it('reads booleans', () => {
    const read = column('boolean', raw(['TRUE', 'No', '是', '否', 'Y', '0', '√', '×', 'maybe', '-']));
    expect([...read.numbers]).toEqual([1, 0, 1, 0, 1, 0, 1, 0, Number.NaN, Number.NaN]);
    expect([...read.state].slice(8)).toEqual([UNREADABLE, MISSING]);
  });

  it('reads dates and says in which order', () => {
    const read = column('date', raw(['3/5/2026', '26/5/2026 10:00']));
    expect([...read.numbers]).toEqual([20_576, 20_599]);
    expect(read.millis?.[1]).toBe(20_599 * 86_400_000 + 36_000_000);
    expect(read.reading).toEqual({ dates: 'DMY' });
  });

  it('hands back a date column that cannot be decided, with an example', () => {
    const source = raw(['2026-01-01', '3/5/2026']);
    expect(readColumn(source, { id: 'close', type: 'date' }, SETTINGS)).toEqual({
      ambiguous: { example: '3/5/2026', code: 1 },
    });
    expect(readColumn(source, { id: 'close', type: 'date' }, { ...SETTINGS, order: 'MDY' })).toMatchObject({
      reading: { dates: 'MDY' },
    });
  });

  it('takes the words of the rules file for missing', () => {
    const read = readColumn(
      raw(['9999', '5']),
      { id: 'n', type: 'number' },
      { ...SETTINGS, missing: new Set(['9999']) },
    );
    expect('state' in read && [...read.state]).toEqual([MISSING, PRESENT]);
  });
});
