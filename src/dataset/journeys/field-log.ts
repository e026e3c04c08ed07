import { foldHeader } from '../../i18n/fold.ts';
import type { FieldDefinition } from '../../ruleset/ruleset.ts';
import { type Column, PRESENT } from '../dataset.ts';
import { stageIndexes } from '../typed-columns.ts';
import { type ChangeLog, isNewestFirst, type JourneyContext } from './journeys.ts';

/** A log of the changes of all fields: which field, what it was, what it became. */
export interface FieldLog {
  readonly field: Column;
  readonly newValue: Column;
  readonly oldValue: Column | undefined;
}

/** What a row of such a log is about. */
const ABOUT = { other: 0, stage: 1, created: 2 } as const;

/** What Salesforce writes for the creation of a record, in the languages of its reports. */
const CREATED = /^(?:created|已?创建|新建|erstellt|créé)[.。]?$/iu;

/** What each distinct text of the field column is about; the stage goes by the headers of the stage field. */
function subjects({ texts, state }: Column, stageField: FieldDefinition | undefined): Uint8Array {
  const { columns = [], label = { en: '', zh: '' } } = stageField ?? {};
  const names = new Set([...columns, 'stage', label.en, label.zh].map(foldHeader));
  return Uint8Array.from(texts, (text, code) => {
    if (state[code] !== PRESENT) return ABOUT.other;
    if (CREATED.test(text)) return ABOUT.created;
    return names.has(foldHeader(text)) ? ABOUT.stage : ABOUT.other;
  });
}

/** Columns of a log of all fields, null where the log is none: no row names the stage or the creation of a deal. */
export function fieldLogOf(
  columns: ReadonlyMap<string, Column>,
  stageField: FieldDefinition | undefined,
): FieldLog | null {
  const field = columns.get('field');
  const newValue = columns.get('new_value');
  if (field === undefined || newValue === undefined) return null;
  if (subjects(field, stageField).every((subject) => subject === ABOUT.other)) return null;
  return { field, newValue, oldValue: columns.get('old_value') };
}

type Where = Pick<ChangeLog, 'dealOfRow' | 'millisOfRow'>;

/** Row of the first stage change of each deal, -1 for none; of changes of one instant the one written first counts. */
function firstChanges(about: Uint8Array, log: Where, rowCount: number): Int32Array {
  const first = new Int32Array(rowCount).fill(-1);
  const kept = about.map((subject, row) =>
    subject !== ABOUT.other && (log.dealOfRow[row] as number) >= 0 && !Number.isNaN(log.millisOfRow[row]) ? 1 : 0,
  );
  const newestFirst = isNewestFirst(log, kept, rowCount);
  for (let row = 0; row < about.length; row++) {
    if (about[row] !== ABOUT.stage || kept[row] === 0) continue;
    const deal = log.dealOfRow[row] as number;
    const known = first[deal] as number;
    const millis = log.millisOfRow[row] as number;
    const before = known < 0 ? Number.POSITIVE_INFINITY : (log.millisOfRow[known] as number);
    if (millis < before || (millis === before && newestFirst)) first[deal] = row;
  }
  return first;
}

/**
 * The stage that each row of a log of all fields moves its deal to. The creation of a deal starts it in the stage its
 * first stage change comes from, and in its stage by the table (`tableStage`) where the stage never changed; a creation
 * whose stage is not known, and rows about other fields, are marked in `otherField`.
 */
export function stagesOfFieldLog(
  { field, newValue, oldValue }: FieldLog,
  log: Where,
  context: JourneyContext & { readonly stageField: FieldDefinition | undefined; readonly tableStage: Int16Array },
): Pick<ChangeLog, 'stageOfRow'> & { readonly otherField: Uint8Array } {
  const ofCode = subjects(field, context.stageField);
  const about = Uint8Array.from(field.codes, (code) => ofCode[code] as number);
  const rows = about.length;
  const stageOfRow = stageIndexes(newValue, rows, context.stages);
  const oldStage = stageIndexes(oldValue, rows, context.stages);
  const first = firstChanges(about, log, context.rowCount);
  const otherField = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    if (about[row] === ABOUT.stage) continue;
    const deal = log.dealOfRow[row] as number;
    const change = deal < 0 ? -1 : (first[deal] as number);
    const start = change >= 0 ? oldStage[change] : context.tableStage[deal];
    stageOfRow[row] = about[row] === ABOUT.created ? (start ?? -1) : -1;
    if (about[row] === ABOUT.other || (deal >= 0 && (stageOfRow[row] as number) < 0)) otherField[row] = 1;
  }
  return { stageOfRow, otherField };
}
