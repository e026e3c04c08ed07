import type { Ruleset } from '../../ruleset/ruleset.ts';
import type { Sheet } from '../../source/sheet.ts';
import { type Column, PRESENT } from '../dataset.ts';
import { joinDeals } from '../deal-join.ts';
import type { ColumnContents } from './column-contents.ts';
import { type Candidate, chooseColumns } from './content-choice.ts';
import {
  type ColumnMapping,
  candidateOf,
  createReader,
  mappingsOf,
  type OpenContents,
  questionsOf,
} from './content-mapping.ts';
import { type ContentScore, scoreStage } from './content-scores.ts';
import { mapHeaders } from './mapping.ts';
import { LOG_FIELDS, missingLogFields, openColumns } from './open-columns.ts';
import { laterStageColumn } from './stage-succession.ts';

const MOSTLY = 0.8;

/** How many cells name a deal of the table. */
function scoreDealId({ profile, dateShare }: ColumnContents, dealIds: Column | undefined): ContentScore {
  const { texts, counts, filled } = profile;
  if (dealIds === undefined || dateShare > 0.5 || filled === 0) return { alone: 0, agrees: 0, matched: 0 };
  const looked = {
    ...dealIds,
    texts,
    codes: Int32Array.from(texts.keys()),
    state: new Uint8Array(texts.length).fill(PRESENT),
  };
  const deals = joinDeals(dealIds, looked);
  const matched = counts.reduce((sum, count, at) => sum + ((deals[at] as number) >= 0 ? count : 0), 0);
  const share = matched / filled;
  return { alone: share >= MOSTLY ? 0.9 * share : 0, agrees: share >= 0.5 ? share : 0, matched };
}

function scoreChangedAt({ profile, dateShare, unordered }: ColumnContents): ContentScore {
  const matched = Math.round(dateShare * profile.filled);
  const agrees = unordered || dateShare < MOSTLY ? 0 : dateShare;
  return { alone: dateShare < MOSTLY ? 0 : unordered ? 0.45 : 0.8 * dateShare, agrees, matched };
}

function simpleCandidates(open: readonly OpenContents[], dealIds: Column | undefined): readonly Candidate[] {
  return open.flatMap((column) =>
    [
      candidateOf(column, 'deal_id', scoreDealId(column.contents, dealIds)),
      candidateOf(column, 'changed_at', scoreChangedAt(column.contents)),
      candidateOf(column, 'to_stage', scoreStage(column.contents)),
    ].filter((each) => each !== null),
  );
}

/**
 * The two columns of stages told apart: that of a change holds what the other one holds at the next change of the deal.
 */
function stagesApart(
  candidates: readonly Candidate[],
  chosen: readonly Candidate[],
  read: (field: string, chosen: readonly Candidate[]) => ColumnContents | null,
  at: (index: number) => ColumnContents | null,
): readonly Candidate[] {
  const stages = candidates.filter(
    ({ field, index }) => field === 'to_stage' && !chosen.some((c) => c.index === index),
  );
  const [first, second] = stages;
  const places = [at(first?.index ?? -1), at(second?.index ?? -1), read('deal_id', chosen), read('changed_at', chosen)];
  const [one, other, deal, time] = places;
  if (!first || !second || stages.length !== 2 || !one || !other || !deal || !time) return [];
  const later = laterStageColumn(one, other, deal, time);
  if (later === null) return [];
  const [to, from] = later === 0 ? [first, second] : [second, first];
  return [to, { ...from, field: 'from_stage' }];
}

/**
 * Maps the columns of a change log: by headers first, then the deal, the stage and the time of a change by what the
 * cells hold. `dealIds` is the id column of the deals, which the ids of the log have to join to.
 */
export function mapLogColumns(sheet: Sheet, ruleset: Ruleset, dealIds: Column | undefined): ColumnMapping {
  const headers = sheet.headers.map(({ text }) => text);
  const { historyFields } = ruleset;
  const byHeader = mapHeaders(headers, historyFields);
  const indexOf = new Map(byHeader.map(({ field, index }) => [field, index]));
  const missing = missingLogFields(headers, historyFields);
  const at = createReader(sheet, ruleset);
  const open = openColumns(headers, missing, historyFields, ruleset.stages).flatMap((column): OpenContents[] => {
    const contents = at(column.index);
    return contents === null ? [] : [{ ...column, contents }];
  });
  if (open.length === 0) return { mappings: byHeader, byContent: [], questions: [] };
  const candidates = simpleCandidates(open, dealIds);
  const clear = chooseColumns(candidates);
  const read = (field: string, chosen: readonly Candidate[]): ColumnContents | null =>
    at(indexOf.get(field) ?? chosen.find((choice) => choice.field === field)?.index ?? -1);
  const both = indexOf.has('from_stage') || indexOf.has('to_stage') ? [] : stagesApart(candidates, clear, read, at);
  const chosen = [...clear, ...both];
  const byContent = mappingsOf(sheet, chosen, LOG_FIELDS);
  const needed = missing.filter((field) => field.needed).map(({ id }) => id);
  const questions = questionsOf(sheet, needed, candidates, chosen);
  return { mappings: [...byHeader, ...byContent], byContent, questions };
}
