/** Records of one buffer as places in it, good until the next ones are scanned into them. */
export interface RecordBatch {
  /** UTF-8. */
  bytes: Buffer;
  /** Records there is room for: what is known of cell `cell` of record `record` stands at `cell * room + record`. */
  room: number;
  /** Cells of a record there is room for. */
  width: number;
  /** Where each cell's content starts and ends, without the quotes around it. */
  starts: Int32Array;
  ends: Int32Array;
  /** What `hashOfBytes` makes of the content. */
  hashes: Int32Array;
  /** By record: offset behind it. */
  readonly nexts: Int32Array;
  /** By record: line breaks inside the cells, CR LF counted once. */
  readonly lineBreaks: Int32Array;
  /** By record: 1 where quotes stand doubled in some cell. */
  readonly doubled: Uint8Array;
}

/** A batch of that many records of that many cells. */
export function emptyBatch(room: number, width: number): RecordBatch {
  return {
    bytes: Buffer.alloc(0),
    room,
    width,
    starts: new Int32Array(room * width),
    ends: new Int32Array(room * width),
    hashes: new Int32Array(room * width),
    nexts: new Int32Array(room),
    lineBreaks: new Int32Array(room),
    doubled: new Uint8Array(room),
  };
}

/** Makes room for records of twice as many cells in a batch of one record. */
export function widen(batch: RecordBatch): void {
  batch.width *= 2;
  for (const name of ['starts', 'ends', 'hashes'] as const) {
    const wider = new Int32Array(batch.width);
    wider.set(batch[name]);
    batch[name] = wider;
  }
}

/** The text of one cell. */
export function cellText({ bytes, room, starts, ends, doubled }: RecordBatch, record: number, cell: number): string {
  const text = bytes.toString('utf8', starts[cell * room + record], ends[cell * room + record]);
  return doubled[record] === 1 ? text.replaceAll('""', '"') : text;
}

/** The texts of the cells of a record. */
export function cellTexts(batch: RecordBatch, record: number, width: number): string[] {
  const cells: string[] = [];
  for (let cell = 0; cell < width; cell++) cells.push(cellText(batch, record, cell));
  return cells;
}

/** Physical lines of the first records of a batch. */
export function lineCount({ lineBreaks }: RecordBatch, records: number): number {
  let lines = records;
  for (let record = 0; record < records; record++) lines += lineBreaks[record]!;
  return lines;
}
