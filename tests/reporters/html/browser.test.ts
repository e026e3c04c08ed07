import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTranslator } from '../../../src/i18n/translator.ts';
import { pageHtml } from '../../../src/reporters/html/whole-page.ts';
import { auditSample } from '../../sample-audit.ts';
import { CASES, HOSTILE } from '../cases.ts';
import { renderedText } from '../rendered.ts';
import { HAS_CHROMIUM, launch, withPage } from './browser.ts';
import { fakePage } from './fake-page.ts';
import { ACCESSIBILITY, CONTRAST, OPEN_ALL, OVERFLOW, outlineOf } from './page-checks.ts';

/** Of poppler. */
const PDF_TO_TEXT = '/usr/bin/pdftotext';
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const FILES = ['many', 'hostile', 'salesforce', 'fxiaoke', 'view'] as const;

let browser: Browser;
let folder: string;

function pathOf(name: (typeof FILES)[number]): string {
  return join(folder, `${name}.html`);
}

async function writePages(): Promise<void> {
  const fake = fakePage(HOSTILE[1]);
  const translator = createTranslator('en', CASES.hostile.labels);
  const [salesforce, fxiaoke] = [await auditSample('salesforce'), await auditSample('fxiaoke')];
  const pages = {
    many: await renderedText({ ...CASES.many, baseline: { file: 'b', known: 9, new: 32, gone: 0 } }, 'html', {
      lang: 'en',
    }),
    hostile: pageHtml(CASES.hostile, fake, translator),
    salesforce: await renderedText(salesforce, 'html', { lang: 'en' }),
    fxiaoke: await renderedText(fxiaoke, 'html', { lang: 'zh' }),
    view: await renderedText(salesforce, 'html', { lang: 'en', view: 'full' }),
  };
  for (const name of FILES) writeFileSync(pathOf(name), pages[name]);
}

/** Rows of the table of findings that are seen, by the text of one column. */
function column(page: Page, name: string): Promise<string[]> {
  return page.locator(`#findings-table tbody tr:not([hidden]) td.${name}`).allInnerTexts();
}

function control(page: Page, name: string): Locator {
  return page.locator(`#controls [name=${name}]`);
}

function sortOf(page: Page, name: string): Promise<string | null> {
  return page.locator(`#findings-table th.${name}`).getAttribute('aria-sort');
}

