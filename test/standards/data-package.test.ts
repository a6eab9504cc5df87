import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { exportForum, forumsNamed } from '../../src/cli/export.ts';
import { createLog } from '../../src/contract/log.ts';
import { reportFile } from '../../src/reports/files.ts';
import { SATU_DATA_COLUMNS } from '../../src/reports/satu-data-csv.ts';
import { contextOf } from '../context.ts';
import { databases } from '../databases.ts';
import { LIFE } from '../life.ts';
import { newFolder } from '../program.ts';
import { aSite, PUBLISH } from '../site/page.ts';
import { aWorld, START } from '../world.ts';
import { faultsOfPackage } from './data-package.ts';
import { faultsOfCatalogue } from './dcat.ts';

/** A file of an export by its path; null: there is none. */
const readerOf = (folder: string, files: readonly string[]) => (path: string) =>
  files.includes(path) ? readFileSync(join(folder, path), 'utf8') : null;

it('an export of a forum that did everything is one: tables fit their schemas, references are met', async () => {
  await using world = await aWorld();
  for (const line of LIFE) await world.run(line);
  const [forum] = await forumsNamed(world.store, 'Uji');
  const folder = join(newFolder(), 'out');
  const files = await exportForum(world.store, forum!, folder);
  const read = readerOf(folder, files);
  const found = await faultsOfPackage(read('datapackage.json')!, read);
  expect(found.faults).toEqual([]);
  expect(found.foreignKeys).toBeGreaterThan(30);
  const tables = files.filter(file => file.endsWith('.csv'));
  expect(found.resources.filter(one => !one.startsWith('file-'))).toHaveLength(tables.length);
  expect(JSON.parse(read('datapackage.json')!).licenses[0].name).toBe('CC-BY-4.0');
});

