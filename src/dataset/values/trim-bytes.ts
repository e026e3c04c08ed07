/**
 * First bytes of characters that `trimText` leaves at the ends of a text: visible ASCII, the letters from U+00C0 to
 * U+07FF, and U+4000 to U+9FFF, where Chinese is.
 */
const KEPT = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte > 0x20 && byte < 0x7f) || (byte >= 0xc3 && byte <= 0xdf) || (byte >= 0xe4 && byte <= 0xe9) ? 1 : 0,
);

/** Whether the UTF-8 text from `start` to before `end` begins and ends so that `trimText` leaves it as it is. */
export function endsPlainly(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  if (KEPT[bytes[start]!] === 0) return false;
  let last = end - 1;
  while (last > start && (bytes[last]! & 0xc0) === 0x80) last--;
  return KEPT[bytes[last]!] === 1;
}
