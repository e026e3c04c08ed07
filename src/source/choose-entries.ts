import { FunnelintError } from '../errors.ts';
import { foldHeader } from '../i18n/fold.ts';
import type { OpenedFile } from './open-file.ts';
import type { Notice, ReadOptions, Sheet } from './sheet.ts';

export interface ChosenEntries {
  readonly entries: readonly OpenedFile[];
  /** What is left to ask for: a sheet that named an entry is found. */
  readonly options: ReadOptions;
  readonly notices: readonly Notice[];
}

type ReadEntry = (opened: OpenedFile, options: ReadOptions) => Promise<Sheet>;

/**
 * The tables of an archive that make up one list: the entry that is asked for, else the one whose header holds most
 * known names, with all that have the same header. A file of its own is its only entry.
 * @throws FunnelintError `table/no-sheet`, or why the best entry cannot be read
 */
export async function chooseEntries(
  file: string,
  opened: readonly OpenedFile[],
  options: ReadOptions,
  readEntry: ReadEntry,
): Promise<ChosenEntries> {
  const [only] = opened;
  if (only === undefined) throw new FunnelintError('table/no-header', { file });
  if (only.entry === null) return { entries: [only], options, notices: [] };
  if (options.sheet !== undefined) return askedEntry(file, opened, options, options.sheet);
  if (opened.length === 1) return { entries: [only], options, notices: [] };
  const headers: (readonly string[] | null)[] = [];
  for (const entry of opened) headers.push(await headersOf(entry, options, readEntry));
  const known = headers.map((row) => row?.filter((header) => options.knownHeader(header)).length ?? -1);
  const best = known.indexOf(Math.max(...known));
  const bestHeader = signature(headers[best] ?? null);
  const entries = opened.filter(
    (_, index) => index === best || (bestHeader !== null && signature(headers[index] ?? null) === bestHeader),
  );
  const left = opened.filter((entry) => !entries.includes(entry)).map(({ entry }) => entry ?? '');
  return { entries, options, notices: left.length === 0 ? [] : [leftOut(left)] };
}

function leftOut(entries: readonly string[]): Notice {
  return { code: 'file/entries-left-out', args: { entries: { list: entries } }, line: null, cell: null };
}

function askedEntry(file: string, opened: readonly OpenedFile[], options: ReadOptions, asked: string): ChosenEntries {
  const { sheet: _, ...rest } = options;
  const named = opened.find(({ entry }) => entry === asked);
  if (named !== undefined) return { entries: [named], options: rest, notices: [] };
  const holder = opened.find((each) => each.kind === 'grids' && each.grids.some(({ name }) => name === asked));
  if (holder !== undefined) return { entries: [holder], options, notices: [] };
  const sheets = opened.map(({ entry }) => entry ?? '').join(', ');
  throw new FunnelintError('table/no-sheet', { file, sheet: asked, sheets });
}

/** Header of an entry, null for one that holds no table. */
async function headersOf(entry: OpenedFile, options: ReadOptions, readEntry: ReadEntry): Promise<string[] | null> {
  try {
    const sheet = await readEntry(entry, { ...options, choose: () => [] });
    return sheet.headers.map(({ text }) => text);
  } catch (error) {
    if (error instanceof FunnelintError && error.code.startsWith('table/no-header')) return null;
    throw error;
  }
}

/** Headers as they are compared: two parts of one list have the same, whatever their order. */
function signature(headers: readonly string[] | null): string | null {
  return headers === null ? null : headers.map(foldHeader).sort().join('\n');
}
