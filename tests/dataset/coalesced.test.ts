import { describe, expect, it } from 'vitest';
import { coalesced } from '../../src/dataset/coalesced.ts';
import { NO_CELL } from '../../src/source/sheet.ts';
import { sheetOf } from './sheet-fixture.ts';

describe('coalesced', () => {
  const { columns } = sheetOf(
    ['Won time', 'Lost time'],
    [
      ['2026-01-01', ''],
      ['', '2026-02-02'],
      ['-', '2026-03-03'],
      ['', 'N/A'],
      ['2026-01-01', '2026-04-04'],
    ],
  );

  it('takes of each row the first cell that is filled', () => {
    const { header, codes, values } = coalesced(columns, new Set());
    expect(header).toBe('Won time');
    expect([...codes].map((code) => (code === NO_CELL ? null : values.at(code)))).toEqual([
      '2026-01-01',
      '2026-02-02',
      '2026-03-03',
      null,
      '2026-01-01',
    ]);
  });

  it('leaves one column as it is', () => {
    expect(coalesced(columns.slice(0, 1), new Set())).toBe(columns[0]);
  });
});
