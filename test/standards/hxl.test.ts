import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { EVER } from '../../src/domain/calendar.ts';
import { hxlCsv } from '../../src/reports/hxl/table.ts';
import { COLUMN_TAGS } from '../../src/reports/hxl/tags.ts';
import { whoWhatWhere } from '../../src/reports/hxl/who-what-where.ts';
import { FLOWS } from '../../src/reports/public/flows.ts';
import { FILES } from '../../src/reports/public/tables.ts';
import { contextOf } from '../context.ts';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { aSite, PUBLISH } from '../site/page.ts';
import { aWorld } from '../world.ts';

/** A hashtag with its attributes, as version 1.1 of the standard has them. */
const TAG = /^#[a-z][a-z0-9]*(\+[a-z][a-z0-9_]*)*$/;
/** The core hashtags of version 1.1 that are used here (hxlstandard.org, read 2026). */
const CORE = [
  ...['activity', 'adm1', 'adm2', 'adm3', 'adm4', 'date', 'description', 'frequency', 'indicator', 'item', 'loc'],
  ...['meta', 'org', 'reached', 'sector', 'severity', 'status', 'value'],
];
const faultsOf = (tags: readonly string[]): string[] =>
  tags.filter(tag => !TAG.test(tag) || !CORE.includes(/^#([a-z0-9]+)/.exec(tag)?.[1] ?? ''));

it.each(databases)('who does what where has a row of HXL hashtags, codes and groups on $name', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all(
    '/forum setup Forum',
    '/partner add BPBD sector:government',
    '/partner add PMI sector:ngo',
    '/goal add Siap sector:43060',
    '/activity log "=Pelatihan" date:1/10/2026 partners:"BPBD, PMI" goal:T-1 participants:45 women:20 area:"34.71.03.1005; Kab. Sleman" location:"Balai RW 5"',
    '/activity log Rapat date:2/10/2026',
    '/activity log Keliru',
    '/activity undo K-3',
  );
  const { store } = world;
  const [forum] = await store.read.select().from(store.tables.forums);
  for (const locale of ['id', 'en'] as const) {
    const context = contextOf(store, forum!, locale);
    const text = [...hxlCsv(await whoWhatWhere(context, EVER))].join('');
    const [heads, tags, first, second, ...others] = parse(text, { bom: true }) as string[][];
    expect(heads).toHaveLength(tags!.length);
    expect(faultsOf(tags!)).toEqual([]);
    const row = Object.fromEntries(tags!.map((tag, i) => [tag, first![i]]));
    expect(row).toMatchObject({
      '#activity+code': 'K-1',
      '#activity+name': "'=Pelatihan",
      '#org+name+list': 'BPBD | PMI',
      '#sector+code': '43060',
      '#adm1+code': '34',
      '#adm2+code': '34.04 | 34.71',
      '#adm3+code': '34.71.03',
      '#adm4+code': '34.71.03.1005',
      '#loc+name': 'Balai RW 5',
      '#date+start': '2026-10-01',
      '#reached': '45',
      '#reached+f': '20',
    });
    expect([second![0], others]).toEqual(['K-2', []]);
  }
});

it('every column of a report has a hashtag of the standard', () => {
  expect(faultsOf(Object.values(COLUMN_TAGS))).toEqual([]);
});

it('is handed out as CSV and as XLSX with the same cells, for an area too', async () => {
  await using world = await aWorld();
  await world.all(
    '/forum setup Forum',
    '/activity log Gladi date:1/10/2026 area:34.71.03 participants:12',
    '/activity log Rapat date:2/10/2026 area:34.04',
  );
  for (const [line, codes] of [
    ['/report 2026 format:hxl', ['K-1', 'K-2']],
    ['/report 2026 format:hxl area:34.71', ['K-1']],
  ] as const) {
    const folder = newFolder();
    expect((await world.run(line)).text).toContain('-hxl.csv');
    for (const kind of ['csv', 'xlsx']) await world.all(`:save ${folder}/a.${kind}`);
    const [, tags, ...rows] = parse(readFileSync(join(folder, 'a.csv')), { bom: true }) as string[][];
    expect(rows.map(row => row[0])).toEqual(codes);
    const [sheet] = await readXlsx(readFileSync(join(folder, 'a.xlsx')));
    const cells = sheet!.data.map(row =>
      row.map(cell => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
    );
    expect(cells.slice(1)).toEqual([tags, ...rows]);
  }
});

describe('the public page', () => {
  it('offers each of its tables with hashtags, and who does what where', async () => {
    const site = await aSite([
      '/partner add BPBD area:34.71',
      '/activity log Gladi date:1/10/2026 area:34.71.03 women:3 participants:5',
      '/finance record Iuran direction:in amount:1000',
      ...PUBLISH,
    ]);
    const at = `/f/${site.id}`;
    expect(await site.text(`${at}/activities`)).toContain('/hxl.csv');
    const [heads, tags, row] = parse(await site.text(`${at}/hxl.csv?lang=en`), { bom: true }) as string[][];
    expect([heads![0], tags![0], row![tags!.indexOf('#adm3+code')]]).toEqual(['Code', '#activity+code', '34.71.03']);
    for (const key of [...FILES, ...FLOWS]) {
      const [plainHead, ...plain] = parse(await site.text(`${at}/${key}.csv`), { bom: true }) as string[][];
      const [head, hashes, ...same] = parse(await site.text(`${at}/${key}.hxl.csv`), { bom: true }) as string[][];
      expect([key, faultsOf(hashes!)]).toEqual([key, []]);
      // The areas stand as four columns of codes.
      expect([head!.length, same.length]).toEqual([
        plainHead!.length + (hashes!.includes('#adm1+code') ? 3 : 0),
        plain.length,
      ]);
      const book = await site.get(`${at}/${key}.hxl.xlsx`);
      expect(book.headers.get('content-type')).toContain('spreadsheetml');
      const [sheet] = await readXlsx(Buffer.from(await book.arrayBuffer()));
      expect(sheet!.data[1]).toEqual(hashes);
      expect(sheet!.data).toHaveLength(same.length + 2);
    }
    const activities = parse(await site.text(`${at}/activities.hxl.csv`), { bom: true }) as string[][];
    expect(activities[2]![activities[1]!.indexOf('#adm2+code')]).toBe('34.71');
    expect(activities[1]).toContain('#reached+f');
    for (const page of ['activities', 'indicators', 'issues', 'partners', 'money', 'decisions'])
      for (const [, name] of (await site.text(`${at}/${page}`)).matchAll(/href="[^"]*\/(\w+)\.csv/g))
        if (name !== 'hxl') expect(await site.text(`${at}/${page}`)).toContain(`/${name}.hxl.csv`);
  });

  it('and its lists and tables are narrowed to an area, and back', async () => {
    const site = await aSite([
      '/partner add BPBD area:34.71',
      '/partner add PMI area:34.04',
      '/goal add Siap',
      '/indicator add Sumur goal:T-1 area:34.71.03.1005 frequency:monthly',
      '/indicator add Pompa area:34.04 frequency:monthly',
      '/activity log Gladi date:1/10/2026 area:"Terban, Yogyakarta"',
      '/activity log Rapat date:2/10/2026 area:34.04',
      '/issue raise Banjir area:34.71.03',
      '/issue raise Longsor area:34.04',
      '/issue raise RAHASIA area:34.02 private:yes',
      ...PUBLISH,
    ]);
    const at = `/f/${site.id}`;
    const seen = {
      partners: ['BPBD', 'PMI'],
      indicators: ['Sumur', 'Pompa'],
      activities: ['Gladi', 'Rapat'],
      issues: ['Banjir', 'Longsor'],
    };
    for (const [part, [inside, outside]] of Object.entries(seen)) {
      const all = await site.text(`${at}/${part}`);
      expect(all).toContain('area=34.71');
      expect(all).not.toContain('34.02');
      const some = await site.text(`${at}/${part}?area=34.71`);
      expect([some.includes(inside!), some.includes(outside!)]).toEqual([true, false]);
      expect(some).toMatch(new RegExp(`${part}\\.csv\\?area=34\\.71`));
      for (const form of ['csv', 'json', 'hxl.csv']) {
        const file = await site.text(`${at}/${part}.${form}?area=34.71`);
        expect([part, form, file.includes(inside!), file.includes(outside!)]).toEqual([part, form, true, false]);
      }
      const none = await site.get(`${at}/${part}?area=91.01`);
      expect(none.status).toBe(200);
      expect(await none.text()).not.toContain(inside);
    }
    // What is no code means nothing, as everything else in a query.
    expect(await site.text(`${at}/activities?area=%3Cscript%3E`)).toBe(await site.text(`${at}/activities`));
    expect(site.faults).toEqual([]);
  });
});
