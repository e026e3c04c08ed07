/** Tables, bars, figures, and the table of the findings. */
export const PARTS = `
.scroll, .drawing[tabindex] { position: relative; overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; margin: 0.75rem 0 0; font-size: 0.875rem; line-height: 1.45; }
th, td { padding: 0.4375rem 1.25rem 0.4375rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0.125rem; }
thead th { vertical-align: bottom; color: var(--soft); font-weight: 600; font-size: 0.8125rem; }
tbody th { font-weight: 400; }
th.number, td.number { text-align: right; }
td.number { white-space: nowrap; }
td:not(.number), tbody th { min-width: 4rem; max-width: 30rem; }
.bare th { padding: 0; border: 0; }

.bars { display: grid; grid-template-columns: fit-content(16rem) minmax(5rem, 24rem) auto; gap: 0.375rem 1rem; list-style: none; padding: 0; margin: 0.75rem 0; }
.bars > li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; max-width: none; }
.figure { font-size: 0.875rem; }
.bars .label { font-size: 0.875rem; }
.strip { display: block; width: 100%; height: 0.625rem; border-radius: 0.1875rem; align-self: center; }
.strip .track { fill: var(--line); }
.strip .bar { fill: var(--accent-fill); }
.strip .good { fill: var(--good); }
.strip .warn { fill: var(--warn); }
.strip .bad { fill: var(--bad); }
.strip .muted { fill: var(--soft); }
.strip .range { fill: var(--ink); }

figure { margin: 2rem 0 0; }
figure + p { margin-top: 1.5rem; }
figcaption { margin-bottom: 0.75rem; font-weight: 650; }
.plot { display: block; overflow: visible; max-width: 100%; height: auto; color: var(--soft); font-size: 12.5px; font-variant-numeric: tabular-nums; }
.plot text { white-space: pre; }
.narrow, .swipe { display: none; }
.drawing[tabindex] .narrow { max-width: none; }
details { margin-top: 0.75rem; }
summary { width: fit-content; cursor: pointer; color: var(--accent); font-size: 0.875rem; }

.controls { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; margin: 1.5rem 0 0.5rem; }
.controls[hidden] { display: none; }
.controls label { display: grid; gap: 0.25rem; font-size: 0.8125rem; color: var(--soft); min-width: 0; }
.controls .search { flex: 1 1 14rem; }
.controls .sort { display: none; }
.controls select { max-width: 16rem; }
.controls input, .controls select, .controls button {
  font: inherit; font-size: 0.9375rem; min-height: 2.5rem; padding: 0.375rem 0.625rem; border: 1px solid var(--soft);
  border-radius: 0.375rem; background: var(--page); color: var(--ink); width: 100%;
}
.controls button { width: auto; cursor: pointer; }
.more {
  margin-top: 1rem; font: inherit; min-height: 2.5rem; padding: 0.375rem 1.25rem; border: 1px solid var(--soft);
  border-radius: 0.375rem; background: var(--page); color: var(--ink); cursor: pointer;
}
.shown { margin: 0 0 0.25rem; font-size: 0.875rem; color: var(--soft); }
.findings { width: 100%; }
.findings td { padding-right: 1rem; overflow-wrap: anywhere; }
.findings tr[id] { scroll-margin-top: 6rem; }
.findings tr[hidden], .advice[hidden], .shown[hidden], .more[hidden] { display: none; }
.findings .severity { white-space: nowrap; }
.findings .severity .mark { font-weight: 700; }
.findings small { display: block; overflow-wrap: anywhere; }
.findings .rule { min-width: 9rem; width: 18%; }
.findings .deal { min-width: 9rem; width: 18%; }
.findings .owner { min-width: 5rem; width: 9%; }
.findings .message { min-width: 13rem; }
.findings .place { min-width: 4.5rem; }
.advice { margin: 0.25rem 0 0; color: var(--soft); font-size: 0.8125rem; }
.advice::before { content: "→ "; }
.findings th button { all: unset; white-space: nowrap; cursor: pointer; font: inherit; color: var(--accent); }
.findings th button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.findings th button::after { content: " ↕"; color: var(--soft); }
.findings th[aria-sort="ascending"] button::after { content: " ↑"; color: var(--accent); }
.findings th[aria-sort="descending"] button::after { content: " ↓"; color: var(--accent); }
`;
