import type { StageDefinition } from '../../ruleset/ruleset.ts';
import { millisOfRows } from '../cells.ts';
import type { Column } from '../dataset.ts';
import type { ChangeLog } from './journeys.ts';
import { type StageHeader, stageHeaders } from './stage-headers.ts';

/** A typed column about one stage. */
export interface StageColumn extends StageHeader {
  readonly column: Column;
}

/**
 * The columns that date the entry to each stage, in funnel order. Empty unless every open stage has its column: with a
 * stage left out, conversion and dwell time would be those of other stages. One bare date (`Contract date`) is no funnel.
 */
export function findStageDates(
  headers: readonly string[],
  stages: readonly StageDefinition[],
  isFieldHeader: (header: string) => boolean,
): readonly StageHeader[] {
  const entered = stageHeaders(headers, stages, isFieldHeader).filter(({ measure }) => measure === 'entered');
  const dated = new Set(entered.map(({ stage }) => stage));
  const covered = stages.every(({ kind }, stage) => kind !== 'open' || dated.has(stage));
  const open = entered.filter(({ stage }) => stages[stage]?.kind === 'open');
  return covered && (open.length > 1 || open.some(({ bare }) => !bare)) ? entered : [];
}

/**
 * A change log out of the entry dates of stages: one change for each date that is filled. Columns come in funnel order,
 * so that entries of the same instant count as moves forward. Entering a stage again overwrites its date, so steps back
 * show only as dates out of order.
 */
export function logOfStageDates(columns: readonly StageColumn[], rowCount: number): ChangeLog {
  const deals: number[] = [];
  const stages: number[] = [];
  const millis: number[] = [];
  for (const { stage, column } of columns) {
    const entered = millisOfRows(column);
    for (let row = 0; row < rowCount; row++) {
      if (Number.isNaN(entered[row])) continue;
      deals.push(row);
      stages.push(stage);
      millis.push(entered[row] as number);
    }
  }
  return {
    dealOfRow: Int32Array.from(deals),
    stageOfRow: Int16Array.from(stages),
    millisOfRow: Float64Array.from(millis),
    hasTime: columns.some(({ column }) => column.millis !== null),
  };
}
