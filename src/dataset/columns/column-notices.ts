import type { ArgValue } from '../../i18n/text.ts';
import { cellName } from '../../source/place.ts';
import type { Notice, Sheet } from '../../source/sheet.ts';
import type { ColumnQuestion } from '../dataset.ts';
import type { ColumnMapping, ContentMapping } from './content-mapping.ts';
import { headerUnit } from './header-words.ts';
import type { HeaderMapping } from './mapping.ts';

const NO_HEADER: ArgValue = { text: { en: '(no header)', zh: '（无表头）' } };

function headerCell({ headerLine, headerRow }: Sheet, position: number): Pick<Notice, 'line' | 'cell'> {
  return { line: headerLine, cell: cellName(position, headerRow) };
}

function byContent(sheet: Sheet, mapping: ContentMapping): Notice {
  const { index, header, field, confidence, matched, filled } = mapping;
  const name = header.trim() === '' ? NO_HEADER : header.trim();
  const args = { header: name, field: { field }, confidence: { rate: confidence }, matched, filled };
  return { code: 'columns/by-content', args, ...headerCell(sheet, sheet.headers[index]?.position ?? 0) };
}

/** The entry of the rules file that names the likeliest column of each field; null where no column has a header. */
export function yamlOf(questions: readonly ColumnQuestion[]): string | null {
  const entries = questions.flatMap(({ field, candidates }) => {
    const named = candidates.find(({ header }) => header !== '');
    // A JSON string is a YAML string too.
    return named === undefined ? [] : [`${field}: {column: ${JSON.stringify(named.header)}}`];
  });
  return entries.length === 0 ? null : `fields: {${entries.join(', ')}}`;
}

function ambiguous(sheet: Sheet, questions: readonly ColumnQuestion[]): Notice {
  const choices = questions.map(({ field, candidates }): ArgValue => {
    const names = candidates.map(({ header, position }) =>
      header === '' ? cellName(position, sheet.headerRow) : `“${header}”`,
    );
    return { cellOf: field, value: names.join(' / ') };
  });
  const yaml = yamlOf(questions);
  const args = { fields: { list: questions.map(({ field }) => ({ field })) }, choices: { list: choices } };
  const place = { line: sheet.headerLine, cell: null };
  if (yaml === null) return { code: 'columns/ambiguous-unnamed', args, ...place };
  return { code: 'columns/ambiguous', args: { ...args, yaml }, ...place };
}

/** Headers that give the unit of all cells of a sum of money. */
function units(sheet: Sheet, mappings: readonly HeaderMapping[]): readonly Notice[] {
  return mappings.flatMap(({ index, header, field, type }) => {
    const unit = type === 'money' ? headerUnit(header) : null;
    if (unit === null || unit.power === 0) return [];
    const args = { header: header.trim(), field: { field }, factor: 10 ** unit.power };
    return [{ code: 'columns/unit', args, ...headerCell(sheet, sheet.headers[index]?.position ?? 0) }];
  });
}

/** What is to be said of how the columns of a sheet were mapped. */
export function columnNotices(sheet: Sheet, mapping: ColumnMapping): readonly Notice[] {
  return [
    ...mapping.byContent.map((each) => byContent(sheet, each)),
    ...(mapping.questions.length === 0 ? [] : [ambiguous(sheet, mapping.questions)]),
    ...units(sheet, mapping.mappings),
  ];
}
