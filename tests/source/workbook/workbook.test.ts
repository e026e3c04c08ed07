import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../src/source/workbook/workbook.ts';
import {
  bookOf,
  cellsOf,
  failureOf,
  type Parts,
  partsOf,
  readFirst,
  readRows,
  relationships,
  sharedStrings,
  styles,
  worksheet,
} from './book.ts';
import { zipOf } from './zip-writer.ts';

const row = (number: number, ...values: readonly string[]): string =>
  `<row r="${number}">${values.map((value, index) => `<c r="${'ABCDEFGH'[index]}${number}" t="str"><v>${value}</v></c>`).join('')}</row>`;

describe('parts', () => {
  const sheet = worksheet(row(1, 'ID'));

  it.each<[string, Parts]>([
    ['without styles and shared strings', {}],
    [
      'with absolute targets',
      { 'xl/_rels/workbook.xml.rels': relationships(['r1', 'worksheet', '/xl/worksheets/sheet1.xml']) },
    ],
    [
      'with backslashes in targets',
      { 'xl/_rels/workbook.xml.rels': relationships(['r1', 'worksheet', 'worksheets\\sheet1.xml']) },
    ],
    [
      'all in the root',
      {
        '_rels/.rels': relationships(['r1', 'officeDocument', 'book.xml']),
        'xl/workbook.xml': null,
        'xl/_rels/workbook.xml.rels': null,
        'book.xml': '<workbook><sheets><sheet name="Deals" sheetId="1" r:id="a"/></sheets></workbook>',
        '_rels/book.xml.rels': relationships(['a', 'worksheet', 'xl/worksheets/sheet1.xml']),
      },
    ],
    [
      'of the strict format',
      {
        '_rels/.rels':
          '<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      },
    ],
    [
      'with prefixes',
      {
        'xl/workbook.xml':
          '<x:workbook><x:sheets><x:sheet name="Deals" sheetId="1" r:id="r1"/></x:sheets></x:workbook>',
        'xl/_rels/workbook.xml.rels':
          '<p:Relationships><p:Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></p:Relationships>',
        'xl/worksheets/sheet1.xml':
          '\ufeff<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>ID</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    ],
    ['in UTF-16', { 'xl/worksheets/sheet1.xml': Buffer.from(`\ufeff${sheet.replace('UTF-8', 'UTF-16')}`, 'utf16le') }],
    [
      'with links out of the file',
      {
        'xl/_rels/workbook.xml.rels': relationships(['r1', 'worksheet', 'worksheets/sheet1.xml']).replace(
          '<Relationship ',
          '<Relationship Id="x" Type="y/styles" TargetMode="External" Target="http://localhost/"/><Relationship ',
        ),
      },
    ],
  ])('%s', async (_name, changes) => {
    const { rows, notices } = await readFirst(bookOf(sheet, changes));
    expect(rows.map(({ cells }) => cells)).toEqual([['ID']]);
    expect(notices).toEqual([]);
  });

  it('are found whatever the case and slashes of their names', async () => {
    const entries = Object.entries(partsOf(sheet)).map(([name, content]) => ({
      name: name.toUpperCase().replaceAll('/', '\\'),
      content,
    }));
    expect((await readFirst(zipOf(entries))).rows).toHaveLength(1);
  });

  it.each<[string, string | Buffer, Parts, string]>([
    ['no relationships of the archive', sheet, { '_rels/.rels': null }, 'its part _rels/.rels is missing'],
    ['no workbook among them', sheet, { '_rels/.rels': relationships() }, 'it has no workbook part'],
    ['no workbook part', sheet, { 'xl/workbook.xml': null }, 'its part xl/workbook.xml is missing'],
    [
      'no relationships of the workbook',
      sheet,
      { 'xl/_rels/workbook.xml.rels': null },
      'its part xl/_rels/workbook.xml.rels is missing',
    ],
    ['no part of a sheet', sheet, { 'xl/worksheets/sheet1.xml': null }, 'the part of sheet “Deals” is missing'],
    [
      'no relationship of a sheet',
      sheet,
      { 'xl/_rels/workbook.xml.rels': relationships() },
      'the part of sheet “Deals” is missing',
    ],
    ['no sheet', sheet, { 'xl/workbook.xml': '<workbook><sheets/></workbook>' }, 'it has no sheets'],
    [
      'no shared strings, and a cell that needs them',
      worksheet('<row><c t="s"><v>0</v></c></row>'),
      {},
      'xl/worksheets/sheet1.xml: cell A1 has a shared text, and these are missing',
    ],
    [
      'a shared string less',
      worksheet('<row r="7"><c r="C7" t="s"><v>1</v></c></row>'),
      { 'xl/sharedStrings.xml': sharedStrings('<t>x</t>') },
      'cell C7 has the shared text 1, and there are 1',
    ],
    [
      'a broken number of a shared string',
      worksheet('<row><c t="s"><v>x</v></c></row>'),
      { 'xl/sharedStrings.xml': sharedStrings('<t>x</t>') },
      'the shared text x',
    ],
    ['broken styles', sheet, { 'xl/styles.xml': '<styleSheet>' }, 'xl/styles.xml: its XML ends too early'],
    ['a sheet that is cut', sheet.slice(0, -20), {}, 'xl/worksheets/sheet1.xml: its XML ends too early'],
    [
      'a DOCTYPE',
      `<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>${worksheet(row(1, '&amp;x;'))}`,
      {},
      'it has a DOCTYPE',
    ],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('<worksheet><a>'), Buffer.from([0xff]), Buffer.from('</a></worksheet>')]),
      {},
      'byte 14 is not UTF-8',
    ],
  ])('%s is told', async (_name, xml, changes, reason) => {
    const error = await failureOf(bookOf(xml, changes));
    expect(error.code).toBe('file/damaged');
    expect(error.message).toContain(reason);
  });
});

