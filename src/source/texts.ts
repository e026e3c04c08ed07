/** Distinct texts by code, counting from 0. An array of strings is one; others make a text when it is asked for. */
export interface Texts extends Iterable<string> {
  readonly length: number;
  /** The text of a code, `undefined` where there is none. */
  at(code: number): string | undefined;
  map<Result>(decide: (text: string, code: number) => Result): Result[];
  filter(isWanted: (text: string, code: number) => boolean): string[];
  some(isWanted: (text: string, code: number) => boolean): boolean;
  every(isWanted: (text: string, code: number) => boolean): boolean;
  find(isWanted: (text: string, code: number) => boolean): string | undefined;
  indexOf(text: string): number;
  slice(start: number, end: number): string[];
  entries(): Iterable<[number, string]>;
  /** The texts as they stand in the file, where they were read by their bytes. */
  readonly utf8?: Utf8Texts;
}

/** Texts one behind another. */
export interface Utf8Texts {
  readonly bytes: Uint8Array;
  /** The text of a code stands in `bytes` from `starts[code]` to before `starts[code + 1]`. */
  readonly starts: Uint32Array;
}

/** The text that stands in some bytes, as UTF-8. */
export function textOfBytes(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
}

/** Texts made from their bytes, each anew whenever it is asked for. */
export function textsOfBytes(bytes: Uint8Array, starts: Uint32Array): Texts {
  const length = starts.length - 1;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textOf = (code: number): string => buffer.toString('utf8', starts[code], starts[code + 1]);
  const find = (isWanted: (text: string, code: number) => boolean): number => {
    for (let code = 0; code < length; code++) if (isWanted(textOf(code), code)) return code;
    return -1;
  };
  const map = <Result>(decide: (text: string, code: number) => Result): Result[] => {
    const results: Result[] = [];
    for (let code = 0; code < length; code++) results.push(decide(textOf(code), code));
    return results;
  };
  function* entries(): Generator<[number, string]> {
    for (let code = 0; code < length; code++) yield [code, textOf(code)];
  }
  return {
    length,
    at: (code) => (code >= 0 && code < length ? textOf(code) : undefined),
    map,
    filter: (isWanted) => {
      const wanted: string[] = [];
      for (const [code, text] of entries()) if (isWanted(text, code)) wanted.push(text);
      return wanted;
    },
    some: (isWanted) => find(isWanted) >= 0,
    every: (isWanted) => find((text, code) => !isWanted(text, code)) < 0,
    find: (isWanted) => {
      const code = find(isWanted);
      return code < 0 ? undefined : textOf(code);
    },
    indexOf: (wanted) => {
      const sought = Buffer.from(wanted);
      for (let code = 0; code < length; code++) {
        const [start, end] = [starts[code]!, starts[code + 1]!];
        if (end - start === sought.length && buffer.compare(sought, 0, sought.length, start, end) === 0) return code;
      }
      return -1;
    },
    slice: (start, end) => {
      const texts: string[] = [];
      for (let code = Math.max(0, start); code < Math.min(end, length); code++) texts.push(textOf(code));
      return texts;
    },
    entries,
    *[Symbol.iterator]() {
      for (let code = 0; code < length; code++) yield textOf(code);
    },
    utf8: { bytes, starts },
  };
}
