import type { Ruleset } from '../../ruleset/ruleset.ts';
import type { RawColumn, Sheet } from '../../source/sheet.ts';
import type { ColumnQuestion } from '../dataset.ts';
import { createStageMatcher } from '../stage-match.ts';
import { normaliseForMissing } from '../values/placeholder.ts';
import { type ColumnContents, readContents } from './column-contents.ts';
import { profileColumn } from './column-profile.ts';
import { aloneConfidence, askedColumns, type Candidate, chooseColumns, namedConfidence } from './content-choice.ts';
import { scoreDates } from './content-dates.ts';
import { scoreProbability } from './content-probability.ts';
import {
  type ContentScore,
  scoreAmount,
  scoreCurrency,
  scoreId,
  scoreName,
  scoreOwner,
  scoreStage,
} from './content-scores.ts';
import { headerUnit } from './header-words.ts';
import { type HeaderMapping, mapHeaders } from './mapping.ts';
import { DEAL_FIELDS, missingDealFields, type OpenColumn, openColumns } from './open-columns.ts';

/** A mapping that the cells of the column have told. */
export interface ContentMapping extends HeaderMapping {
  /** Rows that fit, of the rows looked at. */
  readonly matched: number;
  readonly filled: number;
}

/** Which column serves which field, as far as headers and cells tell. */
export interface ColumnMapping {
  readonly mappings: readonly HeaderMapping[];
  /** Those of `mappings` that the cells have told. */
  readonly byContent: readonly ContentMapping[];
  readonly questions: readonly ColumnQuestion[];
}

/** An open column with its cells read. */
export interface OpenContents extends OpenColumn {
  readonly contents: ColumnContents;
}

/** Reads the cells of single columns of a sheet, each once. */
export function createReader(
  sheet: Sheet,
  { source, stages }: Pick<Ruleset, 'source' | 'stages'>,
): (index: number) => ColumnContents | null {
  const missing = new Set(source.missing.map(normaliseForMissing));
  const settings = { matchStage: createStageMatcher(stages), orderOfDates: null, timezone: source.timezone };
  const rawAt = new Map<number, RawColumn>(sheet.columns.map((column) => [column.position, column]));
  const read = new Map<number, ColumnContents | null>();
  return (index) => {
    const known = read.get(index);
    if (known !== undefined) return known;
    const raw = rawAt.get(sheet.headers[index]?.position ?? -1);
    const contents = raw === undefined ? null : readContents(profileColumn(index, raw, missing), settings);
    read.set(index, contents);
    return contents;
  };
}

/** A candidate out of what the header and the cells say; null where either says no. */
export function candidateOf(
  { index, fields, contents }: OpenContents,
  field: string,
  { alone, agrees, matched }: ContentScore,
): Candidate | null {
  const likeness = fields.get(field);
  const { filled } = contents.profile;
  if (likeness === undefined || filled === 0) return null;
  const shared = { index, field, matched, filled };
  if (likeness === 0) {
    return alone === 0 ? null : { ...shared, confidence: aloneConfidence(alone, filled), named: false };
  }
  // A header that says it in part only needs cells that say it too.
  if (agrees < 0.5 && (agrees === 0 || likeness < 0.5)) return null;
  return { ...shared, confidence: namedConfidence(likeness, agrees), named: true };
}

const SCORES: Readonly<Record<string, (contents: ColumnContents, leftmost: boolean) => ContentScore>> = {
  id: scoreId,
  name: scoreName,
  owner: scoreOwner,
  currency: scoreCurrency,
};

/** Index of the first column that holds anything. */
function leftmostColumn({ headers, columns }: Sheet): number {
  const filled = new Set(
    columns.filter(({ values }) => values.some((text) => text.trim() !== '')).map(({ position }) => position),
  );
  return headers.findIndex(({ position }) => filled.has(position));
}

function simpleCandidates(open: readonly OpenContents[], sheet: Sheet): readonly Candidate[] {
  const leftmost = leftmostColumn(sheet);
  return open.flatMap((column) => {
    const { index, contents } = column;
    return [...column.fields.keys()].flatMap((field) => {
      if (field === 'amount') {
        const hasUnit = headerUnit(sheet.headers[index]?.text ?? '') !== null;
        return candidateOf(column, field, scoreAmount(contents, hasUnit)) ?? [];
      }
      const score = SCORES[field];
      return score === undefined ? [] : (candidateOf(column, field, score(contents, index === leftmost)) ?? []);
    });
  });
}

interface Situation {
  readonly open: readonly OpenContents[];
  readonly ruleset: Pick<Ruleset, 'stages'>;
  readonly asOfDay: number;
  /** Contents of the column that serves a field already. */
  readonly known: (field: string) => ColumnContents | null;
}