describe('sheets', () => {
  const changes: Parts = {
    'xl/workbook.xml': `<workbook><sheets><sheet name="A &amp; B" r:id="r1"/><sheet name="Chart" r:id="r4"/><sheet name="Old" state="hidden" r:id="r5"/><sheet name="Older" state="veryHidden" r:id="r5"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r4', 'chartsheet', 'chart.xml'],
      ['r5', 'worksheet', 'old.xml'],
    ),
    'xl/old.xml': worksheet(row(1, 'x')),
  };

  it('have names, are hidden or not, and only those with cells count', async () => {
    const sheets = await readWorkbook('deals.xlsx', bookOf(worksheet(row(1, 'ID')), changes));
    expect(sheets.map(({ name, state }) => [name, state])).toEqual([
      ['A & B', 'visible'],
      ['Old', 'hidden'],
      ['Older', 'veryHidden'],
    ]);
  });

  it('are read anew each time, as far as wanted', async () => {
    const [sheet] = await readWorkbook('deals.xlsx', bookOf(worksheet(row(1, 'a') + row(2, 'b')), changes));
    for (let time = 0; time < 3; time++) {
      for await (const first of sheet?.rows() ?? []) {
        expect(first.cells).toEqual(['a']);
        break;
      }
    }
    expect((await readRows(sheet!)).rows).toHaveLength(2);
  });

  it('without cells have no rows', async () => {
    expect((await readFirst(bookOf('<worksheet/>'))).rows).toEqual([]);
    expect((await readFirst(bookOf(worksheet('<row r="1"><c r="A1" s="0"/></row><row r="2"/>')))).rows).toEqual([]);
  });
});

describe('cells', () => {
  const cell = (attributes: string, content: string): string =>
    `<row r="1"><c r="A1" ${attributes}>${content}</c></row>`;

  it.each<[string, string, string, string]>([
    ['a number', '', '<v>1234.50</v>', '1234.5'],
    ['a number with its type', 't="n"', '<v>7</v>', '7'],
    ['a boolean', 't="b"', '<v>1</v>', 'TRUE'],
    ['an error', 't="e"', '<v>#DIV/0!</v>', '#DIV/0!'],
    ['a text', 't="str"', '<v> a &lt; b\n</v>', ' a < b\n'],
    ['a text in CDATA', 't="str"', '<v><![CDATA[<a>]]></v>', '<a>'],
    ['an inline text', 't="inlineStr"', '<is><t xml:space="preserve"> a </t></is>', ' a '],
    [
      'an inline text of runs',
      't="inlineStr"',
      '<is><t>0 </t><r><rPr><b/></rPr><t>1 </t></r><r><t>2</t></r></is>',
      '0 1 2',
    ],
    ['an inline text without its type', '', '<is><t>a</t></is>', 'a'],
    ['an inline text in the value', 't="inlineStr"', '<v>a</v>', 'a'],
    ['a shared text', 't="s"', '<v>0</v>', 'Won'],
    ['a shared text of runs, without how to read it', 't="s"', '<v>1</v>', '客户名'],
    ['a shared text with escapes', 't="s"', '<v>2</v>', 'a\r\nb_x0041_'],
    ['an empty shared text', 't="s"', '<v>3</v>', ''],
    ['an ISO date', 't="d" s="1"', '<v>2024-05-01T10:00:00</v>', '2024-05-01'],
    ['a date', 's="1"', '<v>45413</v>', '2024-05-01'],
    ['a percentage', 's="2"', '<v>0.6</v>', '60%'],
    ['a formula', '', '<f>1+1</f><v>2</v>', '2'],
    ['a formula giving a text', 't="str"', '<f>"a"</f><v>a</v>', 'a'],
    ['a formula giving an empty text', 't="str"', '<f>""</f><v></v>', ''],
    ['a formula giving a date', 's="1"', '<f>TODAY()</f><v>45413</v>', '2024-05-01'],
    ['a cell with its own extensions', 't="str"', '<extLst><ext><t>x</t></ext></extLst><v>a</v>', 'a'],
  ])('%s', async (_name, attributes, content, expected) => {
    const bytes = bookOf(worksheet(cell(attributes, content)), {
      'xl/styles.xml': styles('yyyy-mm-dd', '0%'),
      'xl/sharedStrings.xml': sharedStrings(
        '<t>Won</t>',
        '<r><t>客户</t></r><r><rPr/><t>名</t></r><rPh sb="0" eb="1"><t>kehu</t></rPh><phoneticPr fontId="1"/>',
        '<t>a_x000D_\nb_x005F_x0041_</t>',
        '<t/>',
      ),
    });
    const { rows, notices } = await readFirst(bytes);
    expect(rows.map(({ cells }) => cells)).toEqual([[expected]]);
    expect(notices).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['without a value', '', '<f>A2</f>'],
    ['with an empty one', '', '<f>A2</f><v/>'],
    ['with an empty one of type number', 't="n"', '<f>A2</f><v></v>'],
    ['without a text', 't="str"', '<f>A2</f>'],
  ])('a formula %s is blank and told', async (_name, attributes, content) => {
    const { rows, notices } = await readFirst(bookOf(worksheet(cell(attributes, content))));
    expect(rows.map(({ cells }) => cells)).toEqual([['']]);
    expect(notices).toEqual([{ code: 'table/formula-without-result', args: { cells: 1 }, line: 1, cell: 'A1' }]);
  });

  it.each<[string, string, string]>([
    ['text for a number', '', 'abc'],
    ['a hexadecimal number', '', '0x10'],
    ['more than any number', '', '1e999'],
    ['a third truth', 't="b"', '2'],
    ['an impossible day', 't="d"', '2024-13-45'],
    ['an unknown type', 't="zzz"', '1'],
    ['a date before all dates', 's="1"', '-1'],
  ])('%s is given as written, and told', async (_name, attributes, value) => {
    const bytes = bookOf(worksheet(row(1, 'x') + cell(attributes, `<v>${value}</v>`).replaceAll('1"', '2"')), {
      'xl/styles.xml': styles('0', 'yyyy-mm-dd'),
    });
    const { rows, notices } = await readFirst(bytes);
    expect(rows.map(({ cells }) => cells)).toEqual([['x'], [value]]);
    expect(notices).toEqual([{ code: 'table/odd-cell', args: { cells: 1 }, line: 2, cell: 'A2' }]);
  });

  it('with a style that is missing are told, where it could make a difference', async () => {
    const sheet = worksheet(
      '<row><c s="9"><v>45413</v></c><c s="9" t="str"><v>a</v></c><c s="0"><v>1</v></c><c><v>2</v></c></row>',
    );
    for (const changes of [{}, { 'xl/styles.xml': styles('0%') }]) {
      const { rows, notices } = await readFirst(bookOf(sheet, changes));
      expect(rows.map(({ cells }) => cells)).toEqual([['45413', 'a', '1', '2']]);
      expect(notices).toEqual([{ code: 'table/format-missing', args: { cells: 1 }, line: 1, cell: 'A1' }]);
    }
  });

  it('of the built-in formats', async () => {
    const ids = [0, 1, 9, 10, 14, 18, 22, 31, 33, 46, 49, 57];
    const style = `<styleSheet><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`;
    const cells = ids.map((_, index) => `<c s="${index}"><v>1.25</v></c>`).join('');
    expect(await cellsOf(`<row>${cells}</row>`, { 'xl/styles.xml': style })).toEqual([
      [
        1,
        '1.25',
        '1.25',
        '125%',
        '125%',
        '1900-01-01',
        '30:00:00',
        '1900-01-01T06:00:00',
        '1900-01-01',
        '30:00:00',
        '30:00:00',
        '1.25',
        '1900-01-01',
      ],
    ]);
  });

  it('take their format from the cell styles alone', async () => {
    const style = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs><dxfs><dxf><numFmt numFmtId="200" formatCode="0%"/></dxf></dxfs></styleSheet>`;
    expect(await cellsOf('<row><c><v>1</v></c><c s="1"><v>45413</v></c></row>', { 'xl/styles.xml': style })).toEqual([
      [1, '1', '2024-05-01'],
    ]);
  });

  it('of the 1904 system', async () => {
    const changes = {
      'xl/workbook.xml':
        '<workbook><workbookPr date1904="true"/><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      'xl/styles.xml': styles('yyyy-mm-dd'),
    };
    expect(await cellsOf('<row><c s="1"><v>43831</v></c></row>', changes)).toEqual([[1, '2024-01-02']]);
  });

  it('with a text longer than any cell are refused', async () => {
    const error = await failureOf(
      bookOf(worksheet(`<row><c t="inlineStr"><is><t>${'长 text '.repeat(3 << 20)}</t></is></c></row>`)),
    );
    expect(error.message).toContain('more than 16 million characters');
  });
});

