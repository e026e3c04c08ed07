import { say } from '../../i18n/text.ts';
import type { Page, PageScorePart, PageTile } from '../../report/page/page.ts';
import { barMarkup } from './bars.ts';
import { TONE_CLASS } from './inline.ts';
import { MARKS } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { type RulePlaces, reasonsMarkup } from './reasons.ts';
import type { Scene } from './scene.ts';

const SCORE = say('Health score', '健康分');
const OF_100 = say('of 100', '/ 100');
const SECTIONS = say('Parts of this page', '本页内容');

/** Below this number of points a part is what to look at first. */
const POOR_BELOW = 50;

function partMarkup({ title, value, points, note }: PageScorePart, { translator }: Scene): Markup {
  const tone = points !== null && points < POOR_BELOW ? 'warn' : 'plain';
  const figure = points === null ? '–' : translator.number(points, 0);
  const words = [value, note].filter((each) => each !== '').join(' · ');
  return html`<li><span class="label">${title}</span>${points === null ? html`<span></span>` : barMarkup({ value: points, tone }, 100)}<span class="figure">${figure}</span><small>${words}</small></li>\n`;
}

function scoreMarkup({ score }: Page, scene: Scene): Markup {
  const { translator } = scene;
  if (score.parts.length === 0) return html``;
  const value =
    score.value === null
      ? html`<p>${score.text}</p>`
      : html`<p class="score">${translator.number(score.value, 0)} <span>${translator.text(OF_100)}</span></p>`;
  return html`<section class="summary" aria-labelledby="score-title">
<div><h2 id="score-title">${translator.text(SCORE)}</h2>
${value}
<p class="note">${score.coverage}</p></div>
<ul class="parts">
${score.parts.map((part) => partMarkup(part, scene))}</ul>
</section>`;
}

function tileMarkup({ label, value, detail, tone = 'plain' }: PageTile): Markup {
  return html`<div class="tile"><dt>${label}</dt><dd class="value ${TONE_CLASS[tone]}">${value}</dd><dd class="detail">${detail}</dd></div>\n`;
}

/** What the page is about, the verdict with its reasons, the score with its parts, and the figures to know. */
export function headMarkup(page: Page, places: RulePlaces, scene: Scene): Markup {
  const { tone, text, note } = page.verdict;
  return html`<header>
<h1>${page.title}</h1>
<p class="subtitle">${page.subtitle}</p>
<p class="callout verdict ${TONE_CLASS[tone]}"><span class="mark" aria-hidden="true">${MARKS[tone]}</span><span>${text}${note === '' ? null : html` <small>${note}</small>`}</span></p>
${reasonsMarkup(page.reasons, places, scene)}
</header>
${scoreMarkup(page, scene)}
${page.tiles.length === 0 ? null : html`<dl class="tiles">\n${page.tiles.map(tileMarkup)}</dl>`}`;
}

/** Links to the parts of the page. */
export function navMarkup(
  links: readonly { readonly id: string; readonly title: string }[],
  { translator }: Scene,
): Markup {
  const items = links.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav aria-label="${translator.text(SECTIONS)}"><ul>${items}</ul></nav>`;
}
