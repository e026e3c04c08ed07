import type { ByteSource } from './byte-source.ts';
import { allBytes } from './byte-source.ts';
import { type ByteFacts, readByteFacts } from './bytes.ts';
import { checkText, checkTextBytes, checkWorkbookArchive, detectContainer } from './container.ts';
import { decodeSample, type Encoding } from './decode.ts';
import { decideEncoding } from './encoding.ts';
import type { Grid } from './grid.ts';
import type { Sheet } from './sheet.ts';
import { readWorkbook } from './workbook/workbook.ts';

interface Opened {
  /** Path as the user gave it. */
  readonly file: string;
  /** Name inside an archive, null for a file of its own. */
  readonly entry: string | null;
  readonly source: ByteSource;
  readonly facts: ByteFacts;
}

/** A delimited text whose encoding is decided. */
export interface OpenedText extends Opened {
  readonly kind: 'text';
  readonly encoding: Encoding;
  /** The decoded head of the text. */
  readonly sample: string;
}

/** A file that holds cells: a workbook, or tables of a page. */
export interface OpenedGrids extends Opened {
  readonly kind: 'grids';
  readonly format: Exclude<Sheet['format'], 'csv'>;
  readonly encoding: Encoding | null;
  readonly grids: readonly Grid[];
}

export type OpenedFile = OpenedText | OpenedGrids;

/**
 * Opens what holds tables, by content and never by name. An archive gives one opened file an entry.
 * @param askedEncoding encoding the user names, for text
 * @throws FunnelintError `file/…`
 */
export async function openFile(source: ByteSource, askedEncoding?: string): Promise<readonly OpenedFile[]> {
  const facts = await readByteFacts(source);
  const opened: Opened = { file: source.name, entry: null, source, facts };
  const container = detectContainer(source.name, facts.head);
  if (container === 'text') return [await openText(opened, askedEncoding)];
  const bytes = await allBytes(source);
  checkWorkbookArchive(source.name, bytes);
  return [{ ...opened, kind: 'grids', format: 'xlsx', encoding: null, grids: await readWorkbook(source.name, bytes) }];
}

async function openText(opened: Opened, askedEncoding: string | undefined): Promise<OpenedFile> {
  const { source, facts } = opened;
  const encoding = await decideEncoding(source, facts, askedEncoding);
  if (!encoding.name.startsWith('utf-16')) checkTextBytes(source.name, facts.head);
  const sample = decodeSample(facts.head, encoding);
  checkText(source.name, sample);
  return { ...opened, kind: 'text', encoding, sample };
}
