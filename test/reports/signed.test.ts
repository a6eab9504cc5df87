import { parse } from 'csv-parse/sync';
import { unzipSync, zipSync } from 'fflate';
import { XmlDocument } from 'libxml2-wasm';
import mammoth from 'mammoth';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rastered } from '../../src/charts/raster.ts';
import { addEvidence } from '../../src/domain/evidence.ts';
import { keepInUnit } from '../../src/domain/files/store.ts';
import type { Locale } from '../../src/language/locale.ts';
import { catalogue } from '../../src/language/messages.ts';
import { formatNumber, formatPercent } from '../../src/language/numbers.ts';
import { type Format, reportFile } from '../../src/reports/files.ts';
import { photoDrawing, photoSize } from '../../src/reports/signed/photo.ts';
import { startBrowser } from '../browser.ts';
import { faultsOfWord } from '../standards/word.ts';
import { aWorld, START } from '../world.ts';

const SPAN = { from: '2026-07-01', to: '2026-09-30' };
const HOSTILE = '"}</style><script>alert(1)</script>&';
const LINK = `https://contoh.id/${'panjang'.repeat(24)}`;
/** Longer than any word of either language, and yet a word. */
const WORD = 'pertanggungjawabannya';

/** A forum with so many indicators, and where it has any, with everything that its report shows. */
async function aForum(indicators: number) {
  const world = await aWorld();
  const { store } = world;
  await world.all('/forum setup "Forum uji"');
  if (indicators) {
    await world.all(
      '/partner add "Mitra A" sector:government',
      '/partner add "Mitra B" sector:community',
      '/partner assign budi partner:"Mitra A" role:representative',
      '/partner assign ani partner:"Mitra B" role:representative',
      '/goal add "Siap banjir"',
      `/goal narrative T-1 text:"Warga ${WORD} kini siap. ${HOSTILE.replaceAll('"', '')}"`,
      `/activity log "Gladi ${WORD}" date:20/8/2026 participants:1250 women:640 partners:"Mitra A, Mitra B" goal:T-1 location:"${LINK}" result:"Berjalan baik"`,
      '/finance budget T-1 amount:5000000 from:2026-07-01 to:2026-12-31',
      '/finance record Hibah direction:in amount:123456789012 date:2026-08-01',
      '/finance record Sewa direction:out amount:750000 date:2026-08-20 activity:K-1',
      '/issue raise "Pompa rusak" severity:high',
      '/issue raise "Saluran tersumbat"',
      '/issue resolve I-2 "Dikeruk bersama"',
      '/action add "Beli suku cadang" due:2026-12-01 from:I-2',
      '/strategy propose "Geser gladi" rationale:"Hari kerja sibuk" closes:1d method:majority',
      '@budi /strategy vote S-1 agree',
      '@ani /strategy vote S-1 disagree',
    );
    for (let n = 1; n <= indicators; n++)
      await world.all(
        `/indicator add "Indikator ${WORD} nomor ${n} ukuran kesiapsiagaan warga" goal:T-1 unit:orang direction:up baseline:0 baseline_date:1/1/2026 target:${n}000 due:31/12/2026 frequency:quarterly partner:"Mitra A"`,
      );
    const at = new Date('2026-10-02T03:00:00Z');
    await store.write(null, async tx => {
      const { reports: r, forums } = tx.tables;
      const [forum] = await tx.select().from(forums);
      await tx.insert(r).values(
        Array.from({ length: Math.ceil(indicators / 2) }, (_, i) => ({
          forumId: forum!.id,
          indicator: i + 1,
          period: '2026-Q3',
          partner: 1,
          kind: 'value' as const,
          value: `${(i + 1) * 500 + (i % 4) * 130}.5`,
          state: 'submitted' as const,
          onTime: true,
          late: false,
          inForce: true,
          constrained: null,
          reportedAt: at,
          reportedBy: 1,
        })) as never,
      );
      const png = Buffer.from(
        rastered(
          '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#088"/></svg>',
        ),
      );
      const file = await keepInUnit(tx, forum!.id, { type: 'image/png', bytes: png }, at);
      const proof = { thing: 'activity', number: 1, kind: 'photo', content: 'foto.png', file, addedBy: 1 } as const;
      await addEvidence(tx, forum!.id, proof, at);
    });
    await world.all(':skip 2d');
  }
  const [stored] = await store.read.select().from(store.tables.forums);
  const span = indicators ? { ...SPAN, to: '2026-12-31' } : SPAN;
  const make = async (format: Format, locale: Locale = 'id') => {
    const forum = { ...stored!, name: `Forum ${HOSTILE}`, locale };
    const context = { db: store.read, forumId: forum.id, m: catalogue[locale], locale, zone: forum.zone, now: START };
    return Buffer.from((await reportFile(context, forum, span, format)).bytes);
  };
  return { world, make };
}

