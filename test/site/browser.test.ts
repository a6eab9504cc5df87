import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { artifacts, startBrowser } from '../browser.ts';
import { WAIT_TIMEOUT_MS } from '../until.ts';
import { theDemo } from './page.ts';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
/** Minimum width to which a page may get without being read sideways (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 };

const PATHS = [
  '',
  '/indicators',
  '/indicators/N-1',
  '/activities',
  '/activities/K-6',
  '/decisions',
  '/decisions/S-1',
  '/money',
  '/issues',
  '/partners',
];

let site: Awaited<ReturnType<typeof theDemo>>;
let browser: Awaited<ReturnType<typeof startBrowser>>;
beforeAll(async () => {
  [site, browser] = await Promise.all([theDemo(), startBrowser()]);
  await site.world.all(
    '/assessment start destana object:"Kampung Sungai"',
    '/assessment answer B-1 question:1 answer:yes',
    '/assessment close B-1 confirm:yes',
  );
});
afterAll(async () => {
  await browser.close();
  await site.stop();
});

/** A tab of its own, and everything that went wrong in it. */
async function aTab(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  context.setDefaultTimeout(WAIT_TIMEOUT_MS);
  const page = await context.newPage();
  const wrong: string[] = [];
  const sizes: number[] = [];
  page.on('console', message => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', error => wrong.push(`error: ${error.message}`));
  page.on('requestfailed', request => wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on('response', response => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfinished', request => {
    // Sizes of what ends with the page are none that anybody asks for.
    request.sizes().then(
      ({ responseBodySize, responseHeadersSize }) => sizes.push(responseBodySize + responseHeadersSize),
      () => undefined,
    );
  });
  const open = async (path: string, waitUntil: 'load' | 'networkidle' = 'load') => {
    const at = path.startsWith('/f/') ? path : `/f/${site.id}${path}`;
    await page.goto(`${site.origin}${at}`, { waitUntil });
    return page;
  };
  return { page, wrong, sizes, open, [Symbol.asyncDispose]: () => context.close() };
}

/** Fetches every picture, those below as well, and waits until each can be seen. */
const seen = (page: Page): Promise<unknown> =>
  page.evaluate("Promise.all([...document.images].map(one => ((one.loading = 'eager'), one.decode())))");

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const nameOf = (path: string): string => path.replaceAll('/', '-') || '-overview';

it.each([
  ['phone', PHONE, 'id'],
  ['phone', PHONE, 'en'],
  ['desk', DESK, 'id'],
  ['desk', DESK, 'en'],
] as const)(
  'every part is whole on a %s (%o, %s): nothing fails, nothing is cut off, every picture is there',
  async (name, viewport, lang) => {
    await using tab = await aTab({ viewport });
    for (const path of PATHS) {
      const page = await tab.open(`${path}?lang=${lang}`);
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      await seen(page);
      expect(await overflow(page), path).toBe(0);
      await page.screenshot({ path: `${artifacts()}${name}-${lang}${nameOf(path)}.png`, fullPage: true });
    }
    expect(tab.wrong).toEqual([]);
  },
);

it.each(['light', 'dark'] as const)('axe finds nothing serious, in the %s', async colorScheme => {
  // The page's own policy lets no script in, so it is set aside for the examiner, and for it alone.
  await using tab = await aTab({ viewport: PHONE, colorScheme, bypassCSP: true });
  const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  for (const path of [...PATHS, site.preview, '/f/none']) {
    const page = await tab.open(path);
    if (path === '/indicators') expect(await page.locator('[aria-labelledby=assessments] table').count()).toBe(1);
    await page.addScriptTag({ content: axe });
    const { violations } = (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
    )) as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, impact, nodes }) => `${path}: ${impact} ${id} ${nodes[0]?.html}`)).toEqual([]);
    if (path === '') await page.screenshot({ path: `${artifacts()}${colorScheme}.png`, fullPage: true });
  }
});

it('the first page weighs less than 100 kB with all that is fetched at first sight', async () => {
  await using tab = await aTab();
  await tab.open('', 'networkidle');
  const sum = tab.sizes.reduce((all, one) => all + one, 0);
  expect(tab.sizes.length).toBeGreaterThan(1);
  expect(sum).toBeLessThan(100_000);
});

