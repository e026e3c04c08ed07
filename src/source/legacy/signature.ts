/** First bytes of a compound file, in which Office kept documents until 2003. */
const SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** Types of records that start a substream, by the versions 2, 3, 4, and 5 with 8. */
const START_TYPES = [0x0009, 0x0209, 0x0409, 0x0809];

/** True for the first bytes of a compound file. */
export function isCompoundFile(head: Buffer): boolean {
  return head.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/** Kinds of substreams that a workbook starts with: globals, a sheet, a chart, a macro sheet, a workspace. */
const KINDS = [0x05, 0x10, 0x20, 0x40, 0x100];

/** True for the first bytes of a workbook from before XLSX, or of another file that Office saved in that way. */
export function isLegacyWorkbook(head: Buffer): boolean {
  if (isCompoundFile(head)) return true;
  // Old and small programs write the records without a file system around them.
  if (head.length < 8 || !START_TYPES.includes(head.readUInt16LE(0))) return false;
  return [4, 6, 8, 16].includes(head.readUInt16LE(2)) && KINDS.includes(head.readUInt16LE(6));
}
