/**
 * The parts of exceljs that write a workbook row by row. They are loaded one by one, as the package in whole brings an
 * archiver that stamps every entry with the time of day, and readers; its own types know only the whole.
 */
declare module 'exceljs/lib/stream/xlsx/worksheet-writer.js' {
  import type { AutoFilter, CellValue, PageSetup, Style, WorksheetView } from 'exceljs';

  export interface CommentModel {
    readonly type: 'note';
    readonly note: object;
    /** In columns and rows from the first cell. */
    readonly anchor: { left: number; top: number; right: number; bottom: number };
  }

  export interface WriterCell {
    value: CellValue;
    style: Partial<Style>;
    /** What a note becomes when its row is written; the setter of exceljs knows no place and size. */
    _comment: { readonly model: CommentModel };
  }

  export interface WriterRow {
    height: number;
    getCell(column: number): WriterCell;
    commit(): void;
  }

  /** A stream as exceljs writes to; it hands in the same buffer again and again. */
  export interface EntryStream {
    write(data: string | { toBuffer(): Buffer }): void;
    end(): void;
    pause(): void;
  }

  export interface CommentReference {
    readonly commentName: string;
    readonly vmlDrawing: string;
  }

  /** What a sheet asks of its workbook. */
  export interface SheetHost {
    readonly styles: object;
    readonly commentRefs: CommentReference[];
    readonly _openStream: (name: string) => EntryStream;
  }

  interface SheetOptions {
    readonly id: number;
    readonly name: string;
    readonly workbook: SheetHost;
    readonly useSharedStrings: boolean;
    readonly views: Partial<WorksheetView>[];
    readonly autoFilter?: AutoFilter;
    readonly pageSetup: Partial<PageSetup>;
  }

  export default class WorksheetWriter {
    constructor(options: SheetOptions);
    readonly id: number;
    readonly name: string;
    rId: string;
    columns: { width: number }[];
    getRow(row: number): WriterRow;
    mergeCells(top: number, left: number, bottom: number, right: number): void;
    commit(): void;
  }
}

declare module 'exceljs/lib/xlsx/xform/style/styles-xform.js' {
  export default class StylesXform {
    constructor(initialise: boolean);
    readonly xml: string;
  }
}

declare module 'exceljs/lib/xlsx/xform/core/content-types-xform.js' {
  export default class ContentTypesXform {
    toXml(model: object): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/core/relationships-xform.js' {
  export default class RelationshipsXform {
    toXml(model: readonly { readonly Id: string; readonly Type: string; readonly Target: string }[]): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/core/core-xform.js' {
  export default class CoreXform {
    toXml(model: object): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/core/app-xform.js' {
  export default class AppXform {
    toXml(model: object): string;
  }
}

declare module 'exceljs/lib/xlsx/xform/book/workbook-xform.js' {
  export default class WorkbookXform {
    toXml(model: object): string;
  }
}

declare module 'exceljs/lib/xlsx/rel-type.js' {
  const types: Readonly<
    Record<'OfficeDocument' | 'CoreProperties' | 'ExtenderProperties' | 'Styles' | 'Theme' | 'Worksheet', string>
  >;
  export default types;
}

declare module 'exceljs/lib/xlsx/xml/theme1.js' {
  const xml: string;
  export default xml;
}
