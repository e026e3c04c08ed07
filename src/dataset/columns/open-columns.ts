import type { FieldDefinition, FieldType, StageDefinition } from '../../ruleset/ruleset.ts';
import { stageHeaders } from '../journeys/stage-headers.ts';
import { createLikeness } from './header-likeness.ts';
import { createHeaderTest, mapHeaders } from './mapping.ts';

/** Fields of deals that the cells of a column can tell, and the type they are read as. */
export const DEAL_FIELDS: Readonly<Record<string, FieldType>> = {
  id: 'text',
  name: 'text',
  stage: 'text',
  amount: 'money',
  owner: 'text',
  created: 'date',
  close: 'date',
  probability: 'percent',
  currency: 'text',
};

/** Fields of a change log that the cells of a column can tell. */
export const LOG_FIELDS: Readonly<Record<string, FieldType>> = {
  deal_id: 'text',
  from_stage: 'text',
  to_stage: 'text',
  changed_at: 'date',
};

/** More columns without a known header are not looked at. */
const MOST_COLUMNS = 200;
/** A smaller part of a header says nothing. */
const LEAST_LIKENESS = 0.25;
/** Fields that the header names nearly as much count too. */
const NEARLY = 0.8;

/** A column that no header maps, and what it could be. */
export interface OpenColumn {
  /** Index into the header list. */
  readonly index: number;
  /** Field id → likeness of the header to one the field is known by; 0 for all where the header tells nothing. */
  readonly fields: ReadonlyMap<string, number>;
}

/** A field that no header maps and that cells may tell. */
export interface MissingField {
  readonly id: string;
  /** Worth a look at all columns; for the others only a header that is like theirs is. */
  readonly needed: boolean;
}

function missingOf(
  headers: readonly string[],
  fields: readonly FieldDefinition[],
  told: Readonly<Record<string, FieldType>>,
): { readonly mapped: ReadonlySet<string>; readonly missing: readonly FieldDefinition[] } {
  const mapped = new Set(mapHeaders(headers, fields).map(({ field }) => field));
  return { mapped, missing: fields.filter(({ id, type }) => told[id] === type && !mapped.has(id)) };
}

/** What the headers of a deal table leave open. */
export function missingDealFields(
  headers: readonly string[],
  fields: readonly FieldDefinition[],
): readonly MissingField[] {
  const { missing } = missingOf(headers, fields, DEAL_FIELDS);
  return missing.map(({ id, optional }) => ({ id, needed: !optional }));
}

/**
 * What the headers of a change log leave open: its deals may go by name instead of id, and a log of all fields has no
 * column of stages.
 */
export function missingLogFields(
  headers: readonly string[],
  fields: readonly FieldDefinition[],
): readonly MissingField[] {
  const { mapped, missing } = missingOf(headers, fields, LOG_FIELDS);
  const ofAllFields = mapped.has('field') && mapped.has('new_value');
  return missing
    .filter(({ id }) => (id === 'deal_id' ? !mapped.has('deal_name') : !(ofAllFields && id.endsWith('_stage'))))
    .map(({ id }) => ({ id, needed: id !== 'from_stage' }));
}

/**
 * The columns whose cells are worth a look for the fields that are missing: none that some field is known by, that is
 * about one stage, or whose header says it is another thing. Where only optional fields are missing, just the columns
 * whose header is like theirs.
 */
export function openColumns(
  headers: readonly string[],
  missing: readonly MissingField[],
  fields: readonly FieldDefinition[],
  stages: readonly StageDefinition[],
): readonly OpenColumn[] {
  if (missing.length === 0) return [];
  const needed = missing.some((field) => field.needed);
  const isKnown = createHeaderTest(fields);
  const likeness = createLikeness(fields);
  const ofStages = new Set(stageHeaders(headers, stages, isKnown).map(({ index }) => index));
  const unknown = [...headers.keys()].filter((index) => !ofStages.has(index) && !isKnown(headers[index] as string));
  return unknown.slice(0, MOST_COLUMNS).flatMap((index) => {
    const { fields: like, denies } = likeness(headers[index] as string);
    const most = Math.max(0, ...like.values());
    const named = most >= LEAST_LIKENESS;
    const possible = missing.filter(({ id }) => !denies(id) && (!named || (like.get(id) ?? 0) >= most * NEARLY));
    if (possible.length === 0 || !(named || needed)) return [];
    return [{ index, fields: new Map(possible.map(({ id }) => [id, named ? (like.get(id) ?? 0) : 0])) }];
  });
}
