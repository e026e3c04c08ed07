/** The page from top to bottom. */
export const PAGE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--page); color: var(--ink); line-height: 1.55;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
main, footer { max-width: 68rem; margin: 0 auto; padding: 0 2rem; }
main { padding-top: 3.5rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 2.125rem; font-weight: 650; letter-spacing: -0.015em; }
h2 { margin: 0 0 0.5rem; font-size: 1.5rem; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 2.25rem 0 0.5rem; font-size: 1.125rem; font-weight: 650; }
h4, h5, h6 { margin: 1.75rem 0 0.5rem; font-size: 1rem; font-weight: 650; }
p { margin: 0.5rem 0; max-width: 46rem; }
section { margin-top: 4rem; }
section > :first-child { margin-top: 0; }
main > h2 { margin-top: 2.75rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.subtitle { margin: 0.5rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
.lead { margin-bottom: 1.25rem; font-size: 1.0625rem; color: var(--soft); }
.muted, .note, small { color: var(--soft); }
.good { color: var(--good); }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
.note, small { font-size: 0.8125rem; }
.note { margin: 0.375rem 0 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.indented { margin-left: 1.5rem; }
ul { padding-left: 1.25rem; margin: 0.5rem 0; }
ul > li { max-width: 46rem; }
abbr { text-decoration: underline dotted; text-decoration-color: var(--soft); text-underline-offset: 0.25em; }

.callout {
  display: flex; gap: 0.625rem; max-width: none; margin: 0.75rem 0; padding: 0.75rem 1rem;
  border-radius: 0.5rem; background: var(--panel); color: var(--ink);
}
.callout .mark { font-weight: 700; }
.callout.bad { background: var(--bad-pale); }
.callout.warn { background: var(--warn-pale); }
.callout.good { background: var(--good-pale); }
.callout.bad .mark { color: var(--bad); }
.callout.warn .mark { color: var(--warn); }
.callout.good .mark { color: var(--good); }
.verdict { margin-top: 1.75rem; padding: 1rem 1.25rem; font-size: 1.0625rem; font-weight: 600; }

.verdict small { font-weight: 400; margin-left: 0.75rem; white-space: nowrap; }
.reasons { list-style: none; margin: 0.75rem 0 0; padding: 0; display: grid; gap: 0.5rem; }
.reasons > li { display: flex; gap: 0.625rem; max-width: none; font-size: 0.9375rem; line-height: 1.45; }
.reasons .mark { flex: none; width: 0.75rem; font-weight: 700; text-align: center; }
.reasons strong { font-weight: 600; }
.reasons .facts { margin: 0 0.25rem; overflow-wrap: anywhere; }
.reasons .advice { display: block; margin: 0; }

.summary { display: grid; grid-template-columns: minmax(12rem, 16rem) 1fr; gap: 1.5rem 3rem; margin-top: 2.5rem; }
.summary h2 { font-size: 1rem; margin-bottom: 0; }
.score { margin: 0; font-size: 4.5rem; font-weight: 650; line-height: 1.1; letter-spacing: -0.03em; }
.score span { font-size: 1.125rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.parts { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; }
.parts > li {
  display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr 3rem; gap: 0 1rem; align-items: baseline; max-width: none;
}
.parts .label { font-weight: 600; }
.parts .figure { text-align: right; font-weight: 600; }
.parts small { grid-column: 1 / -1; }

.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: 1rem; margin: 2.5rem 0 0; }
.tile { padding: 1rem 1.25rem; border-radius: 0.5rem; background: var(--panel); }
.tile dt { color: var(--soft); font-size: 0.875rem; }
.tile dd { margin: 0; }
.tile .value { font-size: 1.625rem; font-weight: 650; line-height: 1.35; letter-spacing: -0.01em; overflow-wrap: anywhere; }
.tile .detail { font-size: 0.8125rem; color: var(--soft); }

nav { margin-top: 2.5rem; padding: 0.75rem 0; border-block: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.375rem 1.5rem; list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; padding: 0.125rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
footer { margin-top: 4rem; padding-bottom: 3rem; font-size: 0.8125rem; color: var(--soft); }
`;
