import { describe, expect, it } from 'vitest';
import { readSpreadsheetXml } from '../../../src/source/spreadsheet-xml/spreadsheet-xml.ts';
import { cellsOf, checkDamage, failureOf } from '../grid-readings.ts';
import { type Reading, readRows } from '../workbook/book.ts';

const NAMESPACE = 'urn:schemas-microsoft-com:office:spreadsheet';
const STYLES = `<Styles>
  <Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>
  <Style ss:ID="day"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>
  <Style ss:ID="named"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="moment"><NumberFormat ss:Format="General Date"/></Style>
  <Style ss:ID="clock"><NumberFormat ss:Format="Short Time"/></Style>
  <Style ss:ID="rate"><NumberFormat ss:Format="Percent"/></Style>
  <Style ss:ID="fixed"><NumberFormat ss:Format="Fixed"/></Style>
  <Style ss:ID="child" ss:Parent="day"><Font/></Style>
</Styles>`;
const worksheet = (table: string, name = 'Deals', after = ''): string =>
  `<Worksheet ss:Name="${name}"><Table ss:ExpandedRowCount="1" ss:ExpandedColumnCount="1">${table}</Table>${after}</Worksheet>`;
const workbook = (...sheets: readonly string[]): string =>
  `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="${NAMESPACE}" xmlns:ss="${NAMESPACE}">${STYLES}${sheets.join('')}</Workbook>`;
const data = (type: string, value: string): string => `<Data ss:Type="${type}">${value}</Data>`;
const text = (value: string): string => `<Cell>${data('String', value)}</Cell>`;

const read = (xml: string | Buffer) => readSpreadsheetXml('deals.xml', Buffer.from(xml as string));
const cells = async (table: string) => cellsOf(await read(workbook(worksheet(table))));

async function readFirst(xml: string): Promise<Reading> {
  return readRows((await read(xml))[0] as never);
}

describe('cells of an XML spreadsheet', () => {
  it.each([
    ['a text', `<Cell>${data('String', ' A &amp; B&#10;客户 ')}</Cell>`, ' A & B\n客户 '],
    ['rich text', `<Cell>${data('String', '<B>Cl</B>osed <I><Font>Won</Font></I>')}</Cell>`, 'Closed Won'],
    ['a number', `<Cell>${data('Number', '0.30000000000000004')}</Cell>`, '0.30000000000000004'],
    ['a number with an exponent', `<Cell>${data('Number', '1.2E5')}</Cell>`, '120000'],
    ['a percentage', `<Cell ss:StyleID="rate">${data('Number', '0.6')}</Cell>`, '60%'],
    ['an amount of a named format', `<Cell ss:StyleID="fixed">${data('Number', '12')}</Cell>`, '12'],
    ['a date', `<Cell ss:StyleID="day">${data('DateTime', '2026-05-01T00:00:00.000')}</Cell>`, '2026-05-01'],
    [
      'a date of a named format',
      `<Cell ss:StyleID="named">${data('DateTime', '2026-05-01T10:00:00')}</Cell>`,
      '2026-05-01',
    ],
    [
      'a moment',
      `<Cell ss:StyleID="moment">${data('DateTime', '2026-05-01T10:22:00.000')}</Cell>`,
      '2026-05-01T10:22:00',
    ],
    ['a time', `<Cell ss:StyleID="clock">${data('DateTime', '1899-12-31T10:22:00.000')}</Cell>`, '10:22:00'],
    ['a date without a format', `<Cell>${data('DateTime', '2026-05-01T00:00:00.000')}</Cell>`, '2026-05-01'],
    ['a moment without a format', `<Cell>${data('DateTime', '2026-05-01T10:22:00')}</Cell>`, '2026-05-01T10:22:00'],
    ['a date in a number', `<Cell ss:StyleID="child">${data('Number', '46143')}</Cell>`, '2026-05-01'],
    ['a boolean', `<Cell>${data('Boolean', '1')}</Cell>`, 'TRUE'],
    ['an error', `<Cell ss:Formula="=1/0">${data('Error', '#DIV/0!')}</Cell>`, '#DIV/0!'],
    ['a text with a comment', `<Cell>${data('String', 'a')}<Comment>${data('String', 'note')}</Comment></Cell>`, 'a'],
    ['a comment before it', `<Cell><Comment>${data('String', 'note')}</Comment>${data('String', 'a')}</Cell>`, 'a'],
  ])('%s', async (_name, cell, expected) => {
    expect(await cells(`<Row>${cell}</Row>`)).toEqual([[1, expected]]);
  });

  it('have the style of their row or column where they name none', async () => {
    const number = `<Cell>${data('Number', '46143')}</Cell>`;
    const table = `<Column ss:Index="2" ss:Span="1" ss:StyleID="day"/><Row>${number.repeat(4)}</Row><Row ss:StyleID="rate">${number}</Row>`;
    expect(await cells(table)).toEqual([
      [1, '46143', '2026-05-01', '2026-05-01', '46143'],
      [2, '4614300%'],
    ]);
  });

  it('stand where they say', async () => {
    const table = `<Row ss:Index="3">${text('a')}<Cell ss:Index="4">${data('String', 'b')}</Cell>${text('c')}</Row>
      <Row ss:Span="2"/><Row>${text('d')}</Row>`;
    expect(await cells(table)).toEqual([
      [3, 'a', '', '', 'b', 'c'],
      [7, 'd'],
    ]);
  });

  it('that are merged give their text to a header', async () => {
    const table = `<Row><Cell ss:MergeDown="1">${data('String', 'Deal')}</Cell><Cell ss:MergeAcross="1">${data('String', 'Amount')}</Cell>${text('Stage')}</Row>
      <Row><Cell ss:Index="2">${data('String', 'Net')}</Cell>${text('Gross')}${text('x')}</Row>`;
    expect((await readFirst(workbook(worksheet(table)))).rows).toEqual([
      { row: 1, cells: ['Deal', 'Amount', '', 'Stage'], headerCells: ['Deal', 'Amount', 'Amount', 'Stage'] },
      { row: 2, cells: ['', 'Net', 'Gross', 'x'], headerCells: ['Deal', 'Net', 'Gross', 'x'], spanned: [0] },
    ]);
  });

  it('of the 1904 system', async () => {
    const xml = workbook(worksheet(`<Row><Cell ss:StyleID="day">${data('Number', '44681')}</Cell></Row>`));
    const set = xml.replace('<Styles>', '<ExcelWorkbook><Date1904/></ExcelWorkbook><Styles>');
    expect(await cellsOf(await read(set))).toEqual([[1, '2026-05-01']]);
  });

  it('that are not what they say are told', async () => {
    const odd = `<Cell>${data('Number', 'n/a')}</Cell><Cell ss:Formula="=A1"/><Cell ss:StyleID="none">${data('Number', '1')}</Cell>`;
    const { rows, notices } = await readFirst(workbook(worksheet(`<Row>${odd}</Row>`)));
    expect(rows.map((row) => row.cells)).toEqual([['n/a', '', '1']]);
    expect(notices.map(({ code, cell }) => [code, cell])).toEqual([
      ['table/formula-without-result', 'B1'],
      ['table/odd-cell', 'A1'],
      ['table/format-missing', 'C1'],
    ]);
  });
});