it('a page of 320 units, with letters spaced as WCAG 1.4.12 asks, is read without going sideways', async () => {
  await using tab = await aTab({ viewport: NARROW, bypassCSP: true });
  for (const path of PATHS) {
    const page = await tab.open(path);
    await page.addStyleTag({
      content:
        '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
    });
    expect(await overflow(page), path).toBe(0);
  }
});

it('everything works with scripts off', async () => {
  await using tab = await aTab({ javaScriptEnabled: false });
  const page = await tab.open('');
  await page.getByRole('link', { name: 'Keuangan', exact: true }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Keuangan');
  await page.getByRole('link', { name: 'English' }).click();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Money');
  expect(page.url()).toContain('/money?lang=en');
  await page.getByRole('link', { name: 'Decisions', exact: true }).click();
  await page.getByRole('link', { name: /^S-1/ }).click();
  expect(await page.getByRole('row', { name: /PT Sumber Pangan Nusantara/ }).innerText()).toContain('abstain');
  expect(tab.wrong).toEqual([]);
});

it('the keyboard reaches every link in the order of the page, the way past the menu first, and shows where it is', async () => {
  await using tab = await aTab({ viewport: DESK });
  const page = await tab.open('');
  const links = (await page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.href)")) as string[];
  const reached: string[] = [];
  for (let i = 0; i < links.length; i++) {
    await page.keyboard.press('Tab');
    const { href, outline } = (await page.evaluate(
      '({ href: document.activeElement.href, outline: getComputedStyle(document.activeElement).outlineStyle })',
    )) as { href: string; outline: string };
    reached.push(href);
    expect(outline, href).toBe('solid');
  }
  expect(reached).toEqual(links);
  expect(links[0]).toMatch(/#content$/);
});

it('on paper the page is black on white, without menus, and fits A4', async () => {
  await using tab = await aTab({ viewport: DESK, colorScheme: 'dark' });
  const page = await tab.open('/money');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  expect(
    await page.evaluate('getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color'),
  ).toBe('rgb(255, 255, 255)rgb(0, 0, 0)');
  const pdf = await page.pdf({ format: 'A4', path: `${artifacts()}money.pdf` });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

/** Reads what a reader of feeds sees: the feed's own elements, and each entry's. */
const readFeed = (xml: string): string => `(() => {
  const read = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
  const text = (of, name) => [...of.children].find(one => one.localName === name)?.textContent ?? null;
  return {
    error: read.querySelector('parsererror')?.textContent ?? null,
    root: [read.documentElement.localName, read.documentElement.namespaceURI],
    id: text(read.documentElement, 'id'),
    author: text(read.documentElement, 'author'),
    updated: text(read.documentElement, 'updated'),
    entries: [...read.querySelectorAll('entry')].map(one => ({ id: text(one, 'id'), title: text(one, 'title'), updated: text(one, 'updated'), href: one.querySelector('link').getAttribute('href') })),
  };
})()`;

it('the feed is well formed, its ids stay, and what changes is told anew', async () => {
  await using tab = await aTab();
  const page = await tab.open('');
  const address = await page.locator('link[type="application/atom+xml"]').getAttribute('href');
  const read = async () =>
    (await page.evaluate(readFeed(await site.text(address!)))) as {
      error: string | null;
      root: string[];
      id: string;
      author: string;
      updated: string;
      entries: { id: string; title: string; updated: string; href: string }[];
    };
  const before = await read();
  expect([before.error, before.root]).toEqual([null, ['feed', 'http://www.w3.org/2005/Atom']]);
  expect(before.author).toContain('Forum Ketahanan Lokal');
  expect(new Set(before.entries.map(one => one.id)).size).toBe(before.entries.length);
  for (const { id, updated, href } of [before, ...before.entries.map(one => ({ ...one }))] as {
    id: string;
    updated: string;
    href?: string;
  }[]) {
    expect(id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(new Date(updated).toISOString()).toBe(updated);
    if (href) expect((await site.get(href)).status, href).toBe(200);
  }
  await site.world.all('/activity edit K-6 result:"Dihadiri lebih banyak warga"');
  const after = await read();
  expect(after.id).toBe(before.id);
  const of = (feed: typeof before) => feed.entries.find(one => one.title.startsWith('K-6'))!;
  expect(of(after).id).toBe(of(before).id);
  expect(of(after).updated > of(before).updated).toBe(true);
  expect(after.updated).toBe(of(after).updated);
});
