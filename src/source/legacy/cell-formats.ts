import { type FormatParts, formatParts } from '../excel-date.ts';
import { builtInParts } from '../workbook/number-formats.ts';
import { needBytes, type Records, type Version } from './records.ts';
import { contentOf, readByteText, readUnicodeText, readWord } from './texts.ts';

/** Collects the number formats of a workbook as its records come. */
export interface FormatReader {
  /** True when the record at hand was one of formats. */
  read(records: Records): boolean;
  /** What a cell shows, by the number it has for that; null for one that the workbook does not define. */
  finish(): (cell: number) => FormatParts | null;
}

const FORMAT_OLD = 0x1e;
const FORMAT = 0x41e;
const STYLES: ReadonlyMap<number, number> = new Map([
  [0x43, 2],
  [0x243, 1],
  [0x443, 1],
  [0xe0, 2],
]);

export function startFormats(version: Version, decode: () => (bytes: Buffer) => string): FormatReader {
  const custom = new Map<number, FormatParts>();
  const styles: number[] = [];
  const partsOf = (id: number): FormatParts => custom.get(id) ?? builtInParts(id);
  return {
    read(records) {
      if (records.type === FORMAT || records.type === FORMAT_OLD) {
        const { id, code } = readFormat(records, version, custom.size, decode());
        custom.set(id, formatParts(code));
        return true;
      }
      const offset = STYLES.get(records.type);
      if (offset === undefined) return false;
      needBytes(records, 4);
      const at = records.start + offset;
      styles.push(version >= 5 ? records.bytes.readUInt16LE(at) : (records.bytes[at] ?? 0) & 0x3f);
      return true;
    },
    finish() {
      // Cells of version 2 name their format itself.
      if (version === 2) return (format) => custom.get(format) ?? null;
      const formats = styles.map(partsOf);
      return (style) => formats[style] ?? null;
    },
  };
}

/** Up to version 4 formats count by their order. */
function readFormat(
  records: Records,
  version: Version,
  order: number,
  decode: (bytes: Buffer) => string,
): { id: number; code: string } {
  const content = contentOf(records, 0);
  const named = version >= 4 ? readWord(content) : 0;
  const id = version >= 5 ? named : order;
  if (version === 8) return { id, code: readUnicodeText(content, readWord(content)) };
  const length = content.bytes[content.at++] ?? 0;
  return { id, code: readByteText(content, length, decode) };
}
