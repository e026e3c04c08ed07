import type { Chart } from '../../../src/report/chart.ts';
import type { Block, TableBlock } from '../../../src/report/document.ts';
import type { Page } from '../../../src/report/page/page.ts';

const table: TableBlock = {
  type: 'table',
  columns: [
    { title: 'Stage', align: 'left', priority: 0 },
    { title: 'Deals', align: 'right', priority: 0, note: 'open ones' },
  ],
  rows: [
    ['Qualify', '12'],
    [['Propose ', { text: 'late', tone: 'warn' }], '3'],
  ],
  caption: 'Deals by stage',
};

/** One chart of each type, each with what is easily forgotten: no value, the same label twice, one row alone. */
export function chartsOf(label: string): Record<Chart['type'], Chart> {
  return {
    funnel: {
      type: 'funnel',
      rows: [
        { label, value: 40, text: '40 deals' },
        { label, value: 0, text: '0 deals' },
      ],
    },
    intervals: {
      type: 'intervals',
      unit: 'rate',
      rows: [
        { label, value: 0.4, low: 0.3, high: 0.55, text: '40 of 100', tone: 'good' },
        { label, value: null, low: 0.2, high: 0.9, text: '20–90%' },
        { label, value: null, low: null, high: null, text: 'n/a', tone: 'muted' },
      ],
      reference: { value: 0.5, label: `target ${label}` },
    },
    quantiles: {
      type: 'quantiles',
      unit: 'days',
      rows: [
        { label, p25: 3, median: 7, p75: 12, p90: 30, openDays: [1, 5, 5, 400], limitDays: 14, text: 'median 7 days' },
        { label, p25: null, median: null, p75: null, p90: null, openDays: [], text: 'n/a' },
      ],
    },
    heat: {
      type: 'heat',
      columns: [label, 'Negotiation/Review', 'All'],
      isHighGood: true,
      rows: [
        {
          label,
          cells: [
            { value: 1, text: '100%', title: '10 of 10' },
            { value: 0.2, text: '20%', title: '2 of 10' },
            { value: null, text: '–', title: 'nothing to measure' },
          ],
        },
      ],
    },
    control: {
      type: 'control',
      unit: 'rate',
      points: [
        { label: '2026-01', value: 0.2, low: 0.1, high: 0.4, isOutside: false, text: '20%' },
        { label: '2026-02', value: null, low: null, high: null, isOutside: false, text: 'n/a' },
        { label: '2026-03', value: 0.7, low: 0.1, high: 0.4, isOutside: true, text: `70% ${label}` },
      ],
      centre: { value: 0.25, label: `mean ${label}` },
    },
    series: {
      type: 'series',
      unit: 'count',
      periods: ['2026-01', '2026-02'],
      series: [
        { label, values: [3, 4] },
        { label: 'Lost', values: [1, null], tone: 'bad' },
      ],
      isLastPartial: true,
    },
  };
}

function chartBlocks(label: string): Block[] {
  return Object.values(chartsOf(label)).map((chart) => ({
    type: 'chart',
    title: `${chart.type} ${label}`,
    description: `What there is to see of ${label}`,
    chart,
    table,
    caption: label,
  }));
}

/** A page with every kind of block, its texts made of one word. */
export function fakePage(word: string): Page {
  return {
    title: `Audit ${word}`,
    subtitle: `as of 2026-07-01 · ${word}`,
    verdict: { tone: 'bad', text: `1 failing ${word}`, note: `gate ${word}` },
    reasons: {
      rules: [
        { rule: 'date/close-past-due', tone: 'bad', title: word, facts: [word, '$5'], advice: word },
        { rule: 'no/findings', tone: 'warn', title: 'Fresh', facts: [], advice: '' },
      ],
      more: `… 3 more ${word}`,
    },
    score: {
      value: 71.2,
      text: 'Health 71 of 100',
      coverage: '86% measured',
      parts: [
        { title: `Filled ${word}`, value: '93%', points: 44, weight: 0.5, note: word },
        { title: 'Steady', value: 'not measured', points: null, weight: 0.5, note: '' },
      ],
    },
    tiles: [{ label: `Win rate ${word}`, value: '24.0%', detail: word, tone: 'good' }],
    findingsLead: `31 findings ${word}`,
    sections: [
      {
        id: 'funnel',
        title: `Funnel ${word}`,
        lead: [word, { text: word, tone: 'strong' }],
        blocks: [
          { type: 'heading', level: 3, text: word },
          { type: 'heading', level: 1, text: word },
          { type: 'heading', level: 3, text: word },
          { type: 'paragraph', text: word, indent: 1 },
          { type: 'list', items: [word, [{ text: word, tone: 'muted' }]] },
          { type: 'callout', tone: 'warn', text: word },
          {
            type: 'bars',
            rows: [
              { label: word, value: 0.4, low: 0.2, high: 0.6, text: word, tone: 'bad' },
              { label: 'none', value: null, text: 'n/a' },
            ],
            max: 1,
            caption: word,
          },
          { ...table, caption: word, rows: [[word, word]] },
          { ...table, header: false },
          ...chartBlocks(word),
        ],
      },
      { id: 'all-figures', title: `All ${word}`, blocks: [{ type: 'heading', level: 2, text: word }, table] },
    ],
  };
}
