import { mapHeaders } from '../dataset/columns/mapping.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { stageHeaders } from '../dataset/journeys/stage-headers.ts';
import type { FieldDefinition, Ruleset } from '../ruleset/ruleset.ts';
import type { DraftAnswers, FieldDraft } from './draft.ts';

/** Mappings below this were told by the cells, not by the header. */
const BY_HEADER = 0.95;
const LONGEST_HEADER = 200;

/** The rules with headers named in front of those the packs know. */
export function withColumns(ruleset: Ruleset, columns: Readonly<Record<string, string>>): Ruleset {
  const fields = ruleset.fields.map((field): FieldDefinition => {
    const header = Object.hasOwn(columns, field.id) ? columns[field.id] : undefined;
    return header === undefined ? field : { ...field, columns: [header, ...field.columns] };
  });
  return { ...ruleset, fields };
}

/**
 * The fields to name by header: those the cells told and those the user chose. Left out is what would not lead an audit
 * to the same column: one without a header, or with that of another column before it.
 */
export function draftFields(dataset: Dataset, base: Ruleset, { columns = {} }: DraftAnswers): readonly FieldDraft[] {
  const mapping = dataset.inputs[0]?.mapping ?? [];
  const headers = mapping.map(({ header }) => header);
  const wanted = mapping.flatMap(({ header, field, confidence }, index) => {
    if (field === null) return [];
    const chosen = Object.hasOwn(columns, field);
    const name = header.trim();
    if ((!chosen && confidence >= BY_HEADER) || name === '' || name.length > LONGEST_HEADER) return [];
    return [{ index, draft: { field, header: name, confidence: chosen ? null : confidence } }];
  });
  const named = Object.fromEntries(wanted.map(({ draft }) => [draft.field, draft.header]));
  const then = mapHeaders(headers, withColumns(base, named).fields);
  return wanted
    .filter(({ index, draft }) => then.some((each) => each.index === index && each.field === draft.field))
    .map(({ draft }) => draft);
}

/** Columns that serve no field and are about no stage, by header. */
export function unmappedHeaders(dataset: Dataset, stages: Ruleset['stages']): readonly string[] {
  const mapping = dataset.inputs[0]?.mapping ?? [];
  const headers = mapping.map(({ header }) => header);
  const ofStages = new Set(stageHeaders(headers, stages, () => false).map(({ index }) => index));
  return mapping.flatMap(({ header, field }, index) =>
    field === null && header.trim() !== '' && !ofStages.has(index) ? [header.trim()] : [],
  );
}

/** Columns the packs know by their header. */
export function knownColumns(dataset: Dataset): number {
  return (dataset.inputs[0]?.mapping ?? []).filter(({ field, confidence }) => field !== null && confidence >= BY_HEADER)
    .length;
}
