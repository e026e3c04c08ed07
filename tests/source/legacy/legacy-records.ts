import { CFB } from '@e965/xlsx';

/** One record of an `.xls` workbook. */
export function record(type: number, ...content: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(content.map((each) => (Buffer.isBuffer(each) ? each : Buffer.from(each))));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
}

export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

export function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

export const END = record(0x0a);

const GLOBALS = 0x05;
const WORKSHEET = 0x10;

export function start(version: 5 | 8, kind: number): Buffer {
  return record(0x809, words(version === 8 ? 0x600 : 0x500, kind, 0, 0));
}

export interface SheetRecords {
  readonly name: string;
  /** 0 visible, 1 hidden, 2 very hidden. */
  readonly state?: number;
  readonly records: readonly Buffer[];
}

/** Records of a workbook: what it says of itself, then its sheets. */
export function bookRecords(version: 5 | 8, globals: readonly Buffer[], sheets: readonly SheetRecords[]): Buffer {
  const named = (at: readonly number[]): Buffer[] =>
    sheets.map(({ name, state = 0 }, index) => {
      const flags = version === 8 ? [0] : [];
      const written = Buffer.from(name, 'latin1');
      return record(0x85, long(at[index] ?? 0), [state, 0, written.length, ...flags], written);
    });
  const head = (at: readonly number[]): Buffer =>
    Buffer.concat([start(version, GLOBALS), ...globals, ...named(at), END]);
  const bodies = sheets.map(({ records }) => Buffer.concat([start(version, WORKSHEET), ...records, END]));
  const places: number[] = [];
  let at = head([]).length;
  for (const body of bodies) {
    places.push(at);
    at += body.length;
  }
  return Buffer.concat([head(places), ...bodies]);
}

/** A compound file with some streams. */
export function compoundFile(streams: Readonly<Record<string, Buffer>>): Buffer {
  const file = CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) CFB.utils.cfb_add(file, name, content);
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Buffer);
}

/** A workbook of one sheet. */
export function bookOf(version: 5 | 8, globals: readonly Buffer[], records: readonly Buffer[]): Buffer {
  const stream = bookRecords(version, globals, [{ name: 'Deals', records }]);
  return compoundFile({ [version === 8 ? 'Workbook' : 'Book']: stream });
}
