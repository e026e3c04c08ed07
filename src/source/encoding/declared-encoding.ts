const CHARSET = /<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i;
const ENCODING = /^(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]{0,500}?encoding\s*=\s*["']([\w:.-]{1,40})["']/;
const LOOKED_AT_BYTES = 8192;

/** Encoding that a page says it has (`<meta charset>`), in lower case; null when it does not say. */
export function declaredHtmlCharset(head: Buffer): string | null {
  return CHARSET.exec(head.toString('latin1', 0, LOOKED_AT_BYTES))?.[1]?.toLowerCase() ?? null;
}

/** Encoding in the XML declaration, in lower case; null when there is none that can be read byte by byte. */
export function declaredXmlEncoding(head: Buffer): string | null {
  return ENCODING.exec(head.toString('latin1', 0, LOOKED_AT_BYTES))?.[1]?.toLowerCase() ?? null;
}
