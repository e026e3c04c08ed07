import type { FormatParts } from '../excel-date.ts';
import { namedFormatParts } from '../named-formats.ts';
import { attributeOf, type XmlToken } from '../workbook/xml-token.ts';

/** Collects the styles of an XML spreadsheet, which stand ahead of its sheets. */
export interface StyleReader {
  open(token: XmlToken): void;
  /** What a cell of the style shows; null for a style that there is not. */
  of(id: string | null): FormatParts | null;
}

interface Style {
  readonly parent: string | null;
  format: FormatParts | null;
}

export const PLAIN: FormatParts = { date: false, time: false, percent: false };
const BASE = 'Default';
/** Styles lean on others; a longer chain is a loop. */
const MOST_PARENTS = 16;

export function startStyles(): StyleReader {
  const styles = new Map<string, Style>();
  const known = new Map<string, FormatParts | null>();
  let last: Style | null = null;
  return {
    open(token) {
      if (token.name === 'Style') {
        last = { parent: attributeOf(token, 'Parent'), format: null };
        styles.set(attributeOf(token, 'ID') ?? '', last);
      } else if (token.name === 'NumberFormat' && last !== null) {
        const format = attributeOf(token, 'Format');
        if (format !== null) last.format = namedFormatParts(format);
      }
    },
    of(id) {
      const wanted = id ?? BASE;
      const found = known.get(wanted);
      if (found !== undefined) return found;
      const format = resolve(styles, wanted, id === null);
      known.set(wanted, format);
      return format;
    },
  };
}

function resolve(styles: ReadonlyMap<string, Style>, wanted: string, isBase: boolean): FormatParts | null {
  let style = styles.get(wanted);
  if (style === undefined) return isBase ? PLAIN : null;
  for (let step = 0; step < MOST_PARENTS && style !== undefined; step++) {
    if (style.format !== null) return style.format;
    style = style.parent === null ? undefined : styles.get(style.parent);
  }
  return PLAIN;
}
