import { FunnelintError } from '../errors.ts';
import type { Text } from '../i18n/text.ts';
import { checkArchiveName } from './archive/archive-name.ts';
import { allBytes, type ByteSource, memoryBytes } from './byte-source.ts';
import { type ByteFacts, readByteFacts } from './bytes.ts';
import { checkZip, detectContainer, notATable } from './container.ts';
import type { Encoding } from './encoding/decode.ts';
import type { Grid } from './grid.ts';
import { openText } from './open-text.ts';
import type { Notice, Sheet } from './sheet.ts';

/** What is known of a file before its tables are. */
export interface Opening {
  /** Path as the user gave it. */
  readonly file: string;
  /** Name inside an archive, null for a file of its own. */
  readonly entry: string | null;
  readonly source: ByteSource;
  readonly facts: ByteFacts;
}

/** A delimited text whose encoding is decided. */
export interface OpenedText extends Opening {
  readonly kind: 'text';
  readonly encoding: Encoding;
  /** The decoded head of the text. */
  readonly sample: string;
}

/** A file that holds cells: a workbook, or tables of a page. */
export interface OpenedGrids extends Opening {
  readonly kind: 'grids';
  readonly format: Exclude<Sheet['format'], 'csv'>;
  readonly encoding: Encoding | null;
  readonly grids: readonly Grid[];
}

export type OpenedFile = OpenedText | OpenedGrids;

/** What a path leads to: one file that holds tables, or those in an archive. */
export interface OpenedFiles {
  readonly files: readonly OpenedFile[];
  readonly notices: readonly Notice[];
}

/**
 * Opens what holds tables, by content and never by name.
 * @param askedEncoding encoding the user names, for text
 * @throws FunnelintError `file/…`
 */
export async function openFile(source: ByteSource, askedEncoding?: string): Promise<OpenedFiles> {
  const facts = await readByteFacts(source);
  return openAs({ file: source.name, entry: null, source, facts }, askedEncoding, false);
}

async function openAs(opening: Opening, askedEncoding: string | undefined, inArchive: boolean): Promise<OpenedFiles> {
  const { source, facts } = opening;
  switch (detectContainer(source.name, facts.head)) {
    case 'text':
      return alone(await openText(opening, askedEncoding));
    case 'legacy-workbook': {
      const { readLegacyWorkbook } = await import('./legacy/legacy-workbook.ts');
      const grids = readLegacyWorkbook(source.name, await allBytes(source));
      return alone({ ...opening, kind: 'grids', format: 'xls', encoding: null, grids });
    }
    case 'gzip':
      return openGzip(opening, askedEncoding, inArchive);
    case 'zip':
      return openZip(opening, askedEncoding, inArchive);
  }
}

function alone(file: OpenedFile): OpenedFiles {
  return { files: [file], notices: [] };
}

const INNER_ARCHIVE: Text = { en: 'an archive inside an archive', zh: '压缩包中的压缩包' };

async function openGzip(opening: Opening, askedEncoding: string | undefined, inArchive: boolean): Promise<OpenedFiles> {
  const { source, facts } = opening;
  if (inArchive) throw notATable(source.name, INNER_ARCHIVE);
  checkArchiveName(source.name, 'gzip');
  const { gunzip } = await import('./archive/gunzip.ts');
  const unpacked = memoryBytes(source.name, await gunzip(source.name, await allBytes(source)));
  // The digest is that of the file that the user has.
  const inner = { ...(await readByteFacts(unpacked)), digest: facts.digest };
  return openAs({ ...opening, source: unpacked, facts: inner }, askedEncoding, true);
}

async function openZip(opening: Opening, askedEncoding: string | undefined, inArchive: boolean): Promise<OpenedFiles> {
  const { source } = opening;
  const bytes = await allBytes(source);
  if (checkZip(source.name, bytes) === 'archive') {
    if (inArchive) throw notATable(source.name, INNER_ARCHIVE);
    return openEntries(opening, bytes, askedEncoding);
  }
  const { readWorkbook } = await import('./workbook/workbook.ts');
  const grids = await readWorkbook(source.name, bytes);
  return alone({ ...opening, kind: 'grids', format: 'xlsx', encoding: null, grids });
}

const NO_TABLE: Text = { en: 'a ZIP archive', zh: 'ZIP 压缩包' };

/** Opens the tables in an archive; what else is in it is told and left alone. */
async function openEntries(opening: Opening, bytes: Buffer, askedEncoding: string | undefined): Promise<OpenedFiles> {
  const { file, source, facts } = opening;
  const { listTableEntries } = await import('./archive/zip-entries.ts');
  const entries = listTableEntries(source.name, bytes);
  if (entries.length > 0) checkArchiveName(source.name, 'zip');
  const files: OpenedFile[] = [];
  const others: string[] = [];
  for (const entry of entries) {
    const inner = memoryBytes(`${file}/${entry.name}`, await entry.bytes());
    const opened = await openEntry({ file, entry: entry.name, source: inner, facts }, askedEncoding);
    if (opened === null) others.push(entry.name);
    else files.push(...opened.files);
  }
  if (files.length === 0) throw notATable(source.name, NO_TABLE);
  if (others.length === 0) return { files, notices: [] };
  const args = { entries: { list: others } };
  return { files, notices: [{ code: 'file/entries-not-tables', args, line: null, cell: null }] };
}

/** Null for an entry that is empty or no table. */
async function openEntry(opening: Opening, askedEncoding: string | undefined): Promise<OpenedFiles | null> {
  try {
    const facts = { ...(await readByteFacts(opening.source)), digest: opening.facts.digest };
    return await openAs({ ...opening, facts }, askedEncoding, true);
  } catch (error) {
    if (error instanceof FunnelintError && ['file/not-a-table', 'file/empty'].includes(error.code)) return null;
    throw error;
  }
}
