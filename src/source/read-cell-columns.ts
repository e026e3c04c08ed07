import { type ByteSource, fileBytes } from './byte-source.ts';
import { decodeFile } from './encoding/decode.ts';
import { openFile } from './open-file.ts';
import type { Digest, Sheet } from './sheet.ts';
import { cellColumns, NOT_ON_LINE, type WantedCells } from './text/cell-columns.ts';
import { sniffDialect } from './text/dialect.ts';

/** A table of a delimited text as it was read, and the encoding that the user named for it. */
export interface TextTable extends Pick<Sheet, 'sheet'>, Digest {
  readonly delimiter: string;
  readonly askedEncoding: string | undefined;
}

/**
 * Reads a text once more for where cells begin in their lines, as `cellColumns`; null where the file is no longer the
 * one that was read.
 * @throws FunnelintError `file/…`
 */
export async function readCellColumns(
  file: string | ByteSource,
  { sheet, sha256, delimiter, askedEncoding }: TextTable,
  wanted: WantedCells,
): Promise<Int32Array | null> {
  const { files } = await openFile(typeof file === 'string' ? fileBytes(file) : file, askedEncoding);
  const opened = files.find(({ entry }) => entry === sheet);
  if (opened?.kind !== 'text' || opened.facts.digest.sha256 !== sha256) return null;
  const dialect = sniffDialect(opened.sample, () => false, delimiter);
  return cellColumns(
    decodeFile(opened.source, opened.encoding, () => {}),
    dialect,
    wanted,
  );
}

export { NOT_ON_LINE, type WantedCells };
