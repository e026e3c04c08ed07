import { Parser } from 'htmlparser2';

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a file of HTML is made of: its elements in order, its visible text, and the raw contents of style and script. */
export interface ParsedHtml {
  readonly elements: readonly Element[];
  readonly text: string;
  readonly style: string;
  readonly script: string;
}

export function parseHtml(html: string): ParsedHtml {
  const elements: Element[] = [];
  const raw = { style: '', script: '' };
  let text = '';
  let within = '';
  const parser = new Parser({
    onopentag(tag, attributes) {
      elements.push({ tag, attributes });
      within = tag;
    },
    ontext(part) {
      if (within === 'style' || within === 'script') raw[within] += part;
      else text += part;
    },
    onclosetag() {
      within = '';
    },
  });
  parser.end(html);
  return { elements, text, ...raw };
}
