import { expect, it } from 'vitest';
import { startNumberTexts } from '../../../src/source/workbook/cell-text.ts';
import { startFormattedNumbers } from '../../../src/source/workbook/formatted-numbers.ts';
import { textOfNumber } from '../../../src/source/workbook/text-store.ts';

const STYLES = 1000;
const MEGABYTE = 2 ** 20;
/** Every other style shows dates, each by an object of its own. */
const formats = {
  of: (style: number) => (style < STYLES ? { date: style % 2 === 0, time: false, percent: style % 2 === 1 } : null),
};

it('takes no more memory for a thousand styles that show the same', () => {
  const before = process.memoryUsage().arrayBuffers;
  const numbers = startFormattedNumbers('deals.xlsx', formats, startNumberTexts(false));
  const bytes = Buffer.from('45000');
  const texts = Array.from({ length: STYLES }, (_, style) =>
    textOfNumber(numbers.texts, numbers.numberOf(bytes, 0, bytes.length, style)),
  );
  expect(new Set(texts)).toEqual(new Set(['2023-03-15', '4500000%']));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * MEGABYTE);
  expect(numbers.numberOf(bytes, 0, bytes.length, STYLES)).toBe(-1);
});