interface Line {
  readonly text: string;
  readonly right: number;
}

/** The lines of each page of a PDF, as they stand on it, and its size in points. */
async function pagesOf(pdf: Uint8Array): Promise<{ lines: Line[]; size: number[] }[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const pages = [];
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent();
    const lines: Line[] = [];
    let last: { y: number; right: number } | null = null;
    for (const item of items) {
      if (!('str' in item) || !item.str) continue;
      // A blank may reach as far as it likes: nobody sees it.
      const isSeen = item.str.trim() !== '';
      const [x, y] = [item.transform[4] as number, item.transform[5] as number];
      const right = isSeen ? x + item.width : x;
      const joined = last && Math.abs(last.y - y) < 1 && Math.abs(x - last.right) < 1;
      if (joined) lines.push({ text: lines.pop()!.text + item.str, right });
      else lines.push({ text: item.str, right });
      last = { y, right };
    }
    pages.push({ lines, size: page.view.slice(2) });
  }
  return pages;
}

interface Seen {
  readonly wide: readonly string[];
  readonly words: readonly string[];
  readonly sections: readonly {
    readonly title: string;
    readonly tables: readonly (readonly (readonly string[])[])[];
    readonly lists: readonly (readonly (readonly [string, string])[])[];
    readonly titles: readonly string[];
    readonly pictures: readonly (readonly [width: number, alt: string])[];
  }[];
}

/**
 * Returns in the browser what the page shows as tables and lists, and what stands out of it as wide as it is printed.
 */
const LOOK = `(() => {
  const all = (within, selector) => [...within.querySelectorAll(selector)];
  const right = document.body.getBoundingClientRect().right;
  return {
    wide: all(document, 'table, img, dl, p, blockquote, h1, h2, h3')
      .filter(one => one.getBoundingClientRect().right > right + 1 || one.scrollWidth > one.clientWidth + 2)
      .map(one => one.outerHTML.slice(0, 300)),
    words: all(document, 'main, header').map(one => one.innerText).join(' ').split(/\\s+/),
    sections: all(document, 'section').map(section => ({
      title: section.querySelector('h2').innerText,
      tables: all(section, 'table').map(table =>
        all(table, 'tr').map(row => all(row, 'th, td').map(cell => cell.innerText)),
      ),
      lists: all(section, 'dl').map(list => all(list, 'dt').map((dt, i) => [dt.innerText, all(list, 'dd')[i].innerText])),
      titles: all(section, 'h3').map(one => one.innerText),
      pictures: all(section, 'img').map(one => [one.naturalWidth, one.alt]),
    })),
  };
})()`;

let browser: Browser;
let empty: Awaited<ReturnType<typeof aForum>>;
let large: Awaited<ReturnType<typeof aForum>>;
beforeAll(async () => {
  browser = await startBrowser();
  empty = await aForum(0);
  large = await aForum(200);
});
afterAll(async () => {
  await browser.close();
  for (const { world } of [empty, large]) await world[Symbol.asyncDispose]();
});

async function printed(html: string) {
  // As wide as A4 between its margins.
  const page = await browser.newPage({ viewport: { width: 673, height: 900 } });
  const trouble: string[] = [];
  page.on('dialog', dialog => trouble.push(dialog.message()));
  page.on('request', request => void (request.url().startsWith('data:') || trouble.push(request.url())));
  await page.emulateMedia({ media: 'print' });
  await page.setContent(html);
  const seen = await page.evaluate<Seen>(LOOK);
  const pages = await pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  await page.close();
  return { seen, pages, trouble };
}

