const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const WIDE = new Set(['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']);
const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

function* byteSequences(label: string): Generator<readonly number[]> {
  for (let byte = 0x80; byte <= 0xff; byte++) yield [byte];
  if (!WIDE.has(label)) return;
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) yield [lead, trail];
  }
}

/** Bytes of each character beyond ASCII that an encoding writes with one or two, told from what its decoder reads. */
function tableOf(label: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(label);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(label);
  const table = new Map<string, readonly number[]>();
  for (const bytes of byteSequences(label)) {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  }
  if (label === 'windows-1252')
    for (const [at, character] of [...WINDOWS_1252].entries()) table.set(character, [0x80 + at]);
  tables.set(label, table);
  return table;
}

/** A text in an encoding for which the runtime has a decoder only; null when a character is not in it. */
export function encodeText(text: string, label: string): Buffer | null {
  const table = tableOf(label);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const encoded = code < 0x80 ? [code] : table.get(character);
    if (encoded === undefined) return null;
    bytes.push(...encoded);
  }
  return Buffer.from(bytes);
}
