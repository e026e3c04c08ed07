import { type Dataset, PRESENT } from '../../dataset/dataset.ts';
import type { Figure } from '../../stats/figure.ts';
import { currencyCode } from '../amounts.ts';
import { defineMetric, type FigureContext, type FigureFunction, type MetricContext } from '../define.ts';
import { fieldArgument } from '../figures/field-figures.ts';
import { type Rate, rateFigure, rateOf } from '../rate.ts';
import { cellStates, numbersOf } from '../row-facts.ts';
import { COMPLETENESS_TITLE, completenessBlocks } from './completeness-blocks.ts';
import { type CompletenessChange, completenessChange } from './completeness-change.ts';
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

function cellsOf(parts: Parts): CompletenessResult['cells'] {
  const { dataset, required } = parts;
  return required.fields.flatMap((field, index) =>
    dataset.stages
      .map(({ id }, stage) => ({ field, stage: id, ...stageFieldRate(parts, index, stage) }))
      .filter((cell) => cell.of > 0),
  );
}

/** A value that is computed when it is first asked for. */
function later<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** All of it; what the overview does not show is computed when it is looked at. */
function resultOf(parts: Parts, details: boolean): CompletenessResult {
  const { dataset, required, counts } = parts;
  const values = later(() => fieldValues(dataset, required, counts));
  const totals = later(() => ownerTotals(dataset, counts));
  const gaps = later(() => ownerGaps(dataset, required, counts, totals(), details));
  return {
    pooled: pooled(counts),
    get dealMean() {
      return meanScore(counts);
    },
    get valueWeighted() {
      return valueWeighted(parts);
    },
    fields: required.fields.map((field, index) => ({
      field,
      ...fieldRate(required, counts, index),
      get valueWeighted() {
        return values()[index]!;
      },
    })),
    get stages() {
      return stagesOf(parts);
    },
    get cells() {
      return cellsOf(parts);
    },
    get owners() {
      return ownersOf(parts, totals());
    },
    get fillRates() {
      return [...dataset.columns.keys()].map((field) => ({ field, ...fillRate(dataset, field, null) }));
    },
    fieldsWithoutColumn: required.fieldsWithoutColumn,
    get ownerCells() {
      return gaps().ownerCells;
    },
    get toFill() {
      return gaps().toFill;
    },
    get ownersNotListed() {
      return gaps().ownersNotListed;
    },
    change: completenessChange(dataset),
  };
}

function compute({ dataset, details, isForOverview }: MetricContext): CompletenessResult {
  const required = requiredFields(dataset);
  const result = resultOf({ dataset, required, counts: countRequired(dataset, required) }, details);
  // A copy has the values themselves in the place of what computes them.
  return isForOverview ? result : { ...result, fields: result.fields.map((field) => ({ ...field })) };
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

export default defineMetric<CompletenessResult>({
  metric: 'completeness',
  title: COMPLETENESS_TITLE,
  definition: {
    en: 'Filled required fields divided by all required fields, over all deals; placeholders such as “N/A” or “tbd” are not filled.',
    zh: '已填的必填字段数 ÷ 全部必填字段数（所有单合计）；“待定”“无”等占位内容不算已填。',
  },
  formula: { en: 'filled required fields ÷ required fields', zh: '已填必填项 ÷ 必填项' },
  place: 'main',
  needsStages: true,
  compute,
  blocks: completenessBlocks,
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