describe.each(['id', 'en'] as const)('a report to sign, in %s', locale => {
  const m = catalogue[locale];

  it.each([0, 200])(
    'of %i indicators keeps its words whole and its tables on A4, with the figures of the CSV',
    async n => {
      const { make } = n ? large : empty;
      const { seen, pages, trouble } = await printed((await make('print', locale)).toString());
      expect(trouble).toEqual([]);
      expect(seen.wide).toEqual([]);
      const said = new Set(
        pages.flatMap(page =>
          page.lines.flatMap(line => line.text.split(/\s+/).flatMap(word => [word, word.replace(/:$/, '')])),
        ),
      );
      const cut = seen.words.filter(word => word && word.length < 24 && !said.has(word));
      expect([...new Set(cut)]).toEqual([]);
      for (const { lines, size } of pages) {
        expect(size.map(Math.round)).toEqual([595, 842]);
        expect(Math.max(0, ...lines.map(line => line.right))).toBeLessThanOrEqual(595 - 44);
      }
      const last = pages
        .at(-1)!
        .lines.map(line => line.text)
        .join(' ');
      expect(last).toContain(m.report.signed.signatures);
      expect(last).toContain(`${m.report.pageOf} ${pages.length} / ${pages.length}`);
      expect(last).toMatch(/sari/i);
      expect(pages[0]!.lines.map(line => line.text).join(' ')).toContain(m.report.signed.contents);

      const files = unzipSync(await make('csv', locale));
      const csv = (name: string): Record<string, string>[] => {
        const key = Object.keys(files).find(
          one => one.toLowerCase() === `${m.report.folders.comma}/${name.toLowerCase()}.csv`,
        )!;
        return parse(Buffer.from(files[key]!), { bom: true, columns: true });
      };
      const c = m.report.columns;
      const number = (value: string | undefined): string => (value ? formatNumber(value, locale, { decimals: 2 }) : '');
      const stored = csv(m.report.sheets.indicators.name);
      expect(stored).toHaveLength(n);
      const [lights, , goals, indicators, , , money] = seen.sections;
      const rows = lights!.tables[0]?.slice(1) ?? [];
      const byCode = new Map(stored.map(row => [row[c.code.name], row]));
      for (const row of rows) {
        const of = byCode.get(row[0]!)!;
        const shown = [of[c.name.name], of[c.unit.name]];
        const figures = [c.runningValue, c.periodTarget, c.target].map(column => number(of[column.name]));
        expect(row).toEqual([row[0], ...shown, ...figures, of[c.status.name]]);
      }
      expect(indicators!.lists).toHaveLength(n);
      indicators!.lists.forEach((list, i) => {
        const facts = Object.fromEntries(list);
        for (const column of [c.value, c.periodTarget, c.target])
          expect(facts[column.name] ?? '').toBe(number(stored[i]![column.name]));
      });
      if (!n) return;
      expect(indicators!.pictures).toHaveLength(n / 2);
      expect(indicators!.pictures.every(([width, alt]) => Number(width) > 0 && String(alt).length > 20)).toBe(true);
      // One page of lights, with the worst first; the rest stands with the indicators.
      const lightPages = pages.filter(page => page.lines.some(line => line.text === lights!.title));
      expect(lightPages).toHaveLength(2);
      expect(pages[2]!.lines.some(line => line.text === seen.sections[1]!.title)).toBe(true);
      expect(rows.length).toBeLessThan(n);
      expect(goals!.titles[0]).toContain('T-1 Siap banjir');
      expect(seen.words.join(' ')).toContain(`Warga ${WORD} kini siap.`);
      const [ledger] = money!.tables.slice(-1);
      const [inTotal, outTotal] = ledger!.at(-1)!.slice(3);
      const entries = csv(m.report.sheets.money.name);
      const sum = (flow: string): string =>
        number(
          String(
            entries.filter(row => row[c.flow.name] === flow).reduce((all, row) => all + Number(row[c.amount.name]), 0),
          ),
        );
      expect([inTotal, outTotal]).toEqual([sum(m.finance.directionChoices.in), sum(m.finance.directionChoices.out)]);
      expect(money!.tables[0]![1]!.slice(2)).toEqual([
        number('5000000'),
        number('750000'),
        number('4250000'),
        formatPercent(750_000n, 5_000_000, locale),
      ]);
      expect(seen.sections[4]!.pictures).toEqual([[600, expect.stringContaining('K-1 Gladi')]]);
      expect(seen.sections[5]!.lists[0]!.join()).toContain('1');
      expect(seen.sections[9]!.tables[0]![1]).toEqual(['I-2', 'Saluran tersumbat', 'Dikeruk bersama']);
    },
  );
});

