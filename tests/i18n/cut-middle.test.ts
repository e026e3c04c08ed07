import { expect, it } from 'vitest';
import { cutMiddle } from '../../src/i18n/cut-middle.ts';
import { displayWidth } from '../../src/i18n/width.ts';

it('keeps both ends of a text, so that names of a common beginning differ', () => {
  expect(cutMiddle('Alexandra Example Montgomery-Smith', 11)).toBe('Alexa…Smith');
  expect(cutMiddle('Alexandra Example Montgomery-Jones', 11)).toBe('Alexa…Jones');
  expect(cutMiddle('华东大区销售一部张三', 11)).toBe('华东…部张三');
});

it.each(['', 'ab', '张三', 'Ann Example'])('leaves %j alone where it fits', (text) => {
  expect(cutMiddle(text, 11)).toBe(text);
});

it.each([1, 2, 3, 4, 5, 8, 13])('is never wider than %d columns', (width) => {
  for (const text of ['Alexandra Example', '华东大区销售一部张三', '👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻']) {
    expect(displayWidth(cutMiddle(text, width))).toBeLessThanOrEqual(width);
  }
});
