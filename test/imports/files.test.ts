import { describe, expect, it } from 'vitest';
import { fillDemo } from '../../src/cli/demo.ts';
import { createLog } from '../../src/contract/log.ts';
import { catalogue } from '../../src/language/messages.ts';
import { reportFile } from '../../src/reports/files.ts';
import { type Cell, type Sheet, sheetWith } from '../../src/reports/sheet.ts';
import { xlsxOf } from '../../src/reports/xlsx.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
import { check, enter, rowsOf, said, womenIn } from './enter.ts';

/** A sheet as somebody made it: its rows as they stand, whatever the first of them is. */
const sheet = (name: string, first: readonly string[], ...rows: Cell[][]): Sheet => {
  const width = Math.max(first.length, ...rows.map(row => row.length));
  const head = Array.from({ length: width }, (_, i) => first[i] ?? '');
  const columns = head.map(one => ({ key: 'item' as never, name: one, means: '', type: 'any' as const, unit: null }));
  return { ...sheetWith(catalogue.id, 'summary', [], []), name, columns, head, rows };
};

const book = (...sheets: Sheet[]): Promise<Uint8Array> => xlsxOf(sheets, 'id');

const FORUM = [
  '/forum setup "Forum Uji"',
  '/partner add "BPBD Kota"',
  '/partner add "PMI Kota"',
  '/goal add Siaga',
] as const;

async function aForum(store: Store, ...lines: string[]) {
  const world = await aWorld({ store });
  await world.all(...FORUM, ...lines);
  return world;
}

describe('files as people make them', () => {
  it('a workbook with a cover first, dates as dates, numbers as numbers and blank rows', async () => {
    await using world = await aForum(await databases[0]!.open());
    const cover = sheet('Sampul', ['Rekap kegiatan 2026'], ['Disusun oleh sekretariat']);
    const rows = sheet(
      'Data',
      ['REKAP KEGIATAN', ''],
      [],
      ['No', 'Tanggal', 'Nama Kegiatan', 'Jml Peserta (orang)', 'Perempuan', 'Pelaksana'],
      ['1', { date: '2026-10-05' }, 'Pelatihan evakuasi', 40, 25, 'BPBD Kota, PMI Kota'],
      [],
      ['2', { date: '2026-10-06' }, 'Rapat', 12, null, null],
      ['', 'Jumlah', '', 52, 25],
    );
    expect((await enter(world.store, 'activities', await book(cover, rows))).counts).toMatchObject({
      new: 2,
      wrong: 0,
    });
    expect(
      (await rowsOf(world.store, 'activities')).map(one => [one.date, one.title, one.participants, womenIn(one)]),
    ).toEqual([
      ['2026-10-05', 'Pelatihan evakuasi', 40, 25],
      ['2026-10-06', 'Rapat', 12, null],
    ]);
  });

  it('a workbook with a sheet of another kind first reads the one that has the headings', async () => {
    await using world = await aForum(await databases[0]!.open());
    const money = sheet(
      'Kas',
      ['Tanggal', 'Uraian', 'Masuk', 'Keluar'],
      [{ date: '2026-10-01' }, 'Iuran', 150_000, null],
    );
    const partners = sheet('Mitra', ['Nama Lembaga', 'Sektor', 'Kontak'], ['Radio Kota', 'media', '0812']);
    const file = await book(money, partners);
    await enter(world.store, 'partners', file);
    await enter(world.store, 'money', file);
    expect((await rowsOf(world.store, 'partners')).map(one => one.name)).toContain('Radio Kota');
    expect((await rowsOf(world.store, 'entries')).map(one => one.amount)).toEqual([15_000_000]);
  });

  it.each<[string, string, (string | number | null)[][]]>([
    [
      'semicolons, decimal commas, dates as text',
      'Tanggal;Keperluan;Arus;Jumlah\n05-10-2026;Sewa tenda;keluar;"1.234.567,50"\n6 Okt 2026;Hibah;masuk;Rp 2.000.000,-\n',
      [
        ['2026-10-05', 'Sewa tenda', 'out', 123_456_750],
        ['2026-10-06', 'Hibah', 'in', 200_000_000],
      ],
    ],
    [
      'English headings, decimal points, months first',
      'Date,Description,Income,Expense\n10/25/2026,Grant,"1,000.50",\n10/02/2026,Rent,,"2,500"\n',
      [
        ['2026-10-25', 'Grant', 'in', 100_050],
        ['2026-10-02', 'Rent', 'out', 250_000],
      ],
    ],
    [
      'tabs, debit and credit, days of the week, words for amounts',
      'Hari/Tanggal\tTgl\tUraian\tDebet\tKredit\nSenin\t5/10/2026\tIuran\t1,5 juta\t\nSelasa\t6/10/2026\tFotokopi\t\t25 rb\n',
      [
        ['2026-10-05', 'Iuran', 'in', 150_000_000],
        ['2026-10-06', 'Fotokopi', 'out', 2_500_000],
      ],
    ],
  ])('of money with %s', async (_, text, expected) => {
    await using world = await aForum(await databases[0]!.open());
    await enter(world.store, 'money', text);
    const rows = await rowsOf(world.store, 'entries');
    expect(rows.map(one => [one.date, one.purpose, one.direction, one.amount])).toEqual(expected);
  });

  it('leading zeros of a contact, quotes, line ends and what looks like a formula stay text', async () => {
    await using world = await aForum(await databases[0]!.open());
    await enter(world.store, 'partners', 'Mitra;Kontak;Bidang\n"Forum ""Anak""";0021;"=1+1\nbaris dua"\n');
    const row = (await rowsOf(world.store, 'partners')).at(-1)!;
    expect([row.name, row.contact, row.focus]).toEqual(['Forum "Anak"', '0021', '=1+1 baris dua']);
  });

  it('a template that was filled in is read, in either language', async () => {
    await using world = await aForum(await databases[0]!.open());
    for (const [m, name] of [
      [catalogue.id, 'Pangan cukup'],
      [catalogue.en, 'Air bersih'],
    ] as const) {
      const { title, due } = m.imports.headings.goals;
      expect((await enter(world.store, 'goals', `${title[0]};${due[0]}\n${name};31/12/2027\n`)).n).toBe(1);
    }
  });

  it('5,000 rows are entered, and once more change nothing', { timeout: 60_000 }, async () => {
    await using world = await aForum(await databases[0]!.open());
    const lines = Array.from({ length: 5_000 }, (_, i) => {
      const day = `${String((i % 28) + 1).padStart(2, '0')}/${String((i % 10) + 1).padStart(2, '0')}/2026`;
      return `${day};Kegiatan ${i};${i % 90};BPBD Kota`;
    });
    const file = `Tanggal;Kegiatan;Peserta;Mitra\n${lines.join('\n')}\n`;
    expect((await enter(world.store, 'activities', file)).n).toBe(5_000);
    expect((await enter(world.store, 'activities', file)).counts).toMatchObject({ new: 0, same: 5_000 });
  });

  it('headings of no kind, an export of the record, and headings without rows are refused', async () => {
    await using world = await aForum(await databases[0]!.open());
    const why = (text: string) => check(world.store, 'partners', text).catch(error => error.message);
    expect(await why('a,b\n1,2\n')).toBe('no_heading');
    expect(await why('Nama,Sektor\n')).toBe('no_rows');
    expect(await why('number,name,sector,candidateSince\n1,A,ngo,\n')).toBe('other_forum');
  });
});