describe.each(databases)('the demo on $name', ({ open }) => {
  it('gives reports and an export whose types and references hold', async () => {
    const store = await open();
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      line => expect(line).toBe(''),
    );
    await fillDemo({ store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
    const { forums } = store.tables;
    const [forum] = await store.read.select().from(forums);
    const context = contextOf(store, forum!, forum!.locale);
    for (const [from, to] of [
      ['2026-01-01', '2026-12-31'],
      ['2026-09-01', '2026-09-30'],
      ['2031-01-01', '2031-01-31'],
    ] as const) {
      const { bytes } = await reportFile(context, forum!, { from, to }, 'csv');
      const parts = unzipSync(bytes);
      const read = (path: string) => (parts[path] ? strFromU8(parts[path]) : null);
      const found = await faultsOfPackage(read('datapackage.json')!, read);
      expect(found.faults).toEqual([]);
      expect(found.resources).toContain('indicators');
      const satuData = parse(read('satu-data.csv')!, { bom: true }) as string[][];
      expect(satuData[0]).toEqual([...SATU_DATA_COLUMNS]);
      for (const row of satuData.slice(1)) expect(row[SATU_DATA_COLUMNS.indexOf('nilai')]).toMatch(/^-?\d+(\.\d+)?$/);
      expect(satuData.length > 1).toBe(from < '2031');
    }
    const folder = join(newFolder(), 'out');
    const files = await exportForum(store, forum!, folder);
    const read = readerOf(folder, files);
    const found = await faultsOfPackage(read('datapackage.json')!, read);
    expect(found.faults).toEqual([]);
    expect(found.foreignKeys).toBeGreaterThan(20);
    // What looks for faults finds them.
    const bad = read('datapackage.json')!.replaceAll('"type": "datetime"', '"type": "integer"');
    expect((await faultsOfPackage(bad, read)).faults).not.toEqual([]);
  });
});

it('the page is one, with a catalogue for portals and votes in Popolo; secrets stay', async () => {
  const site = await aSite(
    [
      '/forum data area:34.71.03 licence:cc-by',
      '/partner add A sector:ngo',
      '/partner add B sector:government',
      '/partner assign sari partner:A role:representative',
      '/partner assign budi partner:B role:representative',
      '/goal add T1',
      '/indicator add N1 goal:T-1 unit:orang baseline:0 target:10 due:31/12/2026 frequency:monthly kind:flow aggregate:sum partner:A',
      '/indicator report N-1 value:4 period:okt',
      '/activity log K1 goal:T-1 participants:3',
      '/finance record direction:in amount:"Rp 1.000" "Iuran" activity:K-1',
      '/strategy propose Terbuka change:x closes:3d',
      '/strategy vote S-1 agree',
      '@budi /strategy object S-1 reason:RAHASIA',
      '/strategy propose Tertutup change:y closes:3d secret:yes',
      '/strategy vote S-2 agree',
      '@budi /strategy vote S-2 disagree',
      ':skip 4d',
      ...PUBLISH,
    ],
    'https://forum.contoh.id',
  );
  const at = `/f/${site.id}`;
  const read = async (path: string) => {
    const page = await site.get(`${at}/${path}`);
    return page.status === 200 ? page.text() : null;
  };
  const found = await faultsOfPackage((await read('datapackage.json'))!, read);
  expect(found.faults).toEqual([]);
  expect(found.foreignKeys).toBeGreaterThan(3);
  expect(found.resources).not.toContain('actions');

  const popolo = (await read('popolo.json'))!;
  expect(popolo).not.toContain('RAHASIA');
  const { motions } = JSON.parse(popolo);
  const [open, secret] = motions.map((one: { vote_events: unknown[] }) => one.vote_events[0]);
  expect(open.votes.map((one: { option: string }) => one.option).sort()).toEqual(['no', 'yes']);
  expect(secret.votes).toEqual([]);
  for (const { counts, result } of [open, secret]) {
    expect(['pass', 'fail']).toContain(result);
    const sum = counts.map((one: { value: number }) => one.value).reduce((a: number, b: number) => a + b, 0);
    expect(sum).toBe(2);
  }

  const page = await site.get(`${at}/dcat.jsonld`);
  expect(page.headers.get('content-type')).toContain('application/ld+json');
  const catalogueText = await page.text();
  expect(faultsOfCatalogue(catalogueText, page.url)).toEqual([]);
  // What looks for faults finds them.
  for (const [is, wrong] of [
    ['"dct:title"', '"dct:titel"'],
    ['"dcat:accessURL": {', '"dcat:accessURL": [], "dct:source": {'],
    ['"dct:description": "', '"dct:description": " ", "dct:title": "'],
  ] as const)
    expect(faultsOfCatalogue(catalogueText.replaceAll(is, wrong), page.url)).not.toEqual([]);
  const dcat = JSON.parse(catalogueText);
  expect(dcat['@type']).toBe('dcat:Catalog');
  expect(dcat['dct:license']['@id']).toContain('creativecommons.org');
  expect(dcat['dct:spatial'][0]['dct:identifier']).toBe('34.71.03');
  for (const dataset of dcat['dcat:dataset'])
    for (const one of dataset['dcat:distribution']) {
      const address = one['dcat:downloadURL']['@id'].replace('https://forum.contoh.id', '');
      expect([address, (await site.get(address)).status]).toEqual([address, 200]);
    }

  const [value] = parse((await read('satu-data.csv'))!, { bom: true, columns: true }) as Record<string, string>[];
  expect(value).toMatchObject({
    kemendagri_kode_provinsi: '34',
    kemendagri_nama_provinsi: 'Daerah Istimewa Yogyakarta',
    kemendagri_kode_kabupaten_kota: '34.71',
    kemendagri_kode_kecamatan: '34.71.03',
    kemendagri_nama_kecamatan: 'Gondokusuman',
    kemendagri_kode_desa_kelurahan: '',
    nilai: '4',
    satuan: 'orang',
    periode: '2026-10',
    tahun: '2026',
  });
});
