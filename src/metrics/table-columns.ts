import type { Text } from '../i18n/text.ts';
import type { Translator } from '../i18n/translator.ts';
import type { TableColumn } from '../report/document.ts';

/** A column of words; see `TableColumn` for the priority. */
export function wordColumn(title: Text, priority: number, translator: Translator, note?: Text): TableColumn {
  return columnOf('left', title, priority, translator, note);
}

/** A column of figures, flush right. */
export function figureColumn(title: Text, priority: number, translator: Translator, note?: Text): TableColumn {
  return columnOf('right', title, priority, translator, note);
}

function columnOf(
  align: TableColumn['align'],
  title: Text,
  priority: number,
  translator: Translator,
  note?: Text,
): TableColumn {
  const column = { title: translator.text(title), align, priority };
  return note === undefined ? column : { ...column, note: translator.text(note) };
}
