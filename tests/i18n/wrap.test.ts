import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clustersOf, displayWidth } from '../../src/i18n/width.ts';
import { singleWidthLines, wrapClusters, wrapToWidth } from '../../src/i18n/wrap.ts';

fc.configureGlobal({ seed: 20260701 });

describe('wrapToWidth', () => {
  it.each([
    ['one two three', 8, ['one two', 'three']],
    ['fits', 10, ['fits']],
    ['', 10, ['']],
    ['unbreakable', 5, ['unbre', 'akabl', 'e']],
    ['与客户确认新日期', 6, ['与客户', '确认新', '日期']],
    ['与客户，确认', 6, ['与客', '户，确', '认']],
    ['金额（元）', 6, ['金额', '（元）']],
    ['涉及 ¥820万', 10, ['涉及', '¥820万']],
    ['deal 商机 list', 7, ['deal 商', '机 list']],
    ['left · right', 7, ['left ·', 'right']],
    ['a     b', 3, ['a', 'b']],
  ])('%j at %i columns', (text, width, lines) => {
    expect(wrapToWidth(text, width)).toEqual(lines);
  });

  it('breaks within a name only where it is longer than a line', () => {
    const name = clustersOf('商机数据').map((cluster) => ({ ...cluster, name: 1 }));
    const lines = (width: number) =>
      wrapClusters([...clustersOf('工作表 '), ...name], width).map((line) => line.map(({ text }) => text).join(''));
    expect(lines(12)).toEqual(['工作表', '商机数据']);
    expect(lines(6)).toEqual(['工作表', '商机数', '据']);
  });

  it('never exceeds the width and loses nothing but spaces', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '，', '（', '）', '北', '京', '5', '·', '%', '🚀', 'é');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapToWidth(text, width);
        for (const line of lines) expect(displayWidth(line.trimEnd())).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
      { numRuns: 500 },
    );
  });
});

describe('singleWidthLines', () => {
  it('break where those of clusters do', () => {
    const unit = fc.constantFrom('a', 'b', '5', ' ', ' ', ' ', '·', '(', ',', 'é', '→', '\u00a0');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 60 }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = singleWidthLines(text, width).map(([from, to]) => text.slice(from, to));
        expect(lines).toEqual(wrapToWidth(text, width));
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a text of none is none', () => {
    expect(singleWidthLines('', 5)).toEqual([]);
  });
});
