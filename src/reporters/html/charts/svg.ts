import domino from '@mixmark-io/domino';
import { type Markish, type PlotOptions, plot } from '@observablehq/plot';
import { escaped } from '../markup.ts';

/** The part of an element of the DOM that is read and changed here. */
interface SvgElement {
  readonly tagName: string;
  readonly outerHTML: string;
  readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
  readonly querySelectorAll: (selector: string) => ArrayLike<SvgElement>;
  readonly remove: () => void;
  readonly setAttribute: (name: string, value: string) => void;
  readonly removeAttribute: (name: string) => void;
}

/** Class of every chart: what Plot would style within the chart stands in the style sheet of the page. */
const CHART_CLASS = 'plot';

/** Attributes that are coordinates. */
const GEOMETRY = new Set('d x y x1 y1 x2 y2 cx cy r width height transform points'.split(' '));
const LONG_DECIMALS = /-?\d*\.\d{3,}(?:e-?\d+)?/g;

/** Attributes that say nothing to anybody: the chart as a whole has the name, and the style sheet the font. */
const NEEDLESS = ['style', 'aria-label', 'aria-hidden', 'aria-description', 'font-family', 'font-size', 'font-variant'];

function rounded(value: string): string {
  return value.replace(LONG_DECIMALS, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** Takes out styles, which the policy of the page forbids, and digits that nobody sees. */
function simplify(element: SvgElement): void {
  for (const name of NEEDLESS) element.removeAttribute(name);
  for (const { name, value } of Array.from(element.attributes)) {
    if (GEOMETRY.has(name)) element.setAttribute(name, rounded(value));
  }
}

export interface DrawnChart {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Markish[];
  readonly options: PlotOptions;
}

export interface ChartName {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Class beside that of all charts. */
  readonly variant: string;
}

/** A chart as the text of one SVG element, the same for the same figures. */
export function svgText({ width, height, marks, options }: DrawnChart, name: ChartName): string {
  // Plot asks for a DOM document by its type; here it draws on one that is not a browser's.
  const document = domino.createDocument() as NonNullable<PlotOptions['document']>;
  const drawn: unknown = plot({
    ...options,
    document,
    className: CHART_CLASS,
    width,
    height,
    marks: [...marks],
  });
  const svg = drawn as SvgElement;
  for (const style of Array.from(svg.querySelectorAll('style'))) style.remove();
  for (const element of [svg, ...Array.from(svg.querySelectorAll('*'))]) simplify(element);
  svg.setAttribute('class', `${CHART_CLASS} ${name.variant}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${name.id}t ${name.id}d`);
  const names = `<title id="${name.id}t">${escaped(name.title)}</title><desc id="${name.id}d">${escaped(name.description)}</desc>`;
  return svg.outerHTML.replace('>', () => `>${names}`);
}
