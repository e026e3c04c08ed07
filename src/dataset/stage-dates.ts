import type { StageDefinition } from '../ruleset/ruleset.ts';
import type { Column } from './dataset.ts';
import type { ChangeLog } from './journeys.ts';
import { createStageMatcher } from './stage-match.ts';
import { DAY_MILLIS } from './values/calendar.ts';

/** A column that says when a deal entered a stage. */
export interface StageDateColumn {
  /** Index into the header list. */
  readonly index: number;
  /** Index into the stages. */
  readonly stage: number;
}

/** Forms of a header around the name of a stage; a pipeline in brackets after the name does not belong to it. */
const FORMS: readonly RegExp[] = [
  /^date entered\s+["'“”‘’「]?(.+?)["'“”‘’」]?$/iu,
  /^entered\s+["'“”‘’「](.+?)["'“”‘’」]$/iu,
  /^hs_(?:v2_)?date_entered_(.+)$/iu,
  /^进入\s*["“「]?(.+?)["”」]?(?:阶段)?的?(?:时间|日期)$/u,
  /^(.+?)(?:阶段)?(?:进入|到达)(?:时间|日期)$/u,
];
const PIPELINE = /\s*[(（][^()（）]*[)）]\s*$/u;

function stageNameIn(header: string): string | null {
  for (const form of FORMS) {
    const name = form.exec(header.trim())?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/**
 * The columns that date the entry to each stage, in funnel order, as a HubSpot list export has them (`Date entered
 * "Demo (Sales Pipeline)"`). Of several columns for one stage the first counts. Empty unless every open
 * stage has its column: with a stage left out, conversion and dwell time would be those of other stages.
 */
export function findStageDates(
  headers: readonly string[],
  stages: readonly StageDefinition[],
): readonly StageDateColumn[] {
  const match = createStageMatcher(stages);
  const byStage = new Map<number, StageDateColumn>();
  for (const [index, header] of headers.entries()) {
    const name = stageNameIn(header);
    if (name === null) continue;
    const whole = match(name).index;
    const stage = whole >= 0 ? whole : match(name.replace(PIPELINE, '')).index;
    if (stage >= 0 && !byStage.has(stage)) byStage.set(stage, { index, stage });
  }
  const covered = stages.every(({ kind }, stage) => kind !== 'open' || byStage.has(stage));
  if (!covered) return [];
  return [...byStage.values()].sort((a, b) => a.stage - b.stage);
}

function millisOf(column: Column): Float64Array {
  return column.millis ?? column.numbers.map((day) => day * DAY_MILLIS);
}

/** What the table says of closed deals, for closed stages without a column of their own. */
export interface Closings {
  /** One a row: index of the closed stage the deal is in, -1 where it is in none. */
  readonly closedStage: Int16Array;
  /** One a row: day number of its closing, NaN where unknown. */
  readonly closedDay: Float64Array;
}

/**
 * A change log out of stage dates: one change for each date that is filled. Columns come in funnel order, so that
 * entries of the same instant count as moves forward. Entering a stage again overwrites its date, so steps back show
 * only as dates out of order.
 */
export function logOfStageDates(
  columns: readonly { readonly stage: number; readonly column: Column }[],
  closings: Closings,
  rowCount: number,
): ChangeLog {
  const deals: number[] = [];
  const stages: number[] = [];
  const millis: number[] = [];
  for (const { stage, column } of columns) {
    const ofCode = millisOf(column);
    for (let row = 0; row < rowCount; row++) {
      const entered = ofCode[column.codes[row] as number] as number;
      if (Number.isNaN(entered)) continue;
      deals.push(row);
      stages.push(stage);
      millis.push(entered);
    }
  }
  const dated = new Set(columns.map(({ stage }) => stage));
  for (let row = 0; row < rowCount; row++) {
    const stage = closings.closedStage[row] as number;
    const day = closings.closedDay[row] as number;
    if (stage < 0 || dated.has(stage) || Number.isNaN(day)) continue;
    deals.push(row);
    stages.push(stage);
    millis.push(day * DAY_MILLIS);
  }
  return {
    dealOfRow: Int32Array.from(deals),
    stageOfRow: Int16Array.from(stages),
    millisOfRow: Float64Array.from(millis),
    hasTime: columns.some(({ column }) => column.millis !== null),
  };
}
