import type { FedTable, Grid, GridTable, SheetState } from '../grid.ts';
import { type Archive, openArchive, type Part } from './archive.ts';
import type { CellSource } from './cell-reader.ts';
import { readCellFormats } from './number-formats.ts';
import { type Relationship, readRelationships, requiredPart, SMALL_PART_BYTES } from './relationships.ts';
import { readSharedStrings } from './shared-strings.ts';
import { feedSheet } from './sheet-feed.ts';
import { sheetRowBatches, sheetRows } from './sheet-rows.ts';
import { type SheetSurvey, surveySheet } from './sheet-survey.ts';
import { readXml } from './xml-reader.ts';
import { attributeOf, isOn } from './xml-token.ts';

/**
 * Opens a workbook, whose sheets are then read as their rows are asked for.
 * @throws FunnelintError `file/damaged`, `file/too-large`
 */
export async function readWorkbook(file: string, bytes: Buffer): Promise<Grid[]> {
  const archive = openArchive(file, bytes);
  const root = (await readRelationships(archive, '')).find(({ kind }) => kind === 'officeDocument');
  if (root === undefined) throw archive.fail({ en: 'it has no workbook part', zh: '缺少工作簿部件' });
  const book = requiredPart(archive, root.target);
  const relationships = await readRelationships(archive, root.target);
  const { sheets, date1904 } = await readBook(book);
  const source = await readCellSource(archive, relationships, date1904);
  const found = sheets.flatMap((sheet) => workbookSheet(archive, relationships, sheet, source));
  if (found.length === 0) throw archive.fail({ en: 'it has no sheets', zh: '没有工作表' });
  return found;
}

interface BookSheet {
  readonly name: string;
  readonly state: SheetState;
  /** Id of the relationship that leads to its part. */
  readonly id: string;
}

async function readBook(part: Part): Promise<{ sheets: BookSheet[]; date1904: boolean }> {
  const sheets: BookSheet[] = [];
  let date1904 = false;
  await readXml(part, {
    open(token) {
      if (token.name === 'workbookPr') date1904 ||= isOn(attributeOf(token, 'date1904'));
      if (token.name !== 'sheet') return;
      const name = attributeOf(token, 'name') ?? '';
      const state = stateOf(attributeOf(token, 'state') ?? '');
      sheets.push({ name, state, id: attributeOf(token, 'id') ?? '' });
    },
    text() {},
    close() {},
  });
  return { sheets, date1904 };
}

function stateOf(written: string): SheetState {
  if (/^veryHidden$/i.test(written)) return 'veryHidden';
  return /hidden/i.test(written) ? 'hidden' : 'visible';
}

async function readCellSource(
  archive: Archive,
  relationships: readonly Relationship[],
  date1904: boolean,
): Promise<CellSource> {
  const partOf = (wanted: string, mostBytes?: number): Part | null => {
    const found = relationships.find(({ kind }) => kind === wanted);
    return found === undefined ? null : archive.part(found.target, mostBytes);
  };
  const strings = partOf('sharedStrings');
  return {
    sharedStrings: strings === null ? null : await readSharedStrings(strings),
    formats: await readCellFormats(partOf('styles', SMALL_PART_BYTES)),
    date1904,
  };
}

/** Charts, dialogs and macros are sheets too, but have no cells to read. */
function workbookSheet(
  archive: Archive,
  relationships: readonly Relationship[],
  { name, state, id }: BookSheet,
  source: CellSource,
): Grid[] {
  const relationship = relationships.find((each) => each.id === id);
  if (relationship !== undefined && relationship.kind !== 'worksheet') return [];
  const part = relationship === undefined ? null : archive.part(relationship.target);
  if (part === null) {
    throw archive.fail({ en: `the part of sheet “${name}” is missing`, zh: `工作表“${name}”的内容缺失` });
  }
  let survey: Promise<SheetSurvey> | null = null;
  const surveyOnce = (): Promise<SheetSurvey> => {
    survey ??= surveySheet(part);
    return survey;
  };
  return [
    {
      name,
      state,
      rows: (tell = () => {}) => sheetRows(part, surveyOnce, source, tell),
      batches: (tell = () => {}) => sheetRowBatches(part, surveyOnce, source, tell),
      feed: async (start) =>
        (survey === null ? await feedTable(part, null, source, start()) : null) ??
        (await feedTable(part, await surveyOnce(), source, start())),
    },
  ];
}

/** Null where it does not come off. */
async function feedTable<Table extends GridTable>(
  part: Part,
  survey: SheetSurvey | null,
  source: CellSource,
  table: Table,
): Promise<FedTable<Table> | null> {
  try {
    const notices = await feedSheet(part, survey, source, table);
    return notices === null ? null : { table, notices };
  } catch {
    // What is wrong is told by who reads the rows with care: it may be something else that stands further down.
    return null;
  }
}