describe('places', () => {
  const v = (reference: string, value: string): string =>
    `<c${reference === '' ? '' : ` r="${reference}"`}><v>${value}</v></c>`;

  it.each<[string, string, [number, ...string[]][]]>([
    [
      'named',
      `<row r="2">${v('B2', '1')}${v('D2', '2')}</row><row r="5">${v('A5', '3')}</row>`,
      [
        [2, '', '1', '', '2'],
        [5, '3'],
      ],
    ],
    [
      'not named',
      `<row>${v('', '1')}${v('', '2')}</row><row/><row>${v('', '3')}</row>`,
      [
        [1, '1', '2'],
        [3, '3'],
      ],
    ],
    [
      'named in part',
      `<row r="3">${v('', '1')}${v('C3', '2')}${v('', '3')}</row><row>${v('', '4')}</row>`,
      [
        [3, '1', '', '2', '3'],
        [4, '4'],
      ],
    ],
    [
      'named by the cells alone',
      `<row>${v('A1', '1')}</row><row>${v('B7', '2')}${v('', '3')}</row><row>${v('', '4')}</row>`,
      [
        [1, '1'],
        [7, '', '2', '3'],
        [8, '4'],
      ],
    ],
    ['in small letters', `<row r="1">${v('b1', '1')}</row>`, [[1, '', '1']]],
    ['from right to left', `<row r="1">${v('C1', '3')}${v('A1', '1')}</row>`, [[1, '1', '', '3']]],
    [
      'in rows out of order',
      `<row r="4">${v('A4', '4')}</row><row r="2">${v('A2', '2')}</row><row r="3">${v('A3', '3')}</row>`,
      [
        [2, '2'],
        [3, '3'],
        [4, '4'],
      ],
    ],
  ])('%s', async (_name, rows, expected) => {
    expect(await cellsOf(rows)).toEqual(expected);
  });

  it.each([
    ['<row r="0"/>', '“0” is no row number'],
    ['<row r="x"/>', '“x” is no row number'],
    ['<row r="-1"/>', '“-1” is no row number'],
    [`<row r="1048577">${v('', '1')}</row>`, 'A1048577 is beyond'],
    [`<row r="999999999">${v('A999999999', '1')}</row>`, 'A999999999 is beyond'],
    [`<row r="2">${v('A0', '1')}</row>`, 'row 2: “A0” is no cell name'],
    [`<row r="2">${v('2B', '1')}</row>`, '“2B” is no cell name'],
    [`<row r="2"><c r=""><v>1</v></c></row>`, '“” is no cell name'],
    [`<row r="2">${v('$A$2', '1')}</row>`, '“$A$2” is no cell name'],
    [`<row r="2">${v('C3', '1')}</row>`, 'cell C3 stands in row 2'],
    [`<row>${v('A5', '1')}</row><row>${v('A2', '1')}</row>`, 'cell A2 stands in row 6'],
    [`<row r="2">${v('XFE2', '1')}</row>`, 'XFE2 is beyond'],
    [`<row r="2">${v('ZZZZZ2', '1')}</row>`, 'ZZZZZ2 is beyond'],
    [`<row r="2">${v('XFD2', '1')}${v('', '1')}</row>`, 'XFE2 is beyond'],
    ['<row r="1048576"/><row/>', 'A1048577 is beyond'],
  ])('%s is refused', async (rows, reason) => {
    expect((await failureOf(bookOf(worksheet(rows)))).message).toContain(reason);
  });

  it('that hold two values keep the last, and are told', async () => {
    const sheet = worksheet(
      `<row r="2">${v('A2', '1')}${v('A2', '2')}</row><row r="2">${v('B2', '3')}${v('A2', '4')}</row><row r="3">${v('A3', '5')}<c r="A3" s="0"/></row>`,
    );
    const { rows, notices } = await readFirst(bookOf(sheet));
    expect(rows.map(({ row: number, cells }) => [number, ...cells])).toEqual([
      [2, '4', '3'],
      [3, '5'],
    ]);
    expect(notices).toEqual([{ code: 'table/cell-twice', args: { cells: 2 }, line: 2, cell: 'A2' }]);
  });

  it('far apart cost little', async () => {
    const sheet = worksheet(
      `<row r="1">${v('A1', '1')}</row><row r="1048576">${v('XFD1048576', '2')}</row>`,
      '',
      '<dimension ref="A1:XFD1048576"/>',
    );
    const { rows } = await readFirst(bookOf(sheet));
    expect(rows.map(({ row: number, cells }) => [number, cells.length])).toEqual([
      [1, 1],
      [1048576, 16384],
    ]);
  });

  it('far apart in every row are refused', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `<row>${v(`XFD${index + 1}`, '1')}</row>`).join('');
    expect((await failureOf(bookOf(worksheet(rows)))).message).toContain('too far apart');
  });

  it('in the last of many columns are read, however many rows a chunk holds', async () => {
    const rows = Array.from({ length: 9000 }, (_, index) => `<row>${v(`ATD${index + 1}`, '1')}</row>`).join('');
    expect((await readFirst(bookOf(worksheet(rows)))).rows.length).toBe(9000);
  });

  it('do not depend on what else the sheet says', async () => {
    const sheet = worksheet(
      row(1, 'a'),
      '<dataValidations><dataValidation sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations><extLst><ext><c r="Z9"><v>9</v></c></ext></extLst>',
      '<dimension ref="A1"/><sheetViews><sheetView><selection sqref="A1"/></sheetView></sheetViews>',
    );
    expect((await readFirst(bookOf(sheet))).rows.map(({ cells }) => cells)).toEqual([['a']]);
  });
});

