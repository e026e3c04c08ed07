/**
 * Phones, where each finding is a card, and paper. Chromium does not repeat the head of a table on each page where it
 * holds buttons, so on paper the titles stand there without.
 */
export const MEDIA = `
@media screen and (max-width: 44rem) {
  main, footer { padding-inline: 1.125rem; }
  main { padding-top: 1.75rem; }
  h1 { font-size: 1.625rem; }
  h2 { font-size: 1.3125rem; }
  section { margin-top: 3rem; }
  .wide { display: none; }
  .narrow, .swipe { display: block; }
  .controls .sort { display: grid; }
  .reasons .facts { margin: 0; }
  .verdict small { display: block; margin: 0.25rem 0 0; }
  .summary { grid-template-columns: 1fr; margin-top: 2rem; }
  .score { font-size: 3.75rem; }
  .parts > li { grid-template-columns: 1fr 2.5rem; }
  .parts .strip { grid-column: 1 / -1; grid-row: 2; margin: 0.25rem 0; }
  .parts span:empty { display: none; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 0.625rem; }
  .tile { padding: 0.75rem 0.875rem; }
  .tile .value { font-size: 1.3125rem; }
  .bars { display: block; }
  .bars > li { display: grid; grid-template-columns: 1fr auto; gap: 0.125rem 0.75rem; margin-bottom: 0.75rem; }
  .bars .strip { grid-column: 1 / -1; grid-row: 2; }
  .controls label, .controls .search, .controls select { flex: 1 1 100%; max-width: 100%; width: 100%; }
  .findings, .findings tbody { display: block; }
  .findings thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .findings tr {
    display: grid; grid-template-columns: 1fr auto; gap: 0.125rem 0.75rem; padding: 0.875rem 0;
    border-bottom: 1px solid var(--line);
  }
  .findings thead tr { display: flex; }
  .findings td { border: 0; padding: 0; min-width: 0; max-width: none; width: auto; text-align: left; }
  .findings .deal { grid-area: 1 / 1; width: auto; min-width: 0; font-weight: 650; }
  .findings small { font-weight: 400; }
  .findings .amount { grid-area: 1 / 2; text-align: right; }
  .findings .message { grid-area: 2 / 1 / 3 / 3; min-width: 0; }
  .findings .severity { grid-area: 3 / 1; }
  .findings .place { grid-area: 3 / 2; text-align: right; color: var(--soft); }
  .findings .rule { grid-area: 4 / 1; }
  .findings .owner { grid-area: 4 / 2; text-align: right; }
  .findings .rule, .findings .owner, .findings .severity, .findings .place { font-size: 0.8125rem; width: auto; min-width: 0; }
}
@page { size: A4; margin: 12mm 12mm; }
@media print {
  html { font-size: 8pt; }
  body { line-height: 1.4; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main, footer { max-width: none; padding: 0; }
  h1 { font-size: 1.75rem; }
  h2 { font-size: 1.375rem; }
  nav, .controls, .more, details:not(.brief), summary, .closed { display: none; }
  section { margin-top: 1.25rem; }
  h2, h3, h4, figcaption, .lead { break-after: avoid; }
  .drawing, .callout, .tile, .reasons > li, .bars > li, .parts > li, tr { break-inside: avoid; }
  figure { margin-top: 1rem; }
  figcaption { margin-bottom: 0.25rem; }
  .plot { max-width: 92%; }
  .drawing[tabindex] .wide { zoom: 0.72; }
  details.brief { margin: 0; }
  .verdict { margin-top: 0.75rem; padding: 0.5rem 0.75rem; }
  .reasons { gap: 0.25rem; }
  .reasons a { display: none; }
  .summary { margin-top: 1rem; gap: 0.5rem 2rem; }
  .score { font-size: 3rem; }
  .parts { gap: 0.25rem; }
  .tiles { grid-template-columns: repeat(4, 1fr); gap: 0.5rem; margin-top: 1rem; }
  .tile { padding: 0.5rem 0.75rem; }
  .tile .value { font-size: 1.25rem; }
  footer { margin-top: 1rem; padding: 0; break-before: avoid; }
  .scroll, .drawing { overflow: visible; }
  thead { display: table-header-group; break-inside: avoid; }
  table { font-size: 7pt; line-height: 1.3; margin-top: 0.375rem; }
  th, td { padding: 1.5pt 0.75rem 1.5pt 0; }
  thead th { font-size: 7pt; }
  .findings .rule, .findings .deal, .findings .message { min-width: 7rem; }
  .findings .owner { min-width: 5rem; }
  .findings td { padding-right: 0.5rem; }
  .findings small, .findings .advice { font-size: 6.5pt; }
  .findings th { white-space: nowrap; }
  .findings th button { display: none; }
  .findings th[data-title]::before { content: attr(data-title); }
  a { color: inherit; text-decoration: none; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
