import type { Fail, Part } from './archive.ts';
import { utf8Chunks } from './utf8-chunks.ts';
import {
  areBlank,
  isBlankByte,
  type NameSlots,
  type OpenTag,
  readCloseTag,
  readOpenTag,
  startNames,
  startTag,
} from './xml-tags.ts';
import { controlCharacter, resolveReferences } from './xml-text.ts';
import { startToken, type XmlHandler, type XmlName, type XmlToken } from './xml-token.ts';

const MOST_DEPTH = 256;
/** Levels of what a handler takes by itself: a row, its cell, and what is in that. */
const TAKEN_DEPTH = 4;
/** Longest reference that is waited for at the end of a chunk. */
const LONGEST_REFERENCE = 12;

const RETURN = 0x0d;
const EXCLAMATION = 0x21;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const QUESTION = 0x3f;
const BRACKET = 0x5d;

const COMMENT_START = Buffer.from('<!--');
const CDATA_START = Buffer.from('<![CDATA[');
const COMMENT_END = Buffer.from('-->');
const CDATA_END = Buffer.from(']]>');
const INSTRUCTION_END = Buffer.from('?>');

/** What the next bytes belong to. */
type Mode = 'content' | 'comment' | 'cdata' | 'instruction';

interface Scan {
  readonly token: XmlToken;
  readonly handler: XmlHandler;
  readonly fail: Fail;
  readonly names: NameSlots;
  readonly tag: OpenTag;
  /** Elements open here, outermost first. */
  readonly open: XmlName[];
  mode: Mode;
  hasRoot: boolean;
  /** Bytes of something that the last chunk cut. */
  rest: Buffer;
  /** Where chunks are put behind that. */
  joint: Buffer;
}

/** Receives an XML document in chunks of whole characters. */
export interface XmlReader {
  push(chunk: Buffer): void;
  /** @throws FunnelintError when the document is not whole */
  end(): void;
}

/**
 * Reads an XML part from the first to the last byte, telling the handler.
 * @throws FunnelintError `file/damaged` for all that is no well-formed XML, and for a DOCTYPE
 */
export async function readXml(part: Part, handler: XmlHandler): Promise<void> {
  const reader = startXml(handler, part.fail);
  for await (const chunk of utf8Chunks(part.chunks(), part.fail)) reader.push(chunk);
  reader.end();
}

/**
 * A streaming reader of the XML that workbooks have: elements and attributes by local name, references, CDATA,
 * comments and instructions skipped. Tags must match, the depth is bounded, and a DOCTYPE, which is where entities and
 * files come in, is refused.
 */
export function startXml(handler: XmlHandler, fail: Fail): XmlReader {
  const scan: Scan = {
    token: startToken(fail),
    handler,
    fail,
    names: startNames(),
    tag: startTag(),
    open: [],
    mode: 'content',
    hasRoot: false,
    rest: Buffer.alloc(0),
    joint: Buffer.alloc(0),
  };
  return {
    push(chunk) {
      const bytes = scan.rest.length === 0 ? chunk : joined(scan, chunk);
      scan.token.bytes = bytes;
      scan.rest = bytes.subarray(readBytes(scan, bytes, false));
    },
    end() {
      scan.token.bytes = scan.rest;
      const read = readBytes(scan, scan.rest, true);
      const whole = scan.open.length === 0 && scan.hasRoot && scan.mode === 'content' && read === scan.rest.length;
      if (!whole) throw fail({ en: 'its XML ends too early', zh: 'XML 内容不完整' });
    },
  };
}

/** What the last chunk cut, with the next one behind it. Fresh memory for each would take longer than the copy. */
function joined(scan: Scan, chunk: Buffer): Buffer {
  const { rest, joint } = scan;
  const length = rest.length + chunk.length;
  const target = length <= joint.length ? joint : Buffer.allocUnsafeSlow(length + rest.length);
  rest.copy(target);
  chunk.copy(target, rest.length);
  scan.joint = target;
  return target.subarray(0, length);
}

/** Reads as far as the bytes go and gives the offset of what they cut. */
function readBytes(scan: Scan, bytes: Buffer, last: boolean): number {
  let at = 0;
  while (at < bytes.length) {
    const next = readNext(scan, bytes, at, last);
    if (next === -1) return at;
    at = next;
  }
  return at;
}

/** Offset behind what starts at `at`, -1 when it needs more bytes. */
function readNext(scan: Scan, bytes: Buffer, at: number, last: boolean): number {
  if (scan.mode !== 'content') return readOther(scan, bytes, at);
  if (bytes[at] !== LESS) return readText(scan, bytes, at, last);
  const second = bytes[at + 1];
  if (second === undefined) return -1;
  if (second === SLASH) return closeElement(scan, at);
  if (second === EXCLAMATION) return readDeclaration(scan, bytes, at);
  if (second !== QUESTION) return openElement(scan, at);
  scan.mode = 'instruction';
  return at + 2;
}

