import type WorksheetWriter from 'exceljs/lib/stream/xlsx/worksheet-writer.js';
import type { CommentReference } from 'exceljs/lib/stream/xlsx/worksheet-writer.js';
import RelType from 'exceljs/lib/xlsx/rel-type.js';
import WorkbookXform from 'exceljs/lib/xlsx/xform/book/workbook-xform.js';
import AppXform from 'exceljs/lib/xlsx/xform/core/app-xform.js';
import ContentTypesXform from 'exceljs/lib/xlsx/xform/core/content-types-xform.js';
import CoreXform from 'exceljs/lib/xlsx/xform/core/core-xform.js';
import RelationshipsXform from 'exceljs/lib/xlsx/xform/core/relationships-xform.js';
import theme from 'exceljs/lib/xlsx/xml/theme1.js';
import { columnLetters } from '../../report/workbook/cells.ts';
import type { WorkbookSheet } from '../../report/workbook/workbook.ts';
import { workbookText } from './cell-text.ts';

/** What the parts around the sheets are made of. */
export interface PackageParts {
  readonly title: string;
  /** ISO calendar date that the file says it was made on. */
  readonly day: string;
  readonly sheets: readonly WorkbookSheet[];
  readonly writers: readonly WorksheetWriter[];
  readonly comments: readonly CommentReference[];
  readonly stylesXml: string;
}

const TOOL = 'funnelint';

function relationships(targets: readonly (readonly [string, string])[]): string {
  const model = targets.map(([type, target], index) => ({ Id: `rId${index + 1}`, Type: type, Target: target }));
  return new RelationshipsXform().toXml(model);
}

/** What is printed, and the rows of titles that are printed on every page. */
function printRanges(sheets: readonly WorkbookSheet[]): object[] {
  return sheets.flatMap(({ name, filter, printed }, localSheetId) => {
    if (filter === null) return [];
    const sheet = `'${name.replaceAll("'", "''")}'`;
    const titles = [`${sheet}!$${filter.row}:$${filter.row}`];
    const area = printed && [`${sheet}!$A$1:$${columnLetters(printed - 1)}$${filter.lastRow}`];
    return [
      ...(area ? [{ name: '_xlnm.Print_Area', ranges: area, localSheetId }] : []),
      { name: '_xlnm.Print_Titles', ranges: titles, localSheetId },
    ];
  });
}

/** The parts of a workbook beside its sheets, by name. */
export function packageParts(parts: PackageParts): readonly (readonly [string, string])[] {
  const { writers, comments } = parts;
  const day = new Date(`${parts.day}T00:00:00Z`);
  const worksheets = writers.map((writer, index) => Object.assign(writer, { rId: `rId${index + 3}` }));
  const sheetTargets = writers.map(({ id }) => [RelType.Worksheet, `worksheets/sheet${id}.xml`] as const);
  const contents = { worksheets, sharedStrings: { count: 0 }, commentRefs: comments, media: [] };
  const core = { creator: TOOL, lastModifiedBy: TOOL, title: workbookText(parts.title), created: day, modified: day };
  const workbook = {
    sheets: worksheets,
    definedNames: printRanges(parts.sheets),
    views: [],
    properties: {},
    calcProperties: {},
  };
  return [
    ['[Content_Types].xml', new ContentTypesXform().toXml(contents)],
    [
      '_rels/.rels',
      relationships([
        [RelType.OfficeDocument, 'xl/workbook.xml'],
        [RelType.CoreProperties, 'docProps/core.xml'],
        [RelType.ExtenderProperties, 'docProps/app.xml'],
      ]),
    ],
    ['docProps/app.xml', new AppXform().toXml({ worksheets })],
    ['docProps/core.xml', new CoreXform().toXml(core)],
    ['xl/theme/theme1.xml', theme],
    ['xl/styles.xml', parts.stylesXml],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([[RelType.Styles, 'styles.xml'], [RelType.Theme, 'theme/theme1.xml'], ...sheetTargets]),
    ],
    ['xl/workbook.xml', new WorkbookXform().toXml(workbook)],
  ];
}
