import { buildDataset } from '../dataset/build.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Ruleset } from '../ruleset/ruleset.ts';
import type { Draft, DraftAnswers, DraftRequest, RequiredDrafts, StagesDraft } from './draft.ts';
import { draftStages } from './draft-stages.ts';
import { draftFields, knownColumns, unmappedHeaders, withColumns } from './field-drafts.ts';
import { amountRuleRuns, draftRequired } from './required-drafts.ts';
import { draftSource } from './source-draft.ts';
import { rebuilt, understand } from './understand.ts';

/** Fields by which a funnel is most often compared. */
const SEGMENTS = ['owner', 'source', 'region'];

function requiredOf(dataset: Dataset, { list }: StagesDraft, { rules, stages }: Ruleset): RequiredDrafts {
  // Without a list of its own the file leaves to the packs what is required where.
  const ofPacks = list === null ? dataset.stages.map(() => []) : list.map(({ known }) => known?.require ?? []);
  const drafted = draftRequired(dataset, ofPacks);
  const ids = (list ?? stages).map(({ id }) => id);
  return { ...drafted, amountFilled: amountRuleRuns(rules, ids) ? null : drafted.amountFilled };
}

/**
 * Drafts a starter rules file from an export and from what a person said of it. The order of the rows makes no
 * difference.
 * @throws FunnelintError `dates/ambiguous` for a column that no rules file can decide
 */
export function draftRules(request: DraftRequest, answers: DraftAnswers = {}): Draft {
  const { sheet, history, previous, pack, asOfDay } = request;
  const base = withColumns(request.ruleset, answers.columns ?? {});
  const understood = understand((ruleset) => buildDataset({ sheet, history, previous, ruleset, asOfDay }), base);
  const source = draftSource(understood.dataset, understood.dates, answers.currency);
  const fields = draftFields(understood.dataset, request.ruleset, answers);
  const named = Object.fromEntries(fields.map(({ field, header }) => [field, header]));
  const missing = [...source.missing.kept, ...source.missing.observed.map(({ text }) => text)];
  const read = withColumns(understood.ruleset, named);
  const ruleset: Ruleset = { ...read, source: { ...read.source, missing } };
  const { stages, dataset } = draftStages(rebuilt(understood.dataset, ruleset), ruleset, answers);
  return {
    file: sheet.file,
    sheet: sheet.sheet,
    headerRow: sheet.headerRow,
    rows: dataset.rowCount,
    pack,
    source,
    fields,
    open: dataset.inputs[0]?.questions ?? [],
    knownColumns: knownColumns(understood.dataset),
    unmapped: unmappedHeaders(dataset, dataset.ruleset.stages),
    stages,
    required: requiredOf(dataset, stages, request.ruleset),
    segments: SEGMENTS.filter((field) => dataset.columns.has(field)),
    labels: { fields: ruleset.fields, stages: dataset.ruleset.stages },
    packRules: request.ruleset.rules.map(({ id }) => id),
  };
}
