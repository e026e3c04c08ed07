import { FunnelintError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import type { ByteFacts } from '../bytes.ts';
import { type Encoding, firstUndecodable, lineOfByte } from './decode.ts';

/**
 * Decides the encoding: the one the user names, a byte order mark, the NUL pattern of UTF-16, strict UTF-8, else the
 * likeliest in which all of the file can be read.
 * @throws FunnelintError `file/encoding` for an unknown one, `file/undecodable` for UTF-8 with a damaged byte
 */
export async function decideEncoding(source: ByteSource, facts: ByteFacts, asked?: string): Promise<Encoding> {
  const marked = byteOrderMark(source, facts.head);
  if (asked !== undefined) return askedEncoding(source, facts, asked, marked);
  const declared = marked ?? utf16Pattern(facts.head);
  if (declared !== null) return declared.name === 'utf-8' ? strictUtf8(source, facts, declared) : declared;
  if (facts.invalidUtf8At === null) return { name: 'utf-8', markBytes: 0, guessed: false };
  const { guessEncodings, isWide } = await import('./guess-encoding.ts');
  const sample = await sampleWith(source, facts, facts.invalidUtf8At);
  let name = 'windows-1252';
  for (const { label } of guessEncodings(sample)) {
    if ((await firstUndecodable(source, label)) !== null) continue;
    name = label;
    break;
  }
  const utf8Characters = await utf8CharactersBefore(source, facts.invalidUtf8At);
  if (utf8Characters >= (isWide(name) ? PROOF_OF_UTF8 : 1)) throw await undecodableUtf8(source, facts.invalidUtf8At);
  return { name, markBytes: 0, guessed: true };
}

const SAMPLE_BYTES = 64 * 1024;

/** Some bytes with the first that is not UTF-8 among them, from the start of the file or of a line. */
async function sampleWith(source: ByteSource, { head }: ByteFacts, invalidAt: number): Promise<Buffer> {
  if (invalidAt < head.length - SAMPLE_BYTES) return head;
  const start = Math.max(0, invalidAt - SAMPLE_BYTES);
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks(start, invalidAt + 2 * SAMPLE_BYTES)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const lineEnd = start === 0 ? -1 : bytes.indexOf(0x0a);
  return bytes.subarray(lineEnd + 1);
}

async function askedEncoding(
  source: ByteSource,
  facts: ByteFacts,
  asked: string,
  marked: Encoding | null,
): Promise<Encoding> {
  const name = canonicalName(source, asked);
  const encoding = { name, markBytes: marked?.name === name ? marked.markBytes : 0, guessed: false };
  return name === 'utf-8' ? strictUtf8(source, facts, encoding) : encoding;
}

function canonicalName(source: ByteSource, label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new FunnelintError('file/encoding', { file: source.name, encoding: label });
  }
}

async function strictUtf8(source: ByteSource, facts: ByteFacts, encoding: Encoding): Promise<Encoding> {
  if (facts.invalidUtf8At !== null) throw await undecodableUtf8(source, facts.invalidUtf8At);
  return encoding;
}

async function undecodableUtf8(source: ByteSource, byte: number): Promise<FunnelintError> {
  return new FunnelintError('file/undecodable', {
    file: source.name,
    byte,
    line: await lineOfByte(source, 'utf-8', byte),
    encoding: 'utf-8',
  });
}

function byteOrderMark(source: ByteSource, head: Buffer): Encoding | null {
  const first = head.length >= 2 ? head.readUInt16BE(0) : 0;
  if (first === 0xfffe && head.length >= 4 && head.readUInt16BE(2) === 0) {
    throw new FunnelintError('file/encoding', { file: source.name, encoding: 'utf-32le' });
  }
  if (first === 0xfffe) return { name: 'utf-16le', markBytes: 2, guessed: false };
  if (first === 0xfeff) return { name: 'utf-16be', markBytes: 2, guessed: false };
  let markBytes = 0;
  while (head[markBytes] === 0xef && head[markBytes + 1] === 0xbb && head[markBytes + 2] === 0xbf) markBytes += 3;
  return markBytes === 0 ? null : { name: 'utf-8', markBytes, guessed: false };
}

/** Delimiters and line ends of a table are ASCII, so UTF-16 shows as NULs in every second byte only. */
function utf16Pattern(head: Buffer): Encoding | null {
  if (!head.includes(0)) return null;
  const nuls = [0, 0];
  for (let index = 0; index < head.length; index++) {
    if (head[index] === 0) nuls[index & 1] = (nuls[index & 1] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nuls;
  const enough = Math.max(2, head.length * 0.03);
  if (odd >= enough && even * 20 <= odd) return { name: 'utf-16le', markBytes: 0, guessed: true };
  if (even >= enough && odd * 20 <= even) return { name: 'utf-16be', markBytes: 0, guessed: true };
  return null;
}

/** Characters of several bytes before the first bad one that prove a file is UTF-8: GBK has three by chance rarely. */
const PROOF_OF_UTF8 = 3;

async function utf8CharactersBefore(source: ByteSource, invalidAt: number): Promise<number> {
  let found = 0;
  for await (const chunk of source.chunks(Math.max(0, invalidAt - (1 << 16)), invalidAt)) {
    for (const byte of chunk) {
      if (byte >= 0xc2) found++;
    }
  }
  return found;
}