describe('hidden rows and columns', () => {
  it('are read, and told where they have cells', async () => {
    const rows =
      '<row r="1"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row r="2" hidden="1"><c><v>4</v></c></row><row r="3" hidden="1"/><row r="4" hidden="0"><c><v>5</v></c></row>';
    const columns =
      '<cols><col min="1" max="1" hidden="0"/><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols>';
    const { rows: read, notices } = await readFirst(bookOf(worksheet(rows, '', columns)));
    expect(read).toHaveLength(3);
    expect(notices).toEqual([
      { code: 'table/hidden-rows', args: { rows: 1 }, line: 2, cell: null },
      { code: 'table/hidden-columns', args: { columns: 1, first: 'B' }, line: null, cell: null },
    ]);
  });
});

describe('merged cells', () => {
  const merges = (...ranges: readonly string[]): string =>
    `<mergeCells>${ranges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`;
  const rows =
    '<row r="1"><c r="A1" t="str"><v>ID</v></c><c r="B1" t="str"><v>Money</v></c></row><row r="2"><c r="B2" t="str"><v>Stage</v></c><c r="C2" t="str"><v>Amount</v></c></row><row r="3"><c r="C3"><v>1</v></c></row>';

  it('repeat their text in headers, within the columns used', async () => {
    const { rows: read } = await readFirst(bookOf(worksheet(rows, merges('A1:A2', 'B1:XFD1'))));
    expect(read.map(({ cells }) => cells)).toEqual([
      ['ID', 'Money'],
      ['', 'Stage', 'Amount'],
      ['', '', '1'],
    ]);
    expect(read.map(({ headerCells }) => headerCells)).toEqual([
      ['ID', 'Money', 'Money'],
      ['ID', 'Stage', 'Amount'],
      ['', '', '1'],
    ]);
  });

  it.each([
    ['over the whole sheet', merges('A5:XFD1048576')],
    ['of no sense', merges('A1', 'x', 'C1:A1', 'A0:A0', 'ZZZ1:ZZZ2')],
  ])('%s change nothing', async (_name, after) => {
    const { rows: read, notices } = await readFirst(bookOf(worksheet(rows, after)));
    expect(read.every(({ cells, headerCells }) => cells.join() === headerCells.join())).toBe(true);
    expect(notices).toEqual([]);
  });

  it('in tens of thousands take no time', async () => {
    const many = merges(...Array.from({ length: 50_000 }, (_, index) => `A${index + 1}:B${index + 1}`));
    expect((await readFirst(bookOf(worksheet(rows, many)))).rows).toHaveLength(3);
  });

  it('that overlap without end are not followed, which is told', async () => {
    const many = merges(...Array.from({ length: 3000 }, () => 'A1:C1000'));
    const { notices } = await readFirst(bookOf(worksheet(rows, many)));
    expect(notices).toMatchObject([{ code: 'table/merges-not-followed' }]);
  });
});
