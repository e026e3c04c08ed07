import { describe, expect, it } from 'vitest';
import { ERROR_TEXTS } from '../../src/error-texts.ts';
import { NOTICE_CODES, noticeText } from '../../src/report/notice-texts.ts';

const slots = (template: string): readonly string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe.each(Object.entries(ERROR_TEXTS))('%s', (_, { text, hint }) => {
  it('says the same in both languages', () => {
    expect(slots(text.zh)).toEqual(slots(text.en));
    expect(new Set(slots(hint.zh))).toEqual(new Set(slots(hint.en)));
  });

  it('is one line without a full stop, and a hint that says what to do', () => {
    for (const line of [text.en, text.zh]) expect(line).not.toMatch(/\n|[.。]$/);
    expect(hint.en).not.toBe('');
    expect(hint.zh).not.toBe(hint.en);
  });
});

it.each(NOTICE_CODES)('the notice %s says the same in both languages', (code) => {
  const { en, zh } = noticeText(code);
  expect(slots(zh)).toEqual(slots(en));
});
