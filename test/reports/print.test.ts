import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/language/messages.ts';
import { PRINTED, printOf } from '../../src/reports/print.ts';
import { reportOf, type WholeReport } from '../../src/reports/report.ts';
import { type Cell, sheetWith } from '../../src/reports/sheet.ts';
import { startBrowser } from '../browser.ts';
import { aWorld, START } from '../world.ts';

const HOSTILE = '"}</style><script>alert(1)</script>\\';

/** A report of a forum with a hostile name, with so many activities that are told at length. */
async function aReport(activities: number, locale: 'id' | 'en' = 'id'): Promise<WholeReport> {
  await using world = await aWorld();
  const { store } = world;
  await world.all(
    '/forum setup "Forum"',
    '/activity log Gladi date:20/11/2026',
    '/finance record Iuran direction:in amount:1,5jt',
  );
  const [stored] = await store.read.select().from(store.tables.forums);
  const forum = { ...stored!, name: `Forum ${HOSTILE}`, locale };
  const look = {
    db: store.read,
    forumId: forum.id,
    m: catalogue.id,
    locale: 'id',
    zone: forum.zone,
    now: START,
  } as const;
  const report = await reportOf(look, forum, { from: '2026-11-01', to: '2026-11-30' });
  const rows = Array.from({ length: activities }, (_, i): Cell[] => [
    `K-${i + 1}`,
    { date: '2026-11-20' },
    `awal${i + 1} ${'panjang sekali '.repeat(60)} akhir${i + 1}`,
    null,
  ]);
  const long = sheetWith(catalogue[locale], 'activities', ['code', 'date', 'title', 'location'], rows);
  const later = [...report.sheets].slice(5).filter(([key]) => key !== 'activities');
  return { ...report, sheets: new Map([['activities', long] as const, ...later]) };
}

/** The words of each page of a PDF, and its size in points. */
async function pagesOf(pdf: Uint8Array): Promise<{ text: string; size: number[] }[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages = [];
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent();
    pages.push({ text: items.map(item => ('str' in item ? item.str : '')).join(' '), size: page.view.slice(2) });
  }
  return pages;
}

it('prints on A4 with the figures first, a numbered page, headings again on each page, and no row cut in two', async () => {
  const html = printOf(await aReport(30));
  await using browser = await startBrowser();
  const page = await browser.newPage();
  await page.setContent(html);
  const pages = await pagesOf(await page.pdf({ preferCSSPageSize: true }));
  expect(pages.length).toBeGreaterThan(3);
  for (const { size } of pages) expect(size.map(Math.round)).toEqual([842, 595]);
  const [first, second] = [pages[0]!, pages[1]!];
  expect(first.text).toContain('Ringkasan');
  expect(first.text).toContain('1.500.000');
  expect(first.text).toContain(`halaman 1 / ${pages.length}`);
  expect(second.text).toContain('Laporan Forum "}</style><script>');
  expect(second.text).toMatch(/Kode\s+Tanggal\s+Judul/);
  for (let i = 1; i <= 30; i++) {
    const pagesWith = (word: string) => pages.findIndex(one => new RegExp(`${word}\\b`).test(one.text));
    expect(pagesWith(`awal${i}`), `row ${i}`).toBe(pagesWith(`akhir${i}`));
    expect(pagesWith(`awal${i}`)).toBeGreaterThanOrEqual(0);
  }
  expect(pages.at(-1)!.text).toContain('Tidak dimuat');
});

it('runs nothing and loads nothing, whatever the record holds', async () => {
  const html = printOf(await aReport(1));
  expect(html).not.toMatch(/<script|src=|href=|url\(|@import/i);
  await using browser = await startBrowser();
  const page = await browser.newPage();
  const trouble: string[] = [];
  page.on('dialog', dialog => trouble.push(dialog.message()));
  page.on('console', line => trouble.push(line.text()));
  page.on('request', request => trouble.push(request.url()));
  await page.setContent(html);
  expect(trouble).toEqual([]);
  expect(await page.title()).toContain(HOSTILE);
  expect(await page.locator('style').count()).toBe(1);
});

it('is in the language of the forum, and leaves out columns in which nothing stands', async () => {
  const html = printOf(await aReport(2, 'en'));
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('<dd>1,500,000</dd>');
  expect(html).toContain('<th scope="col">Title</th>');
  expect(html).not.toContain('<th scope="col">Location</th>');
});

it('prints the last rows of a sheet that has too many, and says so', async () => {
  const html = printOf(await aReport(PRINTED + 5));
  expect(html).toContain('1.000 baris terakhir dari 1.005');
  expect(html).not.toContain('<td>K-5</td>');
  expect(html).toContain('<td>K-6</td>');
  expect(html).toContain(`<td>K-${PRINTED + 5}</td>`);
});
