import { say } from '../../i18n/text.ts';
import type { TableBlock, TableColumn } from '../../report/document.ts';
import { inlineMarkup, plainText } from './inline.ts';
import { type Content, html, type Markup } from './markup.ts';
import type { Scene } from './scene.ts';

const TABLE = say('Table', '表格');
const COLON = say(': ', '：');

function alignClass({ align }: TableColumn): Content {
  return align === 'right' ? html` class="number"` : null;
}

function columnTitle({ title, note }: TableColumn, isShown: boolean): Content {
  if (!isShown) return html`<span class="unseen">${title}</span>`;
  return note === undefined ? title : html`<abbr title="${note}">${title}</abbr>`;
}

function headRow({ columns, header }: TableBlock): Markup {
  const isShown = header !== false && columns.some(({ title }) => title !== '');
  const cells = columns.map((column) =>
    column.title === ''
      ? html`<td${alignClass(column)}></td>`
      : html`<th scope="col"${alignClass(column)}>${columnTitle(column, isShown)}</th>`,
  );
  return html`<thead${isShown ? null : html` class="bare"`}><tr>${cells}</tr></thead>`;
}

function bodyRow({ columns }: TableBlock, row: TableBlock['rows'][number]): Markup {
  const cells = columns.map((column, index) => {
    const content = inlineMarkup(row[index] ?? '');
    const isRowTitle = index === 0 && column.align === 'left' && plainText(row[0] ?? '') !== '';
    return isRowTitle ? html`<th scope="row">${content}</th>` : html`<td${alignClass(column)}>${content}</td>`;
  });
  return html`<tr>${cells}</tr>\n`;
}

/** Notes are told in full below the table too: nobody hovers over paper or a phone. */
function notes({ columns }: TableBlock, { translator }: Scene): Markup[] {
  const colon = translator.text(COLON);
  return columns.flatMap(({ title, note }) =>
    note === undefined ? [] : [html`<p class="note">${`${title}${colon}${note}`}</p>`],
  );
}

/** A table that scrolls sideways within the page where it is wider than that. */
export function tableMarkup(block: TableBlock, scene: Scene): Markup {
  if (block.rows.length === 0 || block.columns.length === 0) return html``;
  const name = block.caption === undefined ? scene.translator.text(TABLE) : plainText(block.caption);
  const caption = block.caption === undefined ? null : html`<p class="note">${inlineMarkup(block.caption)}</p>`;
  return html`<div class="scroll" role="group" aria-label="${name}" tabindex="0"><table>${headRow(block)}<tbody>
${block.rows.map((row) => bodyRow(block, row))}</tbody></table></div>
${caption}${notes(block, scene)}`;
}