function dateCandidates({ open, asOfDay, known }: Situation): readonly Candidate[] {
  if (!open.some(({ fields }) => fields.has('created') || fields.has('close'))) return [];
  const dates = open.filter(({ fields }) => fields.has('created') || fields.has('close'));
  const scores = scoreDates(
    dates.map(({ contents }) => contents),
    { asOfDay, created: known('created'), close: known('close') },
  );
  return scores.flatMap(({ contents, created, close }) => {
    const column = dates.find((each) => each.contents === contents) as OpenContents;
    return [candidateOf(column, 'created', created), candidateOf(column, 'close', close)].filter(
      (each) => each !== null,
    );
  });
}

function probabilityCandidates({ open, ruleset, known }: Situation): readonly Candidate[] {
  const kinds = ruleset.stages.map(({ kind }) => kind);
  return open
    .filter(({ fields }) => fields.has('probability'))
    .flatMap(
      (column) => candidateOf(column, 'probability', scoreProbability(column.contents, known('stage'), kinds)) ?? [],
    );
}

/** Turns choices into mappings, with the header and the type of the field. */
export function mappingsOf(sheet: Sheet, chosen: readonly Candidate[], types: typeof DEAL_FIELDS): ContentMapping[] {
  return chosen.map(({ index, field, confidence, matched, filled }) => ({
    index,
    header: sheet.headers[index]?.text ?? '',
    field,
    type: types[field] ?? 'text',
    confidence,
    matched,
    filled,
  }));
}

/** What to ask for each of the fields that nothing was chosen for. */
export function questionsOf(
  sheet: Sheet,
  fields: readonly string[],
  candidates: readonly Candidate[],
  chosen: readonly Candidate[],
): readonly ColumnQuestion[] {
  const taken = new Set(chosen.map(({ index }) => index));
  const free = candidates.filter(({ index }) => !taken.has(index));
  return fields.flatMap((field): ColumnQuestion[] => {
    if (chosen.some((choice) => choice.field === field)) return [];
    const asked = askedColumns(free, field).flatMap(({ index, confidence }) => {
      const header = sheet.headers[index];
      return header === undefined ? [] : [{ header: header.text.trim(), position: header.position, confidence }];
    });
    return asked.length === 0 ? [] : [{ field, candidates: asked }];
  });
}

/**
 * Maps the columns of a deal table: by headers first, then, for essential fields that no header names, by what the
 * cells hold. A choice that is not clear is a question instead. The order of the rows makes no difference.
 */
export function mapColumns(
  sheet: Sheet,
  ruleset: Pick<Ruleset, 'fields' | 'stages' | 'source'>,
  asOfDay: number,
): ColumnMapping {
  const headers = sheet.headers.map(({ text }) => text);
  const byHeader = mapHeaders(headers, ruleset.fields);
  const missing = missingDealFields(headers, ruleset.fields);
  const read = createReader(sheet, ruleset);
  const open = openColumns(headers, missing, ruleset.fields, ruleset.stages).flatMap((column): OpenContents[] => {
    const contents = read(column.index);
    return contents === null ? [] : [{ ...column, contents }];
  });
  if (open.length === 0) return { mappings: byHeader, byContent: [], questions: [] };
  const staged = open.flatMap((column) => candidateOf(column, 'stage', scoreStage(column.contents)) ?? []);
  const stage = chooseColumns(staged)[0];
  const columnOf = new Map(byHeader.map(({ field, index }) => [field, index]));
  if (stage !== undefined) columnOf.set('stage', stage.index);
  const known = (field: string): ColumnContents | null => read(columnOf.get(field) ?? -1);
  const left = { open: open.filter(({ index }) => index !== stage?.index), ruleset, asOfDay, known };
  const candidates = [...simpleCandidates(left.open, sheet), ...dateCandidates(left), ...probabilityCandidates(left)];
  const chosen = [...(stage === undefined ? [] : [stage]), ...chooseColumns(candidates)];
  const byContent = mappingsOf(sheet, chosen, DEAL_FIELDS);
  const needed = missing.filter((field) => field.needed).map(({ id }) => id);
  const questions = questionsOf(sheet, needed, [...staged, ...candidates], chosen);
  return { mappings: [...byHeader, ...byContent], byContent, questions };
}

/** Maps an earlier export: by headers, and the columns that the audited list has mapped by content in the same way. */
export function mapEarlier(
  sheet: Sheet,
  { fields }: Pick<Ruleset, 'fields'>,
  { byContent }: ColumnMapping,
): ColumnMapping {
  const headers = sheet.headers.map(({ text }) => text);
  const byHeader = mapHeaders(headers, fields);
  const fieldsMapped = new Set(byHeader.map(({ field }) => field));
  const taken = new Set(byHeader.map(({ index }) => index));
  const alike = byContent.flatMap((mapping): HeaderMapping[] => {
    const index = headers[mapping.index] === mapping.header ? mapping.index : headers.indexOf(mapping.header);
    const nameless = mapping.header.trim() === '' && index !== mapping.index;
    if (index < 0 || nameless || taken.has(index) || fieldsMapped.has(mapping.field)) return [];
    return [{ ...mapping, index }];
  });
  return { mappings: [...byHeader, ...alike], byContent: [], questions: [] };
}
