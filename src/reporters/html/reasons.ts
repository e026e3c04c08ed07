import { say } from '../../i18n/text.ts';
import type { PageReason, PageReasons } from '../../report/page/page.ts';
import { adviceContent } from './advice.ts';
import { MARKS } from './marks.ts';
import { type Content, html, type Markup } from './markup.ts';
import type { Scene } from './scene.ts';

const WHY = say('Why', '原因');
const SEE = say('findings', '查看问题');

/** By id of a rule, its place among the rules that have findings on the page. */
export type RulePlaces = ReadonlyMap<string, number>;

/** The id of the first finding of a rule. */
export function ruleAnchor(place: number): string {
  return `rule-${place}`;
}

/** A link that goes to the findings of a rule; the script shows them alone. */
function linkMarkup({ rule, title }: PageReason, places: RulePlaces, { translator }: Scene): Content {
  const place = places.get(rule);
  if (place === undefined) return null;
  const name = `${translator.text(SEE)}${translator.lang === 'zh' ? '：' : ': '}${title}`;
  return html` <a href="#${ruleAnchor(place)}" data-rule="${place}" aria-label="${name}">${translator.text(SEE)}</a>`;
}

function reasonMarkup(reason: PageReason, places: RulePlaces, scene: Scene): Markup {
  const { tone, title, facts, advice } = reason;
  const mark = html`<span class="mark ${tone}" aria-hidden="true">${MARKS[tone]}</span>`;
  const todo = advice === '' ? null : html` <span class="advice">${adviceContent(advice)}</span>`;
  return html`<li>${mark}<span><strong>${title}</strong> <span class="facts">${facts.join(' · ')}</span>${linkMarkup(reason, places, scene)}${todo}</span></li>\n`;
}

/** The rules behind the verdict, each with what is wrong, what to do and where its findings are. */
export function reasonsMarkup({ rules, more }: PageReasons, places: RulePlaces, scene: Scene): Markup {
  if (rules.length === 0) return html``;
  return html`<ul class="reasons" aria-label="${scene.translator.text(WHY)}">
${rules.map((reason) => reasonMarkup(reason, places, scene))}</ul>${
    more === '' ? null : html`\n<p class="note"><a href="#findings">${more}</a></p>`
  }`;
}
