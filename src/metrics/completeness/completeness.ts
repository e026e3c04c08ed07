import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import type { Text } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type Block, heading, paragraph, type TableBlock } from '../../report/document.ts';
import type { Figure } from '../../stats/figure.ts';
import { currencyCode } from '../amounts.ts';
import { defineMetric, type FigureContext, type FigureFunction, type MetricContext } from '../define.ts';
import { fieldArgument } from '../figures/field-figures.ts';
import { type Rate, rateFigure, rateOf, shareOf } from '../rate.ts';
import { cellStates, numbersOf } from '../row-facts.ts';
import { type CompletenessChange, changeText, completenessChange } from './completeness-change.ts';
import {
  type CompletenessCounts,
  countFields,
  countRequired,
  countSelected,
  type Filled,
  fieldRate,
  filledOf,
  meanScore,
  pooled,
  weightedScores,
} from './completeness-counts.ts';
import { type OwnerGaps, type OwnerTotals, ownerGaps, ownerTotals } from './completeness-owners.ts';
import { fieldValues, groupValues, type ValueShare } from './completeness-values.ts';
import { type RequiredFields, requiredFields } from './required-fields.ts';

export interface CompletenessResult extends OwnerGaps {
  /** Filled of required fields over all deals: the headline. */
  readonly pooled: Filled;
  /** Mean of the scores of the deals. */
  readonly dealMean: { readonly value: number | null; readonly deals: number };
  /** The same, weighted by amount, one entry a currency. */
  readonly valueWeighted: readonly {
    readonly currency: string;
    readonly value: number | null;
    readonly deals: number;
  }[];
  /** Over the deals that must have the field; the amount is not weighted by itself. */
  readonly fields: readonly (Rate & { readonly field: string; readonly valueWeighted: readonly ValueShare[] })[];
  readonly stages: readonly (Filled & { readonly stage: string; readonly deals: number })[];
  /** Field by stage, where some deal of the stage must have the field. */
  readonly cells: readonly (Rate & { readonly field: string; readonly stage: string })[];
  /** `owner` is null for deals without one. */
  readonly owners: readonly (Filled & {
    readonly owner: string | null;
    readonly deals: number;
    /** Of all fields but the amount. */
    readonly valueWeighted: readonly ValueShare[];
  })[];
  /** Share of all deals that have the field filled, required or not. */
  readonly fillRates: readonly (Rate & { readonly field: string })[];
  readonly fieldsWithoutColumn: readonly string[];
  /** Against the latest of the earlier exports; null where there is none to compare with. */
  readonly change: CompletenessChange | null;
}

interface Parts {
  readonly dataset: Dataset;
  readonly required: RequiredFields;
  readonly counts: CompletenessCounts;
}

function stageFieldRate({ dataset, required, counts }: Parts, field: number, stage: number): Rate {
  const perStage = required.profiles.length / dataset.stages.length;
  return fieldRate(required, counts, field, stage * perStage, (stage + 1) * perStage);
}

/** All deals of each stage, by what they must have and have: the stage is in their profile. */
function stagesOf({ dataset, required, counts }: Parts): CompletenessResult['stages'] {
  const perStage = required.profiles.length / dataset.stages.length;
  const { deals, filledWeight, requiredWeight, patterns } = counts;
  return dataset.stages.map(({ id }, stage) => {
    const own = patterns.profiles.flatMap((profile, pattern) =>
      Math.floor(profile / perStage) === stage ? [pattern] : [],
    );
    const total = (weights: Float64Array): number =>
      own.reduce((sum, pattern) => sum + deals[pattern]! * weights[pattern]!, 0);
    const count = own.reduce((sum, pattern) => sum + deals[pattern]!, 0);
    return { stage: id, deals: count, ...filledOf(total(filledWeight), total(requiredWeight)) };
  });
}

function ownersOf({ dataset, required, counts }: Parts, totals: OwnerTotals | null): CompletenessResult['owners'] {
  if (totals === null) return [];
  const { column, ownerOf, deals, filled, required: asked } = totals;
  const nobody = column.texts.length;
  const values = groupValues(dataset, required, counts, ownerOf, nobody + 1);
  const groups = Array.from(deals, (count, code) => ({
    owner: code === nobody ? null : column.texts.at(code)!,
    deals: count,
    ...filledOf(filled[code]!, asked[code]!),
    valueWeighted: values[code]!,
  }));
  return groups
    .filter((group) => group.deals > 0)
    .toSorted((a, b) => {
      if (a.owner === null || b.owner === null) return Number(a.owner === null) - Number(b.owner === null);
      return a.owner < b.owner ? -1 : 1;
    });
}

