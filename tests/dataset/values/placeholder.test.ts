import { describe, expect, it } from 'vitest';
import { isMissing, normaliseForMissing, trimText } from '../../../src/dataset/values/placeholder.ts';

const NONE: ReadonlySet<string> = new Set();

describe('isMissing', () => {
  it.each([
    ...['', ' ', '\t\r\n', '\u00a0', '\u3000', '\u200b', '\ufeff \u200d', '-', '--', '—', '——', '－', '/', '?', '？'],
    ...['N/A', 'n/a', 'NA', '#N/A', 'n.a.', 'NULL', 'None', 'nil', '--None--', '(No value)', 'Select', 'Select...'],
    ...['Select…', 'Unknown', 'TBD', 'tba', 'ＴＢＤ', '无', '暂无', '待定', '未知', '空', '未填写', '待补充', ' 待定 '],
    ...['000000000000000AAA', '000000000000000', '（空）'],
  ])('%j is missing', (text) => {
    expect(isMissing(text, NONE)).toBe(true);
  });

  it.each(['0', '0.00', 'test', 'xxx', '1900-01-01', 'Nana', 'no', '无锡', '2', 'None of these', '000000'])(
    '%j is a value',
    (text) => {
      expect(isMissing(text, NONE)).toBe(false);
    },
  );

  it('adds the words of the rules file, also those that start with a digit', () => {
    const extra = new Set(['９９９９', ' Keine Angabe '].map(normaliseForMissing));
    expect(isMissing('9999', extra)).toBe(true);
    expect(isMissing('keine angabe', extra)).toBe(true);
    expect(isMissing('99990', extra)).toBe(false);
    expect(isMissing('N/A', extra)).toBe(true);
  });
});

describe('trimText', () => {
  it.each([
    ['\u00a0Acme \u200b', 'Acme'],
    ['\ufeffAcme', 'Acme'],
    ['\u200b \u3000Acme', 'Acme'],
    ['a\u200db', 'a\u200db'],
    ['Acme', 'Acme'],
    ['\u200b', ''],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(trimText(text)).toBe(expected);
  });
});