function readOther(scan: Scan, bytes: Buffer, at: number): number {
  if (scan.mode === 'cdata') return readCdata(scan, bytes, at);
  return skipTo(scan, bytes, at, scan.mode === 'comment' ? COMMENT_END : INSTRUCTION_END);
}

function openElement(scan: Scan, at: number): number {
  const { token, tag, open, handler, fail } = scan;
  if (handler.take !== undefined && open.length > 0 && open.length <= MOST_DEPTH - TAKEN_DEPTH) {
    const taken = handler.take(token.bytes, at);
    if (taken > at) return taken;
  }
  if (!readOpenTag(token, at, tag, scan.names)) return -1;
  if (open.length === 0 && scan.hasRoot) throw fail({ en: 'it has two root elements', zh: '有两个根元素' });
  if (open.length >= MOST_DEPTH) throw fail({ en: 'its elements are nested too deeply', zh: '元素嵌套过深' });
  scan.hasRoot = true;
  const { end, empty, name } = tag;
  if (!empty) open.push(name);
  handler.open(token);
  if (empty) handler.close(token);
  return end;
}

function closeElement({ token, open, handler }: Scan, at: number): number {
  const end = readCloseTag(token, at, open.at(-1));
  if (end === -1) return -1;
  open.pop();
  handler.close(token);
  return end;
}

/** Comments, CDATA, and all that is refused. */
function readDeclaration(scan: Scan, bytes: Buffer, at: number): number {
  for (const [mark, mode] of [
    [COMMENT_START, 'comment'],
    [CDATA_START, 'cdata'],
  ] as const) {
    const length = Math.min(mark.length, bytes.length - at);
    if (bytes.compare(mark, 0, length, at, at + length) !== 0) continue;
    if (length < mark.length) return -1;
    if (mode === 'cdata' && scan.open.length === 0) throw outsideRoot(scan);
    scan.mode = mode;
    return at + mark.length;
  }
  throw scan.fail({ en: 'it has a DOCTYPE, which no workbook needs', zh: '含有工作簿不需要的 DOCTYPE' });
}

function skipTo(scan: Scan, bytes: Buffer, at: number, mark: Buffer): number {
  const found = bytes.indexOf(mark, at);
  if (found !== -1) {
    scan.mode = 'content';
    return found + mark.length;
  }
  const kept = Math.max(at, bytes.length - mark.length + 1);
  return kept === at ? -1 : kept;
}

function readCdata(scan: Scan, bytes: Buffer, at: number): number {
  const found = bytes.indexOf(CDATA_END, at);
  let end = found;
  if (found === -1) {
    end = bytes.length;
    while (end > at && end > bytes.length - 2 && isHeldBack(bytes[end - 1])) end--;
  }
  if (end > at) tellText(scan, at, end, false, specialText(scan, at, end, false));
  if (found === -1) return end === at ? -1 : end;
  scan.mode = 'content';
  return found + CDATA_END.length;
}

/** Bytes that mean something else with the next one: a half line end, or the start of the end of CDATA. */
function isHeldBack(byte: number | undefined): boolean {
  return byte === BRACKET || byte === RETURN;
}

function readText(scan: Scan, bytes: Buffer, start: number, last: boolean): number {
  let reference = -1;
  let hasReturn = false;
  let bits = 0;
  let end = start;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] as number;
    if (byte === LESS) break;
    bits |= byte;
    if (byte === AMPERSAND) reference = end;
    else if (byte === RETURN) hasReturn = true;
    else if (byte < 0x20 && !isBlankByte(byte)) throw controlCharacter(scan.fail, byte);
  }
  if (end === bytes.length && !last) end = wholeText(bytes, start, reference);
  if (end === start) return -1;
  const text = reference !== -1 || hasReturn ? specialText(scan, start, end, reference !== -1) : null;
  tellText(scan, start, end, bits < 0x80, text);
  return end;
}

/** End of the text that a chunk has whole: not half a reference, and not half a line end. */
function wholeText(bytes: Buffer, start: number, reference: number): number {
  const end = bytes.length;
  if (reference !== -1 && end - reference < LONGEST_REFERENCE && bytes.indexOf(SEMICOLON, reference) === -1) {
    return reference;
  }
  return bytes[end - 1] === RETURN ? Math.max(start, end - 1) : end;
}

function tellText(scan: Scan, start: number, end: number, ascii: boolean, text: string | null): void {
  const { token } = scan;
  token.name = '';
  token.textStart = start;
  token.textEnd = end;
  token.ascii = ascii;
  token.text = text;
  if (scan.open.length > 0) scan.handler.text(token);
  else if (!areBlank(token.bytes, start, end)) throw outsideRoot(scan);
}

/** Text with references or foreign line ends. */
function specialText({ token, fail }: Scan, start: number, end: number, references: boolean): string {
  const lines = token.bytes.toString('utf8', start, end).replace(/\r\n?/g, '\n');
  return references ? resolveReferences(lines, fail) : lines;
}

function outsideRoot({ fail }: Scan): Error {
  return fail({ en: 'it has text outside its root element', zh: '根元素之外有文本' });
}
