import { say } from '../../i18n/text.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Document } from '../../report/document.ts';
import type { Page, PageSection } from '../../report/page/page.ts';
import type { AuditReport } from '../../report/report.ts';
import { blocksMarkup } from './blocks.ts';
import { FINDINGS_TITLE, findingsPart } from './findings.ts';
import { inlineMarkup, plainText } from './inline.ts';
import { html, type Markup } from './markup.ts';
import { headMarkup, navMarkup } from './page-head.ts';
import { createScene, type Scene } from './scene.ts';
import { SCRIPT } from './script.ts';
import { shellMarkup } from './shell.ts';

const MADE_BY = say('Made by {tool} {version} · as of {date}', '由 {tool} {version} 生成 · 基准日 {date}');
const AUDIT = say('Pipeline audit', '销售漏斗体检');

const SHOW = say('Show everything that was computed', '展开全部计算结果');

/** Sections that back up the others; the findings stand before them. */
const APPENDIX: ReadonlySet<string> = new Set(['inputs', 'not-run', 'exceptions', 'faults', 'all-figures']);
/** Sections to look things up in, closed at first. */
const CLOSED: ReadonlySet<string> = new Set(['all-figures']);

function sectionMarkup({ id, title, lead, blocks }: PageSection, scene: Scene): Markup {
  const isClosed = CLOSED.has(id);
  const body = blocksMarkup(blocks, 2, scene);
  const summary = scene.translator.text(SHOW);
  return html`<section id="${id}" aria-labelledby="${id}-title"${isClosed ? html` class="closed"` : null}>
<h2 id="${id}-title">${title}</h2>
${lead === undefined ? null : html`<p class="lead">${inlineMarkup(lead)}</p>\n`}${
  isClosed ? html`<details><summary>${summary}</summary>${body}</details>` : body
}</section>
`;
}

function footerMarkup({ tool, asOf }: AuditReport, translator: Translator): Markup {
  const text = translator.text(MADE_BY, { tool: tool.name, version: tool.version, date: { date: asOf.date } });
  return html`<footer><p>${text}</p></footer>`;
}

/** The whole report as one file of HTML. */
export function pageHtml(report: AuditReport, page: Page, translator: Translator): string {
  const scene = createScene(translator);
  const main = page.sections.filter(({ id }) => !APPENDIX.has(id));
  const appendix = page.sections.filter(({ id }) => APPENDIX.has(id));
  const links = [...main, { id: 'findings', title: translator.text(FINDINGS_TITLE) }, ...appendix];
  const findings = findingsPart(report, page.findingsLead, translator);
  const body = html`<main>
${headMarkup(page, findings.places, scene)}
${navMarkup(links, scene)}
${main.map((section) => sectionMarkup(section, scene))}${findings.markup}
${appendix.map((section) => sectionMarkup(section, scene))}</main>
${footerMarkup(report, translator)}`;
  return shellMarkup({ title: page.title, lang: translator.lang, body, script: SCRIPT }).markup;
}

/** One view of a report as a file of HTML. */
export function viewHtml(report: AuditReport, document: Document, translator: Translator): string {
  const [first, ...others] = document;
  const hasTitle = first?.type === 'heading' && first.level === 1;
  const title = hasTitle ? first.text : translator.text(report.name ?? AUDIT);
  const body = html`<main>
<h1>${inlineMarkup(title)}</h1>
${blocksMarkup(hasTitle ? others : document, 1, createScene(translator))}
</main>
${footerMarkup(report, translator)}`;
  return shellMarkup({ title: plainText(title), lang: translator.lang, body, script: null }).markup;
}
