import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import type { Chart } from '../../../src/report/chart.ts';
import { niceTicks, ticksFor } from '../../../src/reporters/html/charts/scale.ts';
import { figureMarkup } from '../../../src/reporters/html/figure.ts';
import { createScene } from '../../../src/reporters/html/scene.ts';
import { chartsOf } from './fake-page.ts';

const CHARTS = chartsOf('Qualify');
const TYPES = Object.keys(CHARTS) as Chart['type'][];

function figure(chart: Chart): string {
  const scene = createScene(createTranslator('en', { fields: {}, stages: {} }));
  const table = { type: 'table', columns: [], rows: [] } as const;
  return figureMarkup({ type: 'chart', title: 'What', description: 'Why', chart, table }, scene).markup;
}

/** The drawing for wide windows of a chart. */
function wide(chart: Chart): string {
  const markup = figure(chart);
  return /<svg class="plot wide"[\s\S]*?<\/svg>/.exec(markup)?.[0] ?? '';
}

function count(text: string, part: string | RegExp): number {
  return text.split(part).length - 1;
}

describe('every chart', () => {
  it.each(TYPES)('%s has a name and a description, and is drawn with few digits and no styles', (type) => {
    const svg = wide(CHARTS[type]);
    expect(svg).toMatch(
      /^<svg class="plot wide"[^>]* role="img" aria-labelledby="i2t i2d"><title id="i2t">What<\/title><desc id="i2d">Why<\/desc>/,
    );
    expect(svg).not.toMatch(/\d\.\d{3}/);
    expect(svg).not.toMatch(/style|NaN|undefined|Infinity/);
    expect(svg).toContain('Qualify');
  });
});

describe('a funnel', () => {
  it('has bars as long as there are deals, also of stages of the same name', () => {
    const row = (value: number) => ({ label: 'Same', value, text: `${value} deals` });
    const svg = wide({ type: 'funnel', rows: [row(40), row(10)] });
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(4, 2);
    expect(count(svg, '>Same<')).toBe(2);
  });
});

describe('intervals', () => {
  it('have a dot where there is a value, a line where there are bounds, and neither where nothing is known', () => {
    const svg = wide(CHARTS.intervals);
    expect(count(svg, '<circle')).toBe(1);
    expect(svg).toContain('fill="var(--good)"');
    expect(count(svg, /<line [^>]*stroke="var\(--(?:good|accent)\)"/)).toBe(2);
    expect(svg).toContain('target Qualify');
  });
});

describe('quantiles', () => {
  it('share a dot among deals of an age and mark those beyond the axis by another shape', () => {
    const row = { label: 'A', p25: 3, median: 7, p75: 12, p90: 30, text: '' };
    const openDays = [...Array.from({ length: 5000 }, (_, index) => 1 + (index % 20)), 4000];
    const svg = wide({ type: 'quantiles', unit: 'days', rows: [{ ...row, openDays }] });
    expect(count(svg, '<circle')).toBe(20);
    // 250 deals a dot: as big as there is room for.
    expect(count(svg, 'r="6"')).toBe(20);
    expect(count(svg, 'rotate(90)')).toBe(1);
    expect(count(svg, '<rect')).toBe(1);
  });
});

describe('how to read stays', () => {
  const row = { label: 'A', p25: null, median: null, p75: null, p90: null, openDays: [3, 9], text: '' };
  const legend = (more: Partial<typeof row | { p25: number; median: number; p75: number; p90: number }>) => {
    const markup = figure({ type: 'quantiles', unit: 'days', rows: [{ ...row, ...more }] });
    return ['Box:', 'Thick line:', 'Line:', 'A bigger dot:', 'Triangle:'].filter((word) => markup.includes(word));
  };

  it('tells of nothing that is not drawn', () => {
    expect(legend({})).toEqual([]);
    expect(legend({ openDays: [3, 3, 9] })).toEqual(['A bigger dot:']);
    expect(legend({ p25: 1, median: 2, p75: 3, p90: 4 })).toEqual(['Box:', 'Line:']);
    expect(legend({ openDays: [...Array.from({ length: 20 }, (_, day) => day), 400] })).toEqual(['Triangle:']);
  });
});

describe('a heat map', () => {
  it('writes the figure in each cell and leaves blank what cannot be measured', () => {
    const svg = wide(CHARTS.heat);
    expect(svg).toContain('fill="var(--heat-0)"');
    expect(svg).toContain('fill="var(--heat-4)"');
    expect(count(svg, 'stroke-dasharray="3 3"')).toBe(1);
    for (const text of ['>100%<', '>20%<', '>–<']) expect(svg).toContain(text);
    expect(svg).toContain('<title>2 of 10</title>');
  });

  it('is strongest where a high value is bad, if it is', () => {
    const cell = { value: 0.9, text: '90%', title: '' };
    const svg = wide({ type: 'heat', columns: ['A'], rows: [{ label: 'B', cells: [cell] }], isHighGood: false });
    expect(svg).toContain('var(--heat-4)');
  });
});

describe('a control chart', () => {
  it('tells a period outside of the limits by its shape too', () => {
    const svg = wide(CHARTS.control);
    expect(count(svg, '<circle')).toBe(1);
    expect(svg).toMatch(/<g fill="var\(--bad\)"[^>]*><path/);
  });
});

describe('series', () => {
  it('have a name, a dash and a point of their own, and a hollow point where the period is not over', () => {
    const svg = wide(CHARTS.series);
    expect(svg).toContain('stroke-dasharray="6 3"');
    expect(svg).toContain('>Lost<');
    expect(count(svg, 'fill="var(--page)"')).toBeGreaterThan(0);
  });
});

describe('ticks', () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 130, 6, [0, 25, 50, 75, 100, 125, 150]],
    [-3, 7, 4, [-5, -2.5, 0, 2.5, 5, 7.5]],
  ] as const)('from %d to %d, about %d of them', (low, high, about, ticks) => {
    expect(niceTicks(low, high, about)).toEqual(ticks);
  });

  it('of rates end at 100 %, of nothing at one', () => {
    expect(ticksFor([0.97, null], 'rate', 5).at(-1)).toBe(1);
    expect(ticksFor([null, Number.POSITIVE_INFINITY], 'count', 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });
});