it.each(databases)(
  'the workbook of a report comes into an empty forum with the same figures ($name)',
  { timeout: 120_000 },
  async ({ open }) => {
    const demo = await open();
    const log = createLog(
      { level: 'error', format: 'json' },
      () => START,
      () => {},
    );
    await fillDemo({ store: demo, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } }, START);
    const [forum] = await demo.read.select().from(demo.tables.forums).orderBy(demo.tables.forums.createdAt);
    const look = {
      db: demo.read,
      forumId: forum!.id,
      m: catalogue.id,
      locale: 'id',
      zone: forum!.zone,
      now: START,
    } as const;
    const span = { from: '2025-01-01', to: '2026-12-31' };
    const report = await reportFile(look, forum!, span, 'xlsx');
    await using world = await aWorld({ store: await open(), start: START });
    await world.all('/forum setup "Forum Lain"');
    for (const kind of ['partners', 'goals', 'indicators', 'activities', 'agreements', 'money', 'values'] as const) {
      const planned = await check(world.store, kind, report.bytes);
      expect([kind, ...said(planned).filter((_, i) => planned.rows[i]!.verdict === 'wrong')]).toEqual([kind]);
      await enter(world.store, kind, report.bytes);
      expect((await check(world.store, kind, report.bytes)).counts).toMatchObject({ new: 0, changed: 0 });
    }
    const of = async (store: Store, table: 'activities' | 'goals' | 'partners' | 'agreements') => {
      const all = store === demo ? await rowsIn(demo, forum!.id, table) : await rowsOf(store, table);
      return all
        .map(one => [one.title ?? one.name, one.date, one.participants, womenIn(one), one.kind, one.signed])
        .sort();
    };
    for (const table of ['activities', 'goals', 'agreements'] as const)
      expect([table, await of(world.store, table)]).toEqual([table, await of(demo, table)]);
    await demo.close();
  },
);

async function rowsIn(store: Store, forumId: string, table: 'activities' | 'goals' | 'partners' | 'agreements') {
  const of = store.tables[table];
  const all = (await store.read.select().from(of as never)) as Record<string, unknown>[];
  return all.filter(one => one.forumId === forumId && one.state !== 'undone');
}