describe('an XML spreadsheet', () => {
  it('says what it hides', async () => {
    const options = (word: string): string =>
      `<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>${word}</Visible></WorksheetOptions>`;
    const hidden = `<Column ss:Index="2" ss:Hidden="1"/><Row>${text('a')}${text('b')}</Row><Row ss:Hidden="1">${text('c')}</Row>`;
    const xml = workbook(
      worksheet(hidden, 'A'),
      worksheet('', 'B', options('SheetHidden')),
      worksheet('', 'C', options('SheetVeryHidden')),
    );
    expect((await read(xml)).map(({ name, state }) => [name, state])).toEqual([
      ['A', 'visible'],
      ['B', 'hidden'],
      ['C', 'veryHidden'],
    ]);
    expect((await readFirst(xml)).notices.map(({ code }) => code)).toEqual([
      'table/hidden-rows',
      'table/hidden-columns',
    ]);
  });

  it('may have a prefix on every element', async () => {
    const xml = `<ss:Workbook xmlns:ss="${NAMESPACE}"><ss:Worksheet ss:Name="A"><ss:Table><ss:Row><ss:Cell><ss:Data ss:Type="String">x</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>`;
    expect(await cellsOf(await read(xml))).toEqual([[1, 'x']]);
  });

  const declared = (encoding: string, value: string): string =>
    workbook(worksheet(`<Row>${text(value)}</Row>`)).replace('version="1.0"', `version="1.0" encoding="${encoding}"`);

  it.each<[string, Buffer, string]>([
    ['ISO-8859-1', Buffer.from(declared('ISO-8859-1', 'é'), 'latin1'), 'é'],
    ['UTF-16', Buffer.from(`\ufeff${declared('UTF-16', '客户')}`, 'utf16le'), '客户'],
    ['GB2312, behind blank lines', Buffer.from(`\r\n\n${declared('GB2312', '\xbf\xcd\xbb\xa7')}`, 'latin1'), '客户'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${declared('UTF-8', '客户')}`), '客户'],
  ])('may be in %s', async (_name, bytes, expected) => {
    expect(await cellsOf(await read(bytes))).toEqual([[1, expected]]);
  });

  it.each([
    ['for a row beyond all', workbook(worksheet('<Row ss:Index="999999999"/>')), 'Row 999999999 is beyond'],
    ['for a column beyond all', workbook(worksheet('<Row><Cell ss:Index="20000"/></Row>')), 'Cell 20000 is beyond'],
    ['for a row of no number', workbook(worksheet('<Row ss:Index="x"/>')), 'Row x is beyond'],
    ['for rows out of order', workbook(worksheet('<Row ss:Index="5"/><Row ss:Index="2"/>')), 'row 2 is out of order'],
    ['when it breaks off', workbook(worksheet(`<Row>${text('a')}</Row>`)).slice(0, -30), 'ends too early'],
    ['without a sheet', workbook(), 'no sheets'],
    ['that is other XML', '<?xml version="1.0"?><rss><Worksheet/></rss>', 'no spreadsheet'],
    [
      'with entities',
      workbook(worksheet('<Row/>')).replace('<Workbook', '<!DOCTYPE w [<!ENTITY a "&b;">]>\n<Workbook'),
      'DOCTYPE',
    ],
    [
      'with cells that lie far apart',
      workbook(worksheet(`<Row><Cell ss:Index="16384">${data('String', 'x')}</Cell></Row>`.repeat(1000))),
      'too far apart',
    ],
  ])('is refused %s', async (_name, xml, reason) => {
    const error = await failureOf(() => read(xml));
    expect(error.code).toBe('file/damaged');
    expect(error.message).toContain(reason);
  });

  it('that is damaged is read or refused', async () => {
    const row = `<Row ss:Height="12"><Cell ss:MergeDown="1" ss:StyleID="day">${data('DateTime', '2026-05-01T00:00:00.000')}</Cell>${text('a &amp; b')}<Cell ss:Index="4">${data('Number', '1.5')}</Cell></Row>`;
    await checkDamage(Buffer.from(workbook(worksheet(`<Column ss:Hidden="1"/>${row.repeat(10)}`))), read);
  });
});
