import type { StageDefinition } from '../../ruleset/ruleset.ts';
import { createStageMatcher } from '../stage-match.ts';

/** What a column says of one stage: when it was entered or left, or how long the deal was in it. */
export type StageMeasure = 'entered' | 'exited' | 'time' | 'cumulative' | 'latest';

/** A column about one stage. */
export interface StageHeader {
  /** Index into the header list. */
  readonly index: number;
  /** Index into the stages. */
  readonly stage: number;
  readonly measure: StageMeasure;
  /** The header is the name of the stage and a word for a date; it does not say what happened then. */
  readonly bare: boolean;
}

interface Form {
  readonly measure: StageMeasure;
  /** Stands in every such header, in lower case: few headers need to be compared with the pattern. */
  readonly word: string;
  readonly pattern: RegExp;
}

/** Forms of a header around the name of a stage; a pipeline in brackets after the name does not belong to it. */
const FORMS: readonly Form[] = [
  { measure: 'entered', word: 'date entered', pattern: /^date entered\s+["'“”‘’「]?(.+?)["'“”‘’」]?$/iu },
  { measure: 'entered', word: 'entered', pattern: /^entered\s+["'“”‘’「](.+?)["'“”‘’」]$/iu },
  { measure: 'entered', word: 'date_entered_', pattern: /^hs_(?:v2_)?date_entered_(.+)$/iu },
  { measure: 'entered', word: '进入', pattern: /^进入\s*["“「]?(.+?)["”」]?(?:阶段)?的?(?:时间|日期)$/u },
  { measure: 'entered', word: '进入', pattern: /^(.+?)(?:阶段)?进入(?:时间|日期)$/u },
  { measure: 'entered', word: '到达', pattern: /^(.+?)(?:阶段)?到达(?:时间|日期)$/u },
  { measure: 'exited', word: 'date exited', pattern: /^date exited\s+["'“”‘’「]?(.+?)["'“”‘’」]?$/iu },
  { measure: 'exited', word: 'date_exited_', pattern: /^hs_(?:v2_)?date_exited_(.+)$/iu },
  { measure: 'exited', word: '离开', pattern: /^离开\s*["“「]?(.+?)["”」]?(?:阶段)?的?(?:时间|日期)$/u },
  {
    measure: 'cumulative',
    word: 'cumulative time in',
    pattern: /^cumulative time in\s+["'“”‘’「]?(.+?)["'“”‘’」]?$/iu,
  },
  { measure: 'cumulative', word: 'cumulative_time_in_', pattern: /^hs_v2_cumulative_time_in_(.+)$/iu },
  { measure: 'latest', word: 'time in', pattern: /^latest time in\s+["'“”‘’「]?(.+?)["'“”‘’」]?$/iu },
  { measure: 'latest', word: 'time_in_', pattern: /^hs_v2_latest_time_in_(.+)$/iu },
  { measure: 'time', word: 'time in', pattern: /^time in\s+["'“”‘’「]?(.+?)["'“”‘’」]?$/iu },
  { measure: 'time', word: 'time_in_', pattern: /^hs_time_in_(.+)$/iu },
];
const PIPELINE = /\s*[(（][^()（）]*[)）]\s*$/u;
/** `Qualified date`, `需求确认阶段日期`: no more than the name of the stage and a word for a date. */
const DATE_WORDS = ['date', '日期', '时间'];
const DATE_WORD = /(?:date|日期|时间)$/iu;
const STAGE_WORD = /(?:\bstage|阶段)$/iu;
/** A longer header names no stage. */
const LONGEST = 200;

interface Named {
  readonly measure: StageMeasure;
  readonly names: readonly string[];
  readonly bare: boolean;
}

function stripped(text: string, word: RegExp): string {
  return text.replace(word, '').replace(/[_-]$/u, '').trim();
}

/**
 * What a header says about a stage by its form, whether there is such a stage or not; null for other headers.
 * @param isFieldHeader true for a header that is known as a field, and so names no stage
 */
export function namedIn(header: string, isFieldHeader: (header: string) => boolean): Named | null {
  const text = header.trim();
  if (text.length > LONGEST) return null;
  const lower = text.toLowerCase();
  for (const { measure, word, pattern } of FORMS) {
    if (!lower.includes(word)) continue;
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return { measure, names: [name, name.replace(PIPELINE, '')], bare: false };
  }
  if (!DATE_WORDS.some((word) => lower.endsWith(word)) || isFieldHeader(text)) return null;
  const name = stripped(text, DATE_WORD);
  return { measure: 'entered', names: [name, stripped(name, STAGE_WORD)], bare: true };
}

/**
 * The columns about single stages, in funnel order, as a HubSpot list export has them (`Date entered "Demo (Sales
 * Pipeline)"`) or a sheet kept by hand (`需求确认日期`, unless the header is that of a field). Of several columns for
 * one stage and measure the first counts; one that says `entered` in words goes before a bare date.
 */
export function stageHeaders(
  headers: readonly string[],
  stages: readonly StageDefinition[],
  isFieldHeader: (header: string) => boolean,
): readonly StageHeader[] {
  const allNamed = headers.map((header) => namedIn(header, isFieldHeader));
  if (allNamed.every((named) => named === null)) return [];
  const match = createStageMatcher(stages);
  const found = new Map<string, StageHeader>();
  for (const [index, named] of allNamed.entries()) {
    if (named === null) continue;
    const { measure, names, bare } = named;
    const stage = names.map((name) => match(name).index).find((each) => each >= 0);
    if (stage === undefined) continue;
    const key = `${measure} ${stage}`;
    const known = found.get(key);
    if (known === undefined || (known.bare && !bare)) found.set(key, { index, stage, measure, bare });
  }
  return [...found.values()].sort((a, b) => a.stage - b.stage);
}
