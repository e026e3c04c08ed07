import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Whether there is a browser to try pages in. */
export const HAS_CHROMIUM = existsSync(CHROMIUM);

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' ') });
}

/** A page that is open, with all that it has asked for and complained about. */
export interface OpenPage {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>;

/** Opens a file in a window of its own; whatever it asks for but the file itself is noted and refused. */
export async function withPage(
  browser: Browser,
  path: string,
  options: ContextOptions,
  visit: (open: OpenPage) => Promise<void>,
): Promise<void> {
  const context: BrowserContext = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  await page.route('**/*', (route) => {
    const url = route.request().url();
    requests.push(url);
    return url === `file://${path}` ? route.continue() : route.abort();
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`file://${path}`);
  await visit({ page, requests, complaints });
  await context.close();
}
