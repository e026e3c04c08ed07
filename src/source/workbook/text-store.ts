/** Texts by number, kept as their bytes: there may be millions, and most are never needed as strings. */
export interface TextStore {
  /** UTF-8, one text behind another: that of a number from `starts[number]` to before `starts[number + 1]`. */
  bytes: Buffer;
  starts: Uint32Array;
  count: number;
  /** Texts that UTF-8 cannot hold, by number. */
  readonly odd: Map<number, string>;
  /** Those that were asked for as strings, by number; null as long as none was. */
  strings: (string | undefined)[] | null;
}

const FIRST_BYTES = 4096;
const FIRST_TEXTS = 256;

export function startTextStore(): TextStore {
  return {
    bytes: Buffer.allocUnsafeSlow(FIRST_BYTES),
    starts: new Uint32Array(FIRST_TEXTS),
    count: 0,
    odd: new Map(),
    strings: null,
  };
}

/** A store of some texts. */
export function textStoreOf(texts: readonly string[]): TextStore {
  const store = startTextStore();
  for (const text of texts) addText(store, text);
  return store;
}

/** Adds the text that stands in some bytes. */
export function addTextBytes(store: TextStore, bytes: Uint8Array, start: number, end: number): void {
  const from = roomFor(store, end - start);
  const { bytes: own } = store;
  const length = end - start;
  for (let at = 0; at < length; at++) own[from + at] = bytes[start + at]!;
  store.starts[++store.count] = from + length;
}

export function addText(store: TextStore, text: string): void {
  // `_xD800_` makes half a character.
  if (!text.isWellFormed()) store.odd.set(store.count, text);
  const bytes = Buffer.from(text);
  addTextBytes(store, bytes, 0, bytes.length);
}

/** The text of a number, the same string each time; null where there is none. */
export function textOfNumber(store: TextStore, number: number): string | null {
  const { bytes, starts, count, odd } = store;
  if (!(number >= 0 && number < count)) return null;
  store.strings ??= new Array<string | undefined>(count);
  const { strings } = store;
  strings[number] ??= odd.get(number) ?? bytes.toString('utf8', starts[number], starts[number + 1]);
  return strings[number];
}

/** Offset where a text of so many bytes can be written. */
function roomFor(store: TextStore, length: number): number {
  if (store.count + 2 > store.starts.length) {
    const starts = new Uint32Array(store.starts.length * 2);
    starts.set(store.starts);
    store.starts = starts;
  }
  const from = store.starts[store.count]!;
  if (from + length > store.bytes.length) {
    const bytes = Buffer.allocUnsafeSlow(Math.max(from + length, store.bytes.length * 2));
    store.bytes.copy(bytes, 0, 0, from);
    store.bytes = bytes;
  }
  return from;
}
