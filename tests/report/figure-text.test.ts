import { expect, it } from 'vitest';
import { createTranslator } from '../../src/i18n/translator.ts';
import { thresholdText } from '../../src/report/figure-text.ts';
import { parseThreshold } from '../../src/ruleset/threshold.ts';

it.each([
  ['> 7d', '超过 7 天'],
  ['> 5%', '超过 5%'],
  ['>= 2w', '达到 2 周'],
  ['< -5 pp', '低于 -5 个百分点'],
  ['<= 0%', '不超过 0%'],
  ['> 25 rows', '超过 25 行'],
  ['< 0.3', '低于 0.3'],
  ['outside 90%..110%', '超出 90% 至 110%'],
])('the threshold %s reads %s', (source, words) => {
  expect(parseThreshold(source)).not.toBeNull();
  expect(thresholdText(source, createTranslator('zh', { fields: {}, stages: {} }))).toBe(words);
  expect(thresholdText(source, createTranslator('en', { fields: {}, stages: {} }))).toBe(source);
});
