import { Chalk } from 'chalk';
import { safeText } from '../i18n/safe-text.ts';
import type { Lang } from '../i18n/text.ts';
import { type Cluster, clustersOf, displayWidth, isSingleWidth } from '../i18n/width.ts';
import { singleWidthLines, wrapClusters } from '../i18n/wrap.ts';
import { type Inline, spansOf, type Tone } from '../report/document.ts';

/** Text of one tone, with the terminal columns it takes: it is measured and wrapped before it is coloured. */
export interface StyledText {
  readonly text: string;
  readonly width: number;
  readonly tone: Tone;
}

type StyledCluster = Cluster & StyledText;

/** An inline text as it is measured: by its spans, which are split into clusters only where a line has to break. */
export interface MeasuredInline {
  readonly spans: readonly StyledText[];
  readonly width: number;
  /** Whether a part of it is not to be broken at its spaces. */
  readonly hasNames: boolean;
  readonly clusters: () => StyledCluster[];
}

/** What drawing a block needs to know. `width` is what is left for the block itself. */
export interface Canvas {
  readonly width: number;
  readonly lang: Lang;
  readonly paint: (tone: Tone, text: string) => string;
  /** Notes that need not be said twice in one document. */
  readonly told?: Set<string>;
}

/** Colours by meaning, from the sixteen of the terminal's own theme. Without colour the text stays as it is. */
export function createPaint(colour: boolean): Canvas['paint'] {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const styles: Readonly<Record<Tone, (text: string) => string>> = {
    plain: (text) => text,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
    muted: chalk.dim,
    strong: chalk.bold,
  };
  return (tone, text) => (text === '' ? '' : styles[tone](text));
}

function clustersIn(inline: Inline, fallback: Tone): StyledCluster[] {
  return spansOf(inline).flatMap(({ text, tone = fallback, whole }, name) =>
    clustersOf(safeText(text)).map((cluster) =>
      whole === true
        ? { text: cluster.text, width: cluster.width, tone, name }
        : { text: cluster.text, width: cluster.width, tone },
    ),
  );
}

/** Measures an inline text; spans without a tone take `fallback`. */
export function measureInline(inline: Inline, fallback: Tone = 'plain'): MeasuredInline {
  const parts = spansOf(inline);
  const spans = parts.map((part) => {
    const text = safeText(part.text);
    return { text, width: displayWidth(text), tone: part.tone ?? fallback };
  });
  const hasNames = parts.some(({ whole }) => whole === true);
  return { spans, width: widthOf(spans), hasNames, clusters: () => clustersIn(inline, fallback) };
}

export function widthOf(line: readonly StyledText[]): number {
  return line.reduce((sum, { width }) => sum + width, 0);
}

const ENDS_IN_SPACE = /\s$/;

/** What stands between two places of a text of single-width characters. */
function cutSpans(spans: readonly StyledText[], from: number, to: number): StyledText[] {
  const parts: StyledText[] = [];
  let start = 0;
  for (const { text, tone } of spans) {
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (part !== '') parts.push({ text: part, width: part.length, tone });
    start += text.length;
  }
  return parts;
}

/** The lines of a measured text at `width` columns; see `wrapClusters`. */
export function wrapInline(
  { spans, width: needed, hasNames, clusters }: MeasuredInline,
  width: number,
): (readonly StyledText[])[] {
  const whole = spans.map(({ text }) => text).join('');
  // Most texts fit, and have nothing at their end to be trimmed.
  if (needed <= width && !ENDS_IN_SPACE.test(whole)) return [spans];
  if (hasNames || !isSingleWidth(whole)) return wrapClusters(clusters(), width);
  return singleWidthLines(whole, width).map(([from, to]) => cutSpans(spans, from, to));
}

/** Runs of one tone, each passed through `paint`. */
export function paintLine(line: readonly StyledText[], paint: Canvas['paint']): string {
  let painted = '';
  let run = '';
  let tone: Tone = 'plain';
  for (const part of line) {
    if (part.tone !== tone) {
      painted += paint(tone, run);
      run = '';
      tone = part.tone;
    }
    run += part.text;
  }
  return painted + paint(tone, run);
}

/** Lines of an inline text, wrapped to the canvas. */
export function inlineLines(inline: Inline, canvas: Canvas, fallback: Tone = 'plain'): string[] {
  return wrapInline(measureInline(inline, fallback), canvas.width).map((line) => paintLine(line, canvas.paint));
}
