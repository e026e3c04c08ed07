import { safeText } from '../i18n/safe-text.ts';
import type { Text } from '../i18n/text.ts';
import { displayWidth, padEnd } from '../i18n/width.ts';
import type { BarRow, BarsBlock } from '../report/document.ts';
import { type Canvas, inlineLines } from './terminal-text.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const LONGEST_BAR = 40;
const SHORTEST_BAR = 12;
const GAP = '  ';

const LEGEND: Text = {
  en: '█ low end  ▓ estimate  ░ high end of the interval',
  zh: '█ 区间下限  ▓ 估计值  ░ 区间上限',
};

function scaleOf(block: BarsBlock): number {
  const values = block.rows.flatMap((row) => [row.value ?? 0, row.high ?? 0]);
  const max = block.max ?? Math.max(0, ...values);
  return max > 0 && Number.isFinite(max) ? max : 1;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** A bar in eighths of a column; anything above zero shows at least one. */
function solidBar(share: number, width: number): string {
  const eighths = share > 0 ? Math.max(1, Math.round(clamp(share, 0, 1) * width * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** Full to the lower limit, dark to the value, light to the upper limit. */
function intervalBar(low: number, value: number, high: number, width: number): string {
  const columns = (share: number) => Math.round(clamp(share, 0, 1) * width);
  const toLow = columns(Math.min(low, value));
  const toValue = Math.max(columns(value), value > 0 ? 1 : 0);
  const toHigh = columns(Math.max(high, value));
  return '█'.repeat(toLow) + '▓'.repeat(Math.max(0, toValue - toLow)) + '░'.repeat(Math.max(0, toHigh - toValue));
}

function barOf(row: BarRow, scale: number, width: number): string {
  if (row.value === null || !Number.isFinite(row.value)) return '';
  if (row.low === undefined && row.high === undefined) return solidBar(row.value / scale, width);
  return intervalBar((row.low ?? row.value) / scale, row.value / scale, (row.high ?? row.value) / scale, width);
}

function besideLabels(block: BarsBlock, labelWidth: number, barWidth: number, canvas: Canvas): string[] {
  const scale = scaleOf(block);
  return block.rows.map((row) => {
    const label = padEnd(safeText(row.label), labelWidth) + GAP;
    const text = safeText(row.text).trimEnd();
    if (row.value === null) return (label + canvas.paint('muted', text)).trimEnd();
    const tone = row.tone ?? 'plain';
    const bar = barOf(row, scale, barWidth);
    const blank = ' '.repeat(Math.max(0, barWidth - displayWidth(bar)));
    return `${label}${canvas.paint(tone, bar)}${blank}${GAP}${bar === '' ? canvas.paint(tone, text) : text}`.trimEnd();
  });
}

function belowLabels(block: BarsBlock, canvas: Canvas): string[] {
  const scale = scaleOf(block);
  const barWidth = Math.min(LONGEST_BAR, canvas.width);
  return block.rows.flatMap((row) => {
    const tone = row.tone ?? 'plain';
    const bar = barOf(row, scale, barWidth);
    const words = inlineLines([row.label, GAP, { text: row.text, tone: bar === '' ? tone : 'plain' }], canvas);
    return bar === '' ? words : [...words, canvas.paint(tone, bar)];
  });
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => displayWidth(safeText(text))));
}

/** Columns for the bars where all stand beside their labels, or 0 where there is no room for that. */
function barWidthBeside(block: BarsBlock, labelWidth: number, width: number): number {
  const room = width - labelWidth - GAP.length;
  // A text without a bar takes the place of the bar too.
  const alone = widest(block.rows.filter((row) => row.value === null).map((row) => row.text));
  const beside = widest(block.rows.filter((row) => row.value !== null).map((row) => row.text));
  const barWidth = Math.min(LONGEST_BAR, room - GAP.length - beside);
  return barWidth < SHORTEST_BAR || alone > room ? 0 : barWidth;
}

/** Labelled bars in columns; where they would not fit beside their labels, each stands below its own. */
export function barsLines(block: BarsBlock, canvas: Canvas): string[] {
  const labelWidth = widest(block.rows.map((row) => row.label));
  const barWidth = barWidthBeside(block, labelWidth, canvas.width);
  const lines = barWidth > 0 ? besideLabels(block, labelWidth, barWidth, canvas) : belowLabels(block, canvas);
  const hasInterval = block.rows.some((row) => row.low !== undefined || row.high !== undefined);
  const below = [
    ...(hasInterval ? [block.legend ?? LEGEND[canvas.lang]] : []),
    ...(block.caption === undefined ? [] : [block.caption]),
  ];
  return [...lines, ...below.flatMap((line) => inlineLines(line, canvas, 'muted'))];
}
