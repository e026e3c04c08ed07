/** Colours by meaning, of paper and bright windows and of dark ones. Text has a contrast of 4.5 and more on all of them. */
export const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f7f9; --ink: #1b2330; --soft: #55606e; --line: #dfe3e8;
  --accent: #1d5c8a; --accent-fill: #4d88b0; --accent-pale: #dbe8f2;
  --good: #1a6b3f; --warn: #875000; --bad: #b0261d;
  --good-pale: #e7f3eb; --warn-pale: #fcf2de; --bad-pale: #fbeae8;
  --heat-0: #eef2f5; --heat-1: #fbeacb; --heat-2: #f5c58c; --heat-3: #e38d62; --heat-4: #a5311f;
  --heat-ink-0: #1b2330; --heat-ink-1: #1b2330; --heat-ink-2: #1b2330; --heat-ink-3: #1b2330; --heat-ink-4: #ffffff;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14181e; --panel: #1c2129; --ink: #e7eaef; --soft: #a4aeba; --line: #333c47;
    --accent: #82bce4; --accent-fill: #4f92bf; --accent-pale: #24435a;
    --good: #7fd19d; --warn: #efba65; --bad: #ff978e;
    --good-pale: #172f20; --warn-pale: #332810; --bad-pale: #3b1e1b;
    --heat-0: #252c35; --heat-1: #4a3d20; --heat-2: #6e4b1d; --heat-3: #984a22; --heat-4: #e37b64;
    --heat-ink-0: #e7eaef; --heat-ink-1: #ffffff; --heat-ink-2: #ffffff; --heat-ink-3: #ffffff; --heat-ink-4: #14181e;
  }
}
`;
