import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { incompleteTail, validPrefix } from '../bytes.ts';
import type { Fail } from './archive.ts';

/** Bytes that are enough to see which encoding a part has. */
const SNIFFED_BYTES = 256;

const UTF8 = 'utf-8';
const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/** Takes bytes in and gives those of whole characters out, as UTF-8; `last` when there is no more. */
type Decode = (bytes: Buffer, last: boolean) => Buffer;

/**
 * The bytes of an XML part as sound UTF-8 without a byte order mark, each chunk of whole characters. Other encodings
 * are known by their byte order mark, by their first bytes or by the XML declaration.
 * @throws FunnelintError what `fail` makes, with the byte that is not of the encoding
 */
export async function* utf8Chunks(chunks: AsyncIterable<Buffer>, fail: Fail): AsyncGenerator<Buffer> {
  let decode: Decode | null = null;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    if (decode === null && pending.length < SNIFFED_BYTES) continue;
    decode ??= decoderOf(pending, fail);
    yield decode(pending, false);
    pending = Buffer.alloc(0);
  }
  decode ??= decoderOf(pending, fail);
  yield decode(pending, true);
}

function decoderOf(head: Buffer, fail: Fail): Decode {
  const encoding = encodingOf(head);
  return encoding === UTF8 ? utf8Decoder(fail) : otherDecoder(encoding, fail);
}

function encodingOf(head: Buffer): string {
  const [first = 0, second = 0] = head;
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  const declared = DECLARED.exec(head.toString('latin1', 0, SNIFFED_BYTES))?.[1]?.toLowerCase() ?? UTF8;
  // A declaration that can be read byte by byte is not UTF-16, whatever it says.
  return declared === 'us-ascii' || /^utf-?(?:8|16)/.test(declared) ? UTF8 : declared;
}

function utf8Decoder(fail: Fail): Decode {
  let tail: Buffer = Buffer.alloc(0);
  let offset = 0;
  return (bytes, last) => {
    const all = tail.length === 0 ? bytes : Buffer.concat([tail, bytes]);
    const whole = last ? all : all.subarray(0, all.length - incompleteTail(all));
    if (!isUtf8(whole)) {
      const byte = offset + validPrefix(whole);
      throw fail({ en: `byte ${byte} is not UTF-8`, zh: `第 ${byte} 字节不是 UTF-8` });
    }
    const start = offset === 0 && whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf ? 3 : 0;
    offset += whole.length;
    tail = Buffer.from(all.subarray(whole.length));
    return whole.subarray(start);
  };
}

function otherDecoder(encoding: string, fail: Fail): Decode {
  const decoder = textDecoder(encoding, fail);
  let offset = 0;
  return (bytes, last) => {
    try {
      const text = decoder.decode(bytes, { stream: !last });
      offset += bytes.length;
      return Buffer.from(text);
    } catch {
      const until = offset + bytes.length;
      throw fail({
        en: `among the bytes ${offset} to ${until} some are not ${encoding}`,
        zh: `第 ${offset} 至 ${until} 字节中有不是 ${encoding} 的内容`,
      });
    }
  };
}

function textDecoder(encoding: string, fail: Fail): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw fail({ en: `its encoding ${encoding} is not known`, zh: `未知的编码 ${encoding}` });
  }
}
