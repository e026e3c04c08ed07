import type { Texts } from '../source/texts.ts';

/** Bytes that one unit of a text takes at most in UTF-8. */
const BYTES_PER_UNIT = 3;

/** Called for a text that stands in `bytes` from `start` to before `end`, in UTF-8; they change behind the call. */
type VisitBytes = (code: number, bytes: Uint8Array, start: number, end: number) => void;

/** Visits each text by its bytes; no text is made of those that were read by theirs. */
export function visitBytes(texts: Texts, visit: VisitBytes): void {
  const { utf8 } = texts;
  if (utf8 !== undefined) {
    const { bytes, starts } = utf8;
    for (let code = 0; code < texts.length; code++) visit(code, bytes, starts[code]!, starts[code + 1]!);
    return;
  }
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(1024);
  for (let code = 0; code < texts.length; code++) {
    const text = texts.at(code)!;
    if (text.length * BYTES_PER_UNIT > bytes.length) bytes = new Uint8Array(text.length * BYTES_PER_UNIT);
    visit(code, bytes, 0, encoder.encodeInto(text, bytes).written);
  }
}
