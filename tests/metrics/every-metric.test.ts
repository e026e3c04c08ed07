import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import type { Metric } from '../../src/metrics/define.ts';
import { METRICS } from '../../src/metrics/index.ts';
import type { Block } from '../../src/report/document.ts';
import { contextOf, datasetOf, MICRO12_STAGES, micro12, micro12Snapshot } from './dataset-fixture.ts';

const DATASETS: Readonly<Record<string, Dataset>> = {
  'with history': micro12(),
  'as a snapshot': micro12Snapshot(),
  'without deals': datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: 'id,stage,amount,created,closed,close,activity,stage_entered,owner',
    history: 'id,stage,at',
  }),
  'without stages': datasetOf({
    asOf: '2024-04-01',
    stages: [],
    deals: 'id,stage\nA,x',
    history: 'id,stage,at\nA,x,2024-01-01',
  }),
  'with ages alone': datasetOf({
    asOf: '2024-04-01',
    stages: MICRO12_STAGES,
    deals: 'id,stage,stage_entered\nA,Lead,2024-03-01\nB,Lead,',
  }),
};
const TRANSLATORS = (['en', 'zh'] as const).map((lang) => createTranslator(lang, { fields: {}, stages: {} }));

/** Everything people could see, and whether the shapes fit. */
function textOf(blocks: readonly Block[]): string {
  for (const block of blocks) {
    if (block.type !== 'table') continue;
    for (const row of block.rows) expect(row.length).toBe(block.columns.length);
  }
  return JSON.stringify(blocks);
}

/** As an audit has it: nothing is computed where the metric says what is missing. */
function resultOf(metric: Metric, dataset: Dataset): unknown {
  const context = contextOf(dataset, { by: ['owner'], details: true });
  return (metric.missing?.(context) ?? null) === null ? metric.compute(context) : null;
}

describe.each(METRICS.map((metric) => [metric.metric, metric] as const))('%s', (_, metric) => {
  it.each(Object.entries(DATASETS))('is plain JSON %s', (_name, dataset) => {
    const result = resultOf(metric, dataset);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it.each(Object.entries(DATASETS))('can be read by people %s', (_name, dataset) => {
    const result = JSON.parse(JSON.stringify(resultOf(metric, dataset)));
    if (result === null) return;
    for (const translator of TRANSLATORS) {
      const blocks = metric.blocks(result, translator);
      expect(blocks[0]?.type).toBe('heading');
      expect(textOf(blocks)).not.toMatch(/NaN|undefined|Infinity|\{\w+\}/);
    }
  });

  it.each(Object.entries(DATASETS))('gives the score parts that fit %s', (_name, dataset) => {
    const result = resultOf(metric, dataset);
    if (result === null) return;
    for (const part of metric.score?.(result) ?? []) {
      expect(part.value === null || (Number.isFinite(part.value) && part.value >= 0)).toBe(true);
    }
  });
});
