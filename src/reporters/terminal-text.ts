import { Chalk } from 'chalk';
import { safeText } from '../i18n/safe-text.ts';
import type { Lang } from '../i18n/text.ts';
import { type Cluster, clustersOf } from '../i18n/width.ts';
import { wrapClusters } from '../i18n/wrap.ts';
import { type Inline, spansOf, type Tone } from '../report/document.ts';

/** A cluster that knows its tone, so that text is measured and wrapped before it is coloured. */
export interface StyledCluster extends Cluster {
  readonly tone: Tone;
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

/** An inline text as clusters; spans without a tone take `fallback`. */
export function styledClusters(inline: Inline, fallback: Tone = 'plain'): StyledCluster[] {
  return spansOf(inline).flatMap((part, index) => {
    const tone = part.tone ?? fallback;
    const name = part.whole === true ? { name: index } : {};
    return clustersOf(safeText(part.text)).map((cluster) => ({ ...cluster, tone, ...name }));
  });
}

export function clustersWidth(clusters: readonly Cluster[]): number {
  return clusters.reduce((sum, cluster) => sum + cluster.width, 0);
}

/** Runs of one tone, each passed through `paint`. */
export function paintClusters(clusters: readonly StyledCluster[], paint: Canvas['paint']): string {
  let painted = '';
  let run = '';
  let tone: Tone = 'plain';
  for (const cluster of clusters) {
    if (cluster.tone !== tone) {
      painted += paint(tone, run);
      run = '';
      tone = cluster.tone;
    }
    run += cluster.text;
  }
  return painted + paint(tone, run);
}

/** Lines of an inline text, wrapped to the canvas. */
export function inlineLines(inline: Inline, canvas: Canvas, fallback: Tone = 'plain'): string[] {
  return wrapClusters(styledClusters(inline, fallback), canvas.width).map((line) => paintClusters(line, canvas.paint));
}
