import { dateInFileName } from './dataset/as-of.ts';
import { keptColumns } from './dataset/build.ts';
import { createHeaderTest } from './dataset/columns/mapping.ts';
import { type TableSheet, tableColumns, tableHeaderTest } from './dataset/linked-tables.ts';
import { FunnelintError } from './errors.ts';
import type { Ruleset } from './ruleset/ruleset.ts';
import type { ByteSource } from './source/byte-source.ts';
import { joinSheets } from './source/join-sheets.ts';
import { readSheets } from './source/read-sheet.ts';
import type { ReadOptions, Sheet } from './source/sheet.ts';

/** A path, or bytes with a name. */
export type InputFile = string | ByteSource;

/** Rules that are chosen once the header is known. */
export interface RulesByHeader {
  /** Whether some field of some rules is known by the header. */
  readonly knownHeader: (header: string) => boolean;
  readonly choose: (headers: readonly string[]) => Ruleset;
}

/** What is read for an audit. */
export interface InputRequest {
  /** The deal table; several files are one list. */
  readonly file: InputFile | readonly InputFile[];
  /** The change log, null for none. */
  readonly history: InputFile | null;
  /** Earlier exports of the same list. */
  readonly previous: readonly InputFile[];
  /** Lists that deals refer to, by id, beside those the rules name. */
  readonly tables?: Readonly<Record<string, InputFile>>;
  /** The effective rules, or how to choose them once the header is known. */
  readonly ruleset: Ruleset | RulesByHeader;
  readonly reading: Pick<ReadOptions, 'sheet' | 'headerRow' | 'delimiter' | 'encoding' | 'onProgress'>;
}

export interface Inputs {
  readonly ruleset: Ruleset;
  readonly sheet: Sheet;
  readonly history: Sheet | null;
  readonly previous: readonly Sheet[];
  readonly tables: readonly TableSheet[];
}

/** What messages and file-name dates go by. */
export function nameOf(file: InputFile): string {
  return typeof file === 'string' ? file : file.name;
}

/** The files of the deal table, those of an older date first where every name has one. */
export function dealFiles({ file }: Pick<InputRequest, 'file'>): readonly InputFile[] {
  const files: readonly InputFile[] = typeof file === 'string' || !('length' in file) ? [file as InputFile] : file;
  const dated = files.map((each) => ({ each, day: dateInFileName(nameOf(each)) }));
  if (dated.some(({ day }) => day === null)) return files;
  return dated.sort((a, b) => (a.day as number) - (b.day as number)).map(({ each }) => each);
}

/** Rules that are known before the header is. */
export function fixedRules(ruleset: Ruleset): RulesByHeader {
  return { knownHeader: createHeaderTest(ruleset.fields), choose: () => ruleset };
}

/**
 * Reads every table of an audit. The rules are those of the first file's header.
 * @throws FunnelintError when a file cannot be read; RulesetError when the rules chosen have mistakes.
 */
export async function readInputs(request: InputRequest): Promise<Inputs> {
  const rules = 'choose' in request.ruleset ? request.ruleset : fixedRules(request.ruleset);
  const sheets: Sheet[] = [];
  const chosen: { ruleset: Ruleset | null } = { ruleset: null };
  for (const [index, file] of dealFiles(request).entries()) {
    const options = {
      ...request.reading,
      knownHeader: rules.knownHeader,
      choose: (headers: readonly string[]) => {
        // A header that is found on second thoughts chooses anew, the one of a further file does not.
        const ruleset = (index > 0 ? chosen.ruleset : null) ?? rules.choose(headers);
        chosen.ruleset = ruleset;
        return keptColumns(headers, ruleset, 'deals');
      },
    };
    sheets.push(...(await readSheets(file, options)));
  }
  return readBeside(request, chosen.ruleset ?? rules.choose([]), joinSheets(sheets));
}

/** Reads the tables that stand beside the deals. */
async function readBeside(request: InputRequest, ruleset: Ruleset, sheet: Sheet): Promise<Inputs> {
  const log = request.history ?? ruleset.source.history;
  const previous: Sheet[] = [];
  for (const earlier of request.previous) previous.push(await readTable(earlier, ruleset, 'previous'));
  const history = log === null ? null : await readTable(log, ruleset, 'history');
  const tables = await readLinkedTables(request.tables ?? {}, ruleset);
  return { ruleset, sheet, history, previous, tables };
}

/**
 * Reads the lists that deals refer to: those given, and those of the rules file.
 * @throws FunnelintError `tables/no-table` for one that the rules do not know
 */
async function readLinkedTables(given: Readonly<Record<string, InputFile>>, ruleset: Ruleset): Promise<TableSheet[]> {
  const known = ruleset.tables.map(({ id }) => id);
  const stranger = Object.keys(given).find((id) => !known.includes(id));
  if (stranger !== undefined) throw new FunnelintError('tables/no-table', { table: stranger, known: known.join(', ') });
  const tables: TableSheet[] = [];
  for (const definition of ruleset.tables) {
    const file = given[definition.id] ?? definition.file;
    if (file === null) continue;
    const options = {
      knownHeader: tableHeaderTest(definition),
      choose: (headers: readonly string[]) => tableColumns(headers, definition),
      anyTable: true,
    };
    tables.push({ id: definition.id, sheet: joinSheets(await readSheets(file, options)) });
  }
  return tables;
}

/** Reads a table that stands beside the deals. */
async function readTable(file: InputFile, ruleset: Ruleset, role: 'history' | 'previous'): Promise<Sheet> {
  const fields = role === 'history' ? ruleset.historyFields : ruleset.fields;
  const options = {
    knownHeader: createHeaderTest(fields),
    choose: (headers: readonly string[]) => keptColumns(headers, ruleset, role),
  };
  return joinSheets(await readSheets(file, options));
}
