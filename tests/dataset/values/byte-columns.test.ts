import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/dataset/dataset.ts';
import { type AmbiguousDates, type ColumnSettings, readColumn } from '../../../src/dataset/values/read-column.ts';
import type { FieldType } from '../../../src/ruleset/ruleset.ts';
import type { RawColumn } from '../../../src/source/sheet.ts';
import { utf8Texts } from '../utf8-texts.ts';

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
const two = fc.integer({ min: 0, max: 61 }).map((value) => String(value).padStart(2, '0'));
const sign = fc.constantFrom('', '', '', '-', '+', '−', '(');
const plainNumber = fc
  .tuple(sign, digits(0, 17), fc.constantFrom('', '', '.', ',', '..'), digits(0, 4))
  .map((parts) => parts.join(''));
const marked = fc
  .tuple(fc.constantFrom('', '$', '¥', 'USD ', '€'), plainNumber, fc.constantFrom('', '%', ' EUR', '万', 'k', '%%'))
  .map((parts) => parts.join(''));
const date = fc
  .tuple(
    digits(4, 4),
    two,
    two,
    fc.constantFrom('-', '/', '.'),
    fc.constantFrom('', ' ', 'T', '  ', 't'),
    two,
    two,
    two,
  )
  .chain(([year, month, day, mark, gap, hour, minute, second]) => {
    const iso = `${year}${mark}${month}${mark}${day}`;
    const time = `${gap}${hour}:${minute}`;
    const shapes = [iso, `${iso}${time}`, `${iso}${time}:${second}`, `${iso}${time}:${second}.250Z`];
    return fc.constantFrom(...shapes, `${day}${mark}${month}${mark}${year}`, `${iso}+`, `${year}${month}${day}`);
  });
const fixed = fc.constantFrom(
  ...[
    '',
    ' ',
    '-',
    'N/A',
    'TBD',
    '待定',
    '0000-00-00',
    '1900-01-01',
    '2026-02-30',
    '1.234',
    '0.001',
    '-0',
    '-.5',
    '.5',
  ],
  ...[
    '5.',
    '999999999999999',
    '9999999999999999',
    '0.1e3',
    '１２３',
    '2026年5月1日',
    '3/5/2026',
    '26/02/2018',
    '45000',
  ],
  ...['yes', '否', '是', ' Acme', 'Acme', 'Acme\u00a0', '\ufeffBeta', 'Beta', '无锡 ', 'café', 'x\u200b', '1\u0301'],
);
const anything = fc.string({ unit: 'binary', maxLength: 12 });
const TEXT: Record<FieldType, fc.Arbitrary<string>> = {
  text: fc.oneof(fixed, anything),
  number: fc.oneof(plainNumber, plainNumber, marked, fixed, anything),
  money: fc.oneof(plainNumber, marked, fixed),
  percent: fc.oneof(plainNumber, marked, fixed),
  boolean: fixed,
  date: fc.oneof(date, date, date, fixed, anything),
};

const settings: fc.Arbitrary<ColumnSettings> = fc.record({
  missing: fc.constantFrom(new Set<string>(), new Set(['9999', 'acme'])),
  answers: fc.constantFrom(new Set<string>(), new Set(['', '-', 'n/a'])),
  order: fc.constantFrom(null, null, 'DMY' as const, 'MDY' as const),
  timezone: fc.constantFrom(null, 'Asia/Shanghai'),
});

function plain(read: Column | AmbiguousDates): unknown {
  return 'ambiguous' in read ? read : { ...read, texts: [...read.texts] };
}

describe.each(Object.entries(TEXT) as [FieldType, fc.Arbitrary<string>][])('a column of %s', (type, text) => {
  const column = fc.uniqueArray(text, { minLength: 1, maxLength: 12 }).chain((values) =>
    fc.record({
      values: fc.constant(values),
      codes: fc.array(fc.integer({ min: -1, max: values.length - 1 }), { minLength: 1, maxLength: 20 }),
    }),
  );
  it('reads the same by bytes as by strings', () => {
    fc.assert(
      fc.property(column, settings, ({ values, codes }, reading) => {
        const raw: RawColumn = { header: 'Header', position: 0, codes: Int32Array.from(codes), values };
        const byStrings = readColumn(raw, { id: 'field', type }, reading);
        const byBytes = readColumn({ ...raw, values: utf8Texts(values) }, { id: 'field', type }, reading);
        expect(plain(byBytes)).toEqual(plain(byStrings));
      }),
      { numRuns: 1000 },
    );
  });
});
