/** Bytes of each character that GB18030 writes with two, and of the first ones it writes with four; ASCII is as it is. */
function encodingTable(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly number[]>();
  const add = (bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add([lead, trail]);
  }
  // Latin signs such as ¥ are in the first block of four bytes.
  for (let third = 0x81; third <= 0xfe; third++) {
    for (let last = 0x30; last <= 0x39; last++) add([0x81, 0x30, third, last]);
  }
  return table;
}

/**
 * A text in GB18030, for which Node has a decoder only.
 * @throws Error for a character outside the blocks covered.
 */
export function encodeGb18030(text: string): Buffer {
  const table = encodingTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const encoded = code < 0x80 ? [code] : table.get(character);
    if (encoded === undefined) throw new Error(`no bytes for ${character}`);
    bytes.push(...encoded);
  }
  return Buffer.from(bytes);
}
