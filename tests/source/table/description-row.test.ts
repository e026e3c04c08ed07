import { describe, expect, it } from 'vitest';
import { isDescriptionRow } from '../../../src/source/table/description-row.ts';

const DESCRIPTIONS = [
  '（必填）',
  '此项选填',
  '最多输入 20 字',
  '1. 字段类型：文本',
  '请从下拉框中选择',
  '格式：2026-01-01',
  'Required',
  'optional, at most one',
  'Mandatory',
  'Text of up to 20 characters',
  'Numeric, max 10',
  'Digits, at most 3',
  'Characters (limit 20)',
  'Decimal, up to 2 places',
  'Up to 20 characters',
  'Maximum 3 digits',
  'At most 5 letters',
  'Format: A-1',
  'Example: Acme',
  'e.g.a value',
  'One of: A, B',
  'Must be a value of the list',
  'Picklist value: A',
  'Choose from the list',
  'Select one value',
  'Enter the amount',
  'the date as yyyy-mm-dd',
  '(MM/DD/YYYY)',
  'String',
  'Integer',
  'currency',
  'Money',
  'Date/time',
  'Boolean',
  'Dropdown',
  'Lookup',
  'Email',
  'Phone',
  '日期',
  '单行文本，最长 20',
];

describe('isDescriptionRow', () => {
  it.each([...DESCRIPTIONS, ...DESCRIPTIONS.map((text) => ` \u3000${text.toUpperCase()}`)])('knows %j', (text) => {
    expect(isDescriptionRow([text, ''])).toBe(true);
    expect(isDescriptionRow([text, '', text, '5'])).toBe(true);
    expect(isDescriptionRow([text, '5', '6'])).toBe(false);
  });

  it.each(['0060001', '2026-01-01', 'Acme', 'Datentechnik', 'Required Software Ltd', '华东', '1,000.00'])(
    'takes %j for none',
    (text) => {
      expect(isDescriptionRow([text])).toBe(false);
    },
  );
});