describe.skipIf(!HAS_CHROMIUM)('the page in Chromium (skipped where /usr/bin/chromium is not installed)', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'funnelint-html-'));
    await writePages();
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  describe.each(FILES)('%s', (name) => {
    it.each([
      ['light', WIDE],
      ['dark', WIDE],
      ['light', PHONE],
      ['dark', PHONE],
    ] as const)(
      'asks for nothing, complains of nothing and can be read by all: %s, %o',
      async (colorScheme, viewport) => {
        await withPage(browser, pathOf(name), { colorScheme, viewport }, async ({ page, requests, complaints }) => {
          await page.evaluate(OPEN_ALL);
          expect(await page.evaluate(ACCESSIBILITY)).toEqual([]);
          const contrast = (await page.evaluate(CONTRAST)) as { readonly amiss: string[]; readonly checked: number };
          expect(contrast.amiss).toEqual([]);
          expect(contrast.checked).toBeGreaterThan(10);
          expect(await page.evaluate(OVERFLOW)).toEqual([]);
          expect(complaints).toEqual([]);
          expect(requests).toEqual([`file://${pathOf(name)}`]);
        });
      },
    );

    it('shows all of it but the controls with scripts off', async () => {
      const options = { javaScriptEnabled: false, viewport: WIDE };
      await withPage(browser, pathOf(name), options, async ({ page, complaints }) => {
        expect(await page.locator('h1').isVisible()).toBe(true);
        if (name !== 'view') {
          expect(await page.locator('#findings-table tbody tr').first().isVisible()).toBe(true);
          expect(await page.locator('#controls').isVisible()).toBe(false);
          expect(await page.locator('#findings-table th button').count()).toBe(0);
        }
        expect(complaints.filter((each) => !/script/i.test(each))).toEqual([]);
      });
    });

    it('prints on A4 without its controls', async () => {
      await withPage(browser, pathOf(name), { viewport: WIDE, colorScheme: 'dark' }, async ({ page }) => {
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        expect(await page.locator('#controls:visible, nav:visible, summary:visible').count()).toBe(0);
        expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
        const pdf = await page.pdf({ preferCSSPageSize: true });
        expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
        const [, width = '', height = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1')) ?? [];
        expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
      });
    });
  });

  it('runs nothing that the data holds', async () => {
    await withPage(browser, pathOf('hostile'), { viewport: WIDE }, async ({ page }) => {
      let alerts = 0;
      page.on('dialog', (dialog) => {
        alerts += 1;
        void dialog.dismiss();
      });
      await page.reload();
      expect(alerts).toBe(0);
      expect(await page.locator('h1').innerText()).toBe(`Audit ${HOSTILE[1]}`);
      expect(await page.locator('#findings-table td.deal').first().innerText()).toBeTruthy();
    });
  });

  describe('the table of findings', () => {
    it('is searched, filtered and shown whole again', async () => {
      await withPage(browser, pathOf('many'), { viewport: WIDE }, async ({ page, complaints }) => {
        const shown = page.locator('#shown');
        expect(await shown.innerText()).toBe('40 of 41 shown');
        expect(await page.locator('#folded').innerText()).toContain('1 note is folded away');
        await control(page, 'rule').selectOption({ index: 2 });
        expect(await shown.innerText()).toBe('10 of 41 shown');
        await control(page, 'owner').selectOption({ label: '(none)' });
        expect(await shown.innerText()).toBe('1 of 41 shown');
        await page.getByRole('button', { name: 'Show all' }).click();
        await expect.poll(() => shown.innerText()).toBe('41 of 41 shown');
        await control(page, 'search').fill('  MARINE f50 ');
        await expect.poll(() => shown.innerText()).toBe('1 of 41 shown');
        expect(await column(page, 'place')).toEqual(['F50']);
        await control(page, 'search').fill('nothing like it');
        await expect.poll(() => shown.innerText()).toBe('0 of 41 shown');
        await control(page, 'search').fill('');
        await control(page, 'severity').selectOption({ label: 'error' });
        await expect.poll(() => shown.innerText()).toBe('31 of 41 shown');
        await control(page, 'state').selectOption({ label: 'known' });
        expect(await shown.innerText()).toBe('0 of 41 shown');
        expect(complaints).toEqual([]);
      });
    });

    it('shows the findings of a rule that a reason links to, notes among them', async () => {
      await withPage(browser, pathOf('many'), { viewport: WIDE }, async ({ page }) => {
        const link = page.locator('.reasons a').last();
        const place = await link.getAttribute('data-rule');
        await link.click();
        const rows = page.locator('#findings-table tbody tr:not([hidden])');
        expect(await rows.count()).toBeGreaterThan(0);
        expect(await rows.count()).toBe(await page.locator(`#findings-table tr[data-r="${place}"]`).count());
        expect(await control(page, 'rule').inputValue()).toBe(place);
        expect(new URL(page.url()).hash).toBe(`#rule-${place}`);
      });
    });

    it('sorts amounts within their currency', async () => {
      const findings = CASES.many.findings.map((finding, index) => ({
        ...finding,
        amount: { value: 100 + index, currency: index % 2 === 0 ? 'USD' : 'EUR' },
      }));
      const path = join(folder, 'currencies.html');
      writeFileSync(path, await renderedText({ ...CASES.many, findings }, 'html', { lang: 'en' }));
      await withPage(browser, path, { viewport: WIDE }, async ({ page }) => {
        await control(page, 'severity').selectOption('');
        await page.getByRole('button', { name: 'Amount' }).click();
        const shown = await column(page, 'amount');
        const euros = findings.flatMap(({ amount: { value } }, index) => (index % 2 === 0 ? [] : [`€${value}`]));
        const dollars = findings.flatMap(({ amount: { value } }, index) => (index % 2 === 0 ? [`$${value}`] : []));
        expect(shown).toEqual([...euros.toReversed(), ...dollars.toReversed()]);
      });
    });

    it('comes by the dozen on a phone, and is sorted there by a list', async () => {
      await withPage(browser, pathOf('salesforce'), { viewport: PHONE }, async ({ page }) => {
        const rows = page.locator('#findings-table tbody tr:not([hidden])');
        expect(await rows.count()).toBe(48);
        await page.getByRole('button', { name: 'Show more' }).click();
        expect(await rows.count()).toBeGreaterThan(48);
        await control(page, 'sort').selectOption({ label: 'Amount' });
        expect(await sortOf(page, 'amount')).toBe('descending');
        expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(40_000);
      });
    });

    it('is sorted by each column, by keyboard too, and back', async () => {
      await withPage(browser, pathOf('many'), { viewport: WIDE }, async ({ page }) => {
        const before = await column(page, 'place');
        const head = page.getByRole('button', { name: 'Cell' });
        await head.focus();
        await page.keyboard.press('Enter');
        expect(await sortOf(page, 'place')).toBe('ascending');
        const known = before
          .filter((place) => place.startsWith('F'))
          .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
        expect((await column(page, 'place')).slice(0, known.length)).toEqual(known);
        await page.keyboard.press('Enter');
        expect(await sortOf(page, 'place')).toBe('descending');
        await page.keyboard.press('Enter');
        expect(await sortOf(page, 'place')).toBeNull();
        expect(await column(page, 'place')).toEqual(before);
        await control(page, 'severity').selectOption('');
        await page.getByRole('button', { name: 'Amount' }).click();
        expect(await sortOf(page, 'amount')).toBe('descending');
        expect((await column(page, 'amount')).at(-1)).toBe('');
      });
    });

    it('gives its advice once where findings of a rule stand together', async () => {
      await withPage(browser, pathOf('many'), { viewport: WIDE }, async ({ page }) => {
        const advice = page.locator('#findings-table .advice:visible');
        expect(await advice.count()).toBe(2);
        await control(page, 'rule').selectOption({ index: 2 });
        expect(await advice.count()).toBe(1);
      });
    });

    it('shows where the keyboard is', async () => {
      await withPage(browser, pathOf('many'), { viewport: WIDE }, async ({ page }) => {
        for (const selector of ['nav a', '#controls input', '#controls select', '#findings-table th button']) {
          await page.locator(selector).first().focus();
          await page.keyboard.press('Shift');
          expect(await page.evaluate(outlineOf(selector)), selector).toBe('solid');
        }
      });
    });

    it.skipIf(!existsSync(PDF_TO_TEXT))('repeats its head on each sheet of paper', async () => {
      await withPage(browser, pathOf('salesforce'), { viewport: WIDE }, async ({ page }) => {
        const file = join(folder, 'salesforce.pdf');
        await page.pdf({ path: file, preferCSSPageSize: true });
        const text = execFileSync(PDF_TO_TEXT, ['-layout', file, '-'], { encoding: 'utf8' });
        expect(text.split('Amount').length - 1).toBeGreaterThan(2);
        const sheets = text.split('\f').filter((sheet) => sheet.trim() !== '');
        expect(sheets.length).toBeLessThan(15);
        for (const sheet of sheets.slice(0, -1)) expect(sheet.split('\n').length).toBeGreaterThan(25);
      });
    });
  });
});
