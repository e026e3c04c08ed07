// node samples/take-screenshots.js: the pictures of the README, the page of one sample in both languages.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const EXPORT = 'samples/salesforce/opportunities.csv';
const PICTURES = { en: 'samples/page.png', zh: 'samples/page.zh-CN.png' };

const folder = mkdtempSync(join(tmpdir(), 'funnelint-screenshots-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [lang, picture] of Object.entries(PICTURES)) {
  const page = join(folder, `${lang}.html`);
  const flags = ['audit', EXPORT, '--lang', lang, '--fail-on', 'never', '-q', '-o', page];
  execFileSync(process.execPath, ['bin/funnelint.js', ...flags], { cwd: ROOT });
  const tab = await browser.newPage({ viewport: { width: 1040, height: 1180 }, colorScheme: 'light' });
  await tab.goto(`file://${page}`);
  await tab.screenshot({ path: join(ROOT, picture) });
}
await browser.close();
rmSync(folder, { recursive: true });
