import { describe, expect, it } from 'vitest';
import { declaredHtmlCharset, declaredXmlEncoding } from '../../../src/source/encoding/declared-encoding.ts';
import { readHtmlTables } from '../../../src/source/html/html-table.ts';
import { cellsOf, checkDamage, failureOf } from '../grid-readings.ts';
import { type Reading, readRows } from '../workbook/book.ts';

const read = (html: string) => readHtmlTables('deals.xls', html);
const tableOf = (...rows: readonly string[]): string =>
  `<table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
const HEADER = '<th>Deal</th><th>Stage</th>';

/** Cells of the rows under a header. */
async function rowsOf(...rows: readonly string[]): Promise<(readonly [number, ...string[]])[]> {
  return (await cellsOf(read(tableOf(HEADER, ...rows)))).slice(1);
}

async function readFirst(html: string): Promise<Reading> {
  const [grid] = read(html);
  if (grid === undefined) throw new Error('no table');
  return readRows(grid);
}

async function textOf(cell: string): Promise<string | undefined> {
  return (await rowsOf(`<td>x</td>${cell}`))[0]?.[2] as string | undefined;
}

describe('a cell of a page', () => {
  it.each([
    ['blanks', '<td>\n  Closed \t Won  </td>', 'Closed Won'],
    ['references', '<td>A &amp; B &lt;1&gt; &#23458;&eacute;</td>', 'A & B <1> 客é'],
    ['a reference that is none', '<td>R&D &unknown;</td>', 'R&D &unknown;'],
    ['a line break', '<td>first<br> second <br/>third</td>', 'first\nsecond\nthird'],
    ['paragraphs', '<td><p>first</p><p>second</p></td>', 'first\nsecond'],
    ['blanks that do not break', '<td>1&nbsp;000</td>', '1 000'],
    ['nothing but such a blank', '<td>&nbsp;</td>', ''],
    ['marks within a word', '<td>Cl<b>os</b>ed <i>Won</i></td>', 'Closed Won'],
    ['a link', '<td><a href="/1">Deal 1</a></td>', 'Deal 1'],
    ['a hidden sort key', '<td><span style="DISPLAY : none">20260501</span>1 May 2026</td>', '1 May 2026'],
    ['a script and a style', '<td>a<script>"</td>"</script><style>b{}</style>c</td>', 'ac'],
    ['leading zeros', '<td>00123</td>', '00123'],
    ['a comment', '<td>a<!-- <td>x</td> -->b</td>', 'ab'],
    ['a table to lay out text', '<td>To:<table><tr><td>Li</td></tr><tr><td>Bo</td></tr></table></td>', 'To:\nLi\nBo'],
    ['the full value of a number', '<td x:num="1234.5678">1,235</td>', '1234.5678'],
    ['a number that is what is shown', '<td x:num>1,235</td>', '1,235'],
    ['a percentage', '<td x:num="0.125">13%</td>', '12.5%'],
    ['a date whose format is not known', '<td x:num="46143">2026/5/1</td>', '2026/5/1'],
    ['a date', `<td x:num="46143" style='mso-number-format:"yyyy\\\\-mm\\\\-dd"'>1.5.</td>`, '2026-05-01'],
    ['a date of a named format', `<td x:num="46143" style="mso-number-format:'Short Date'">5/1</td>`, '2026-05-01'],
    ['an amount of a named format', `<td x:num="46143.25" style="mso-number-format:Fixed">46143</td>`, '46143.25'],
    ['the full text', '<td x:str="  a  ">a</td>', '  a  '],
  ])('has %s as a browser shows it', async (_name, cell, expected) => {
    expect(await textOf(cell)).toBe(expected);
  });

  it('has its format from a class', async () => {
    const style = '<style><!-- .xl24 {color:red; mso-number-format:"yyyy\\/m\\/d\\0022\\65E5\\0022";} --></style>';
    const html = style + tableOf(HEADER, '<td>x</td><td class=xl24 x:num="46143">1 May</td>');
    expect((await cellsOf(read(html)))[1]).toEqual([2, 'x', '2026-05-01']);
  });

  it('has dates of the 1904 system where the page says so', async () => {
    const island = '<!--[if gte mso 9]><xml><x:Date1904/></xml><![endif]-->';
    const cell = `<td>x</td><td x:num="44681" style="mso-number-format:'Short Date'">x</td>`;
    expect((await cellsOf(read(island + tableOf(HEADER, cell))))[1]).toEqual([2, 'x', '2026-05-01']);
  });
});

describe('rows of a page', () => {
  it('need no end tags', async () => {
    const html = '<TABLE><THEAD><TR><TH>Deal<TH>Stage<TBODY><TR><TD>a<TD><FONT>Won<TR><TD>b<TD>Lost</TABLE>';
    expect(await cellsOf(read(html))).toEqual([
      [1, 'Deal', 'Stage'],
      [2, 'a', 'Won'],
      [3, 'b', 'Lost'],
    ]);
  });

  it('are counted with the blank ones', async () => {
    expect(await rowsOf('<td></td><td>&nbsp;</td>', '<td>a</td><td>b</td>', '')).toEqual([[3, 'a', 'b']]);
  });

  it('have cells that reach over columns and rows', async () => {
    const { rows } = await readFirst(
      tableOf(
        '<th rowspan=2>Deal</th><th colspan=2>Amount</th>',
        '<th>Net</th><th>Gross</th>',
        '<td>a</td><td>1</td><td>2</td>',
      ),
    );
    expect(rows).toEqual([
      { row: 1, cells: ['Deal', 'Amount', ''], headerCells: ['Deal', 'Amount', 'Amount'] },
      { row: 2, cells: ['', 'Net', 'Gross'], headerCells: ['Deal', 'Net', 'Gross'], spanned: [0] },
      { row: 3, cells: ['a', '1', '2'], headerCells: ['a', '1', '2'] },
    ]);
  });

  it('of one section are not reached from another', async () => {
    const html = `<table><thead><tr><th rowspan="0">A<th>B</thead><tbody><tr><td>1<td>2<tr><td rowspan=9>3<td>4<tr><td>5</tbody><tfoot><tr><td>6<td>7</table>`;
    expect(await cellsOf(read(html))).toEqual([
      [1, 'A', 'B'],
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '', '5'],
      [5, '6', '7'],
    ]);
  });

  it('that are hidden are read and told, as are columns', async () => {
    const html = `<table><col><col style="display:none">${HEADER}<tr style="display:none"><td>a<td>b<tr><td>c<td>d</table>`;
    const { rows, notices } = await readFirst(html);
    expect(rows).toHaveLength(3);
    expect(notices).toEqual([
      { code: 'table/hidden-rows', args: { rows: 1 }, line: 2, cell: null },
      { code: 'table/hidden-columns', args: { columns: 1, first: 'B' }, line: null, cell: null },
    ]);
  });

  it('of a page that breaks off are told', async () => {
    const { rows, notices } = await readFirst(tableOf(HEADER, '<td>a</td><td>b</td>').slice(0, -15));
    expect(rows).toHaveLength(2);
    expect(notices.map(({ code }) => code)).toEqual(['table/no-end']);
  });
});

describe('tables of a page', () => {
  const list = tableOf(HEADER, '<td>a</td><td>b</td>');
  const namesOf = (html: string): string[] => read(html).map(({ name }) => name);

  it('are named by their caption, by what Excel says or by number, each name once', () => {
    const island = (...names: string[]): string => names.map((name) => `<x:Name>${name}</x:Name>`).join('');
    expect(namesOf(list + list)).toEqual(['Table 1', 'Table 2']);
    expect(namesOf(list.replace('<tr>', '<caption> Open <b>deals</b></caption><tr>'))).toEqual(['Open deals']);
    expect(namesOf(`<!--${island('R&amp;D', 'Lost')}-->${list}${list}`)).toEqual(['R&D', 'Lost']);
    expect(namesOf(`<xml>${island('Pipeline')}</xml>${list}`)).toEqual(['Pipeline']);
    expect(namesOf(`<!--${island('A', 'A')}-->${list}${list}`)).toEqual(['A', 'A (2)']);
  });

  it('lie in tables that lay out the page', async () => {
    const html = `<table><tr><td>Menu</td><td>${list}</td></tr><tr><td>Foot</td><td>x</td></tr></table>`;
    const grids = read(html);
    expect(grids).toHaveLength(2);
    expect(await cellsOf(grids)).toEqual([
      [1, 'Menu', ''],
      [2, 'Foot', 'x'],
    ]);
    expect(await cellsOf(grids.slice(1))).toEqual([
      [1, 'Deal', 'Stage'],
      [2, 'a', 'b'],
    ]);
  });

  it('are hidden with what is around them', async () => {
    const [grid] = read(`<div style="display:none">${list}</div>`);
    expect(grid?.state).toBe('hidden');
    expect(await cellsOf([grid as never])).toHaveLength(2);
  });

  it.each([
    ['a login page', '<form><input type="Password"></form>'],
    ['a page without a table', '<p>Your session has expired.</p>'],
    ['a table of one row', tableOf(HEADER)],
    ['a table of one column', tableOf('<td>a</td>', '<td>b</td>')],
  ])('are none on %s', (_name, html) => {
    expect(read(`<html><body>${html}</body></html>`)).toEqual([]);
    if (html.includes('input')) expect(read(html + list)).toEqual([]);
  });
});

describe('a page that is made to keep a reader busy', () => {
  const failure = (html: string) => failureOf(async () => readRows(read(html)[0] as never));

  it.each<[string, string, string | null]>([
    ['spans beyond all bounds', tableOf('<td rowspan=1000000000 colspan=1e9>a</td><td>b</td>', '<td>c</td>'), null],
    ['a million unclosed tags', `<table>${'<b>'.repeat(1_000_000)}`, 'file/damaged'],
    ['a million nested tables', '<table><tr><td>'.repeat(1_000_000), 'file/damaged'],
    ['a row of a million cells', `<table><tr>${'<td>'.repeat(1_000_000)}</table>`, 'file/damaged'],
    [
      'cells that reach far',
      `<table><tr>${'<td colspan=1000 rowspan=65534>a'.repeat(16)}${'<tr>'.repeat(60_000)}</table>`,
      'file/too-large',
    ],
    [
      'a million ends of nothing',
      `${'<div>'.repeat(400)}${'</b>'.repeat(1_000_000)}${tableOf('<td>a<td>b', '<td>c')}`,
      null,
    ],
    ['a million blanks', tableOf(`<td>a${'<i> </i>'.repeat(200_000)}<td>b`, '<td>c'), null],
    ['an unclosed comment', `${tableOf('<td>a<td>b', '<td>c')}${'<!--'.repeat(300_000)}`, null],
    ['styles without end', `<style>${'.a{'.repeat(300_000)}</style>${tableOf('<td>a<td x:num="1">b', '<td>c')}`, null],
  ])('%s', async (_name, html, code) => {
    if (code === null) expect((await readFirst(html)).rows.length).toBeGreaterThan(1);
    else expect((await failure(html)).code).toBe(code);
  });

  it('or is damaged is read or refused', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, row) => `<td rowspan="2">Deal ${row}</td><td x:num="${row}">${row}</td>`,
    );
    await checkDamage(Buffer.from(tableOf(HEADER, ...rows)), async (bytes) => read(bytes.toString('latin1')));
  });
});

describe('the encoding that a head declares', () => {
  it.each([
    ['<html><head><META content="text/html; charset=GB2312" http-equiv="Content-Type">', 'gb2312'],
    ['<meta charset="utf-8">', 'utf-8'],
    ["<meta charset = 'Big5'/>", 'big5'],
    ['<html><body>charset=gbk', null],
  ])('%s', (head, expected) => {
    expect(declaredHtmlCharset(Buffer.from(head))).toBe(expected);
  });

  it.each([
    ['<?xml version="1.0" encoding="ISO-8859-1"?>', 'iso-8859-1'],
    [`\n<?xml version='1.0' encoding='GB2312' standalone="yes"?>`, 'gb2312'],
    ['\u00ef\u00bb\u00bf<?xml version="1.0" encoding="UTF-8"?>', 'utf-8'],
    ['<?xml version="1.0"?><a encoding="gbk"/>', null],
  ])('%s', (head, expected) => {
    expect(declaredXmlEncoding(Buffer.from(head, 'latin1'))).toBe(expected);
  });
});