function valueWeighted({ dataset, counts }: Parts): CompletenessResult['valueWeighted'] {
  if (!dataset.columns.has('amount')) return [];
  const results = weightedScores(counts, numbersOf(dataset, 'amount'), dataset.currency, dataset.currencies.length);
  return results
    .map((result, slot) => ({ currency: currencyCode(dataset, slot - 1), ...result }))
    .filter((result) => result.deals > 0)
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

function fillRate(dataset: Dataset, field: string, select: Uint8Array | null): Rate {
  const column = dataset.columns.get(field);
  if (column === undefined) return rateOf(0, 0);
  if (select === null) return rateOf(cellStates(column)[PRESENT]!, dataset.rowCount);
  const { codes, state } = column;
  let filled = 0;
  let of = 0;
  for (let row = 0; row < dataset.rowCount; row += 1) {
    if (select[row] !== 1) continue;
    of += 1;
    if (state[codes[row]!] === PRESENT) filled += 1;
  }
  return rateOf(filled, of);
}

function compute({ dataset, details }: MetricContext): CompletenessResult {
  const required = requiredFields(dataset);
  const counts = countRequired(dataset, required);
  const parts: Parts = { dataset, required, counts };
  const values = fieldValues(dataset, required, counts);
  const totals = ownerTotals(dataset, counts);
  return {
    pooled: pooled(counts),
    dealMean: meanScore(counts),
    valueWeighted: valueWeighted(parts),
    fields: required.fields.map((field, index) => ({
      field,
      ...fieldRate(required, counts, index),
      valueWeighted: values[index]!,
    })),
    stages: stagesOf(parts),
    cells: required.fields.flatMap((field, index) =>
      dataset.stages
        .map(({ id }, stage) => ({ field, stage: id, ...stageFieldRate(parts, index, stage) }))
        .filter((cell) => cell.of > 0),
    ),
    owners: ownersOf(parts, totals),
    fillRates: [...dataset.columns.keys()].map((field) => ({ field, ...fillRate(dataset, field, null) })),
    fieldsWithoutColumn: required.fieldsWithoutColumn,
    ...ownerGaps(dataset, required, counts, totals, details),
    change: completenessChange(dataset),
  };
}

/** Of one field over the deals that must have it (over all deals where no stage asks for it), or of all fields. */
const completenessFigure: FigureFunction = ([argument], { dataset, select }: FigureContext): Figure => {
  const field = fieldArgument(argument);
  const required = requiredFields(dataset);
  const only = field === null ? -1 : required.fields.indexOf(field);
  if (field !== null && only < 0) return rateFigure(fillRate(dataset, field, select), 'snapshot');
  const counts = countSelected(required, countRequired(dataset, required), select);
  const { filled, required: of } = countFields(required, counts, only);
  return rateFigure(rateOf(filled, of), 'snapshot');
};

const TITLE: Text = { en: 'Completeness', zh: '字段完整度' };
const SUMMARY: Text = {
  en: '{filled} of {required} required fields are filled ({rate})',
  zh: '必填字段共 {required} 项，已填 {filled} 项（{rate}）',
};
const NOTHING_REQUIRED: Text = { en: 'No field is required of these deals.', zh: '这些单没有必填字段。' };
const FIELD: Text = { en: 'Field', zh: '字段' };
const FILLED: Text = { en: 'Filled where required', zh: '应填单中已填' };
const NO_COLUMN: Text = { en: 'Required, but not in this file: {fields}', zh: '要求填写但文件中没有的字段：{fields}' };

function fieldTable(result: CompletenessResult, translator: Translator): TableBlock {
  const worstFirst = result.fields
    .filter((field) => field.of > 0)
    .toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0) || (a.field < b.field ? -1 : 1));
  return {
    type: 'table',
    columns: [
      { title: translator.text(FIELD), align: 'left', priority: 0 },
      { title: translator.text(FILLED), align: 'right', priority: 0 },
    ],
    rows: worstFirst.map((field) => [translator.field(field.field), shareOf(field, translator)]),
  };
}

function blocks(result: CompletenessResult, translator: Translator): Block[] {
  const { filled, required, value } = result.pooled;
  const summary =
    value === null
      ? translator.text(NOTHING_REQUIRED)
      : translator.text(SUMMARY, { filled, required, rate: { rate: value } });
  const missing = result.fieldsWithoutColumn.map((field) => ({ field }));
  return [
    heading(2, translator.text(TITLE)),
    paragraph(summary),
    ...(result.change === null ? [] : [paragraph(changeText(result.change, translator))]),
    ...(value === null ? [] : [fieldTable(result, translator)]),
    ...(missing.length === 0
      ? []
      : [paragraph([{ text: translator.text(NO_COLUMN, { fields: { list: missing } }), tone: 'muted' as const }])]),
  ];
}

export default defineMetric<CompletenessResult>({
  metric: 'completeness',
  title: TITLE,
  definition: {
    en: 'Filled required fields divided by all required fields, over all deals; placeholders such as “N/A” or “tbd” are not filled.',
    zh: '已填的必填字段数 ÷ 全部必填字段数（所有单合计）；“待定”“无”等占位内容不算已填。',
  },
  formula: { en: 'filled required fields ÷ required fields', zh: '已填必填项 ÷ 必填项' },
  place: 'main',
  needsStages: true,
  compute,
  blocks,
  score: (result) => [
    {
      part: 'completeness',
      title: { en: 'Required fields filled', zh: '必填字段完整度' },
      value: result?.pooled.value ?? null,
      floor: 0.5,
      target: 0.95,
      weight: 25,
    },
  ],
  figures: { completeness: completenessFigure },
});