it('is a Word file as well: the same text, pictures, numbered pages, and every part well-formed', async () => {
  const { world, make } = await aForum(4);
  await using _ = world;
  const bytes = await make('docx');
  expect(bytes.equals(await make('docx'))).toBe(true);
  // An independent reader finds its headings, tables and pictures, and nothing that it does not know.
  expect(faultsOfWord(bytes)).toEqual([]);
  const read = await mammoth.convertToHtml({ buffer: bytes });
  expect(read.messages.filter(one => one.type === 'error')).toEqual([]);
  const { signed: w, sheets } = catalogue.id.report;
  // Sections are numbered.
  const headings = [...read.value.matchAll(/<h1>(.*?)<\/h1>/g)].map(([, text]) =>
    text!.replace(/<[^>]*>/g, '').replace(/^\d+\. /, ''),
  );
  for (const heading of [w.lights, sheets.indicators.name, sheets.money.name, w.signatures])
    expect(headings).toContain(heading);
  expect(read.value.match(/<img/g)).toHaveLength(4);
  const cells = [...read.value.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) =>
    cell!.replace(/<[^>]*>/g, ''),
  );
  const stored = unzipSync(await make('csv'));
  const lines = parse(Buffer.from(stored['koma/indikator.csv']!), { bom: true, columns: true }) as Record<
    string,
    string
  >[];
  for (const row of lines) {
    expect(cells).toContain(row[catalogue.id.report.columns.name.name]);
    const value = row[catalogue.id.report.columns.runningValue.name];
    if (value) expect(cells).toContain(formatNumber(value, 'id', { decimals: 2 }));
  }
  // What looks for faults finds them.
  const broken = unzipSync(bytes);
  const wrong = Buffer.from(broken['word/document.xml']!)
    .toString()
    .replace(/(<w:keepNext\/>)(<w:spacing [^>]*>)/, '$2$1');
  expect(faultsOfWord(zipSync({ ...broken, 'word/document.xml': Buffer.from(wrong) }))).not.toEqual([]);
  const files = unzipSync(bytes);
  for (const [name, content] of Object.entries(files))
    if (/\.(?:xml|rels)$/.test(name)) XmlDocument.fromBuffer(content).dispose();
  const text = (name: string): string => Buffer.from(files[name]!).toString();
  const body = text('word/document.xml');
  for (const said of [
    'Indikator pertanggungjawabannya nomor 1',
    'Warga pertanggungjawabannya kini siap',
    'TOC',
    '123.456.789.012',
  ])
    expect(body).toContain(said);
  expect(text('word/footer.xml')).toContain('NUMPAGES');
  const pictures = Object.keys(files).filter(name => name.startsWith('word/media/'));
  expect(pictures).toHaveLength(4);
  expect(body.match(/r:embed="p\d+"/g)).toHaveLength(4);
});

it('shows photos as the camera was held, and takes none that is damaged', () => {
  const exif = Buffer.from(
    'ffe10020457869660000 4d4d002a00000008 0001 0112000300000001000600000000'.replaceAll(' ', ''),
    'hex',
  );
  const frame = Buffer.from('ffc00011080258032003', 'hex');
  const photo = Buffer.concat([Buffer.from('ffd8', 'hex'), exif, frame, Buffer.alloc(20)]);
  const size = photoSize(photo)!;
  expect(size).toEqual({ type: 'image/jpeg', width: 800, height: 600, turn: 90 });
  expect(photoDrawing(photo, size, 240)).toMatchObject({ width: 600, height: 800 });
  for (const bytes of ['', 'ffd8', 'ffd8ffc0', '89504e470d0a1a0a', '25504446'])
    expect(photoSize(Buffer.from(bytes, 'hex'))).toBeNull();
  for (let cut = 0; cut < photo.length; cut++) expect(() => photoSize(photo.subarray(0, cut))).not.toThrow();
});

it('is asked for by its period, made in a thread, and answered as a file', async () => {
  await using world = await aWorld();
  await world.all('/forum setup "Forum uji"');
  const answer = await world.run('/report "TW III 2026" format:print');
  expect(answer.ok && answer.text).toContain('rembug-2026-07-01-2026-09-30-print.html');
  expect((await world.run('/laporan "TW III 2026" bentuk:docx')).text).toContain('rembug-2026-07-01-2026-09-30.docx');
});
