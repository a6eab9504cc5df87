import { parse } from 'csv-parse/sync';
import { asc, eq, ne } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createPainter } from '../../src/charts/pool.ts';
import { createLog } from '../../src/contract/log.ts';
import type { Span } from '../../src/domain/calendar.ts';
import { catalogue } from '../../src/language/messages.ts';
import { reportFile } from '../../src/reports/files.ts';
import { iatiPieces } from '../../src/reports/iati/iati.ts';
import { lastChange } from '../../src/reports/last-change.ts';
import { createMaker } from '../../src/reports/maker.ts';
import { createSite } from '../../src/site/site.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** Two years in which everything here lies. */
const YEARS = { from: '2025-01-01', to: '2026-12-31' };

const rowsOf = (text: string): string[][] => parse(text, { bom: true });

/** The row of a table with that code or name first. */
const rowOf = (rows: readonly string[][] | undefined, first: string): string[] =>
  rows?.find(row => row[0] === first) ?? [];

/** A forum, the files of its reports, and those that everybody may fetch. */
async function aForum(store: Store, lines: readonly string[]) {
  const world = await aWorld({ store });
  await world.all(...lines);
  const reader = async () => {
    const [forum] = await store.read.select().from(store.tables.forums);
    const { id, locale, zone } = forum!;
    return { forum: forum!, look: { db: store.read, forumId: id, m: catalogue[locale], locale, zone, now: START } };
  };
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => {},
  );
  const site = createSite({
    ...{ store, painter: createPainter(log), maker: createMaker(store, log) },
    publicUrl: undefined,
  });
  const archive = async (span: Span): Promise<Map<string, string>> => {
    const { forum, look } = await reader();
    const files = unzipSync((await reportFile(look, forum, span, 'csv')).bytes);
    return new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
  };
  return {
    ...world,
    reader,
    archive,
    /** A sheet of a report, from its file with commas. */
    sheet: async (name: string, span: Span) => rowsOf((await archive(span)).get(`koma/${name}.csv`)!),
    /** A file of the public page. */
    async fetched(file: string): Promise<string> {
      const { forum } = await reader();
      const visit = { path: `/f/${forum.id}/${file}`, query: new URLSearchParams(), has: null, zip: false };
      const answer = await site(visit, START);
      expect([file, answer.status]).toEqual([file, 200]);
      return Buffer.from(answer.body as Uint8Array).toString();
    },
  };
}

const PUBLIC = ['/forum publish', '/forum publish confirm:yes'];

describe.each(databases)('rows of reports on $name', ({ open }) => {
  it('money taken back before anybody approved it waits no more, in no month and no file', async () => {
    await using world = await aForum(await open(), [
      '/forum setup "Forum Uji"',
      '/forum settings approval:500rb',
      '/finance record Perahu direction:out amount:600rb date:10/10/2026',
      ...PUBLIC,
    ]);
    const october = { from: '2026-10-01', to: '2026-10-31' };
    const november = { from: '2026-11-01', to: '2026-11-30' };
    const waiting = async (span: Span) =>
      rowOf(await world.sheet('ringkasan', span), 'Menunggu persetujuan (Rp), tidak dihitung')[1];
    const told = (rows: readonly string[][]) => rows.slice(1).map(row => [row[0], row[3], row[9]]);
    expect([await waiting(october), await waiting(november)]).toEqual(['600000', '0']);
    expect(told(rowsOf(await world.fetched('money.csv')))).toEqual([['U-1', '600000', 'menunggu persetujuan']]);
    await world.all('/finance reverse U-1 reason:Batal');
    expect([await waiting(october), await waiting(november)]).toEqual(['0', '0']);
    const both = [
      ['U-1', '600000', 'dibatalkan'],
      ['U-2', '-600000', 'dibatalkan'],
    ];
    expect(told(await world.sheet('keuangan', YEARS))).toEqual(both);
    expect(told(rowsOf(await world.fetched('money.csv')))).toEqual(both);
  });

  it('the last change is that of whatever a report shows, open issues and the forum’s name included', async () => {
    await using world = await aForum(await open(), ['/forum setup "Forum Uji"', '/goal add Siap']);
    const changed = async () => {
      const { look, forum } = await world.reader();
      const at = await lastChange(look, forum, YEARS);
      const iati = (await iatiPieces(look, forum, YEARS)).join('');
      expect(/<iati-activity last-updated-datetime="([^"]*)"/.exec(iati)?.[1]).toBe(at!.toISOString());
      return at!.getTime();
    };
    const moved: [string, boolean][] = [];
    for (const line of [
      '/issue raise Saluran',
      '/issue raise Rahasia private:yes',
      '/issue severity I-2 severity:high',
      '/issue severity I-1 severity:high',
      '/forum settings approval:5jt',
      '/forum settings timezone:WITA',
      '/forum settings pictures:no',
      '/forum settings name:"Forum Baru"',
      '/issue resolve I-2 resolution:Beres',
      '/issue resolve I-1 resolution:Beres',
    ]) {
      const before = await changed();
      await world.all(':skip 1h', line);
      moved.push([line, (await changed()) > before]);
    }
    expect(moved.filter(([, is]) => !is).map(([line]) => line)).toEqual([
      '/issue raise Rahasia private:yes',
      '/issue severity I-2 severity:high',
      '/forum settings approval:5jt',
      '/forum settings pictures:no',
      '/issue resolve I-2 resolution:Beres',
    ]);
  });

  it('actions are those of the time, with the partner that is bound and as they stood at its end', async () => {
    await using world = await aForum(await open(), [
      '/forum setup "Forum Uji"',
      '/partner add "Mitra A" sector:government',
      '/partner assign budi partner:"Mitra A" role:representative',
      '/activity plan Rapat date:28/11/2026',
      '/agreement record Nota kind:informal partners:"Mitra A"',
      '/issue raise Rahasia private:yes',
      '/action add Pompa who:"Mitra A" due:25/11/2026 from:K-1',
      '/action add Tali who:budi due:27/11/2026',
      '/action add Peta who:budi due:25/11/2026',
      '/action add Poster',
      '/action add Daftar',
      '/action add Diam from:I-1',
      '@budi /agreement commit P-1 what:Pasir due:30/11/2026 amount:"1,5 jt"',
      ':skip 2d',
      '@budi /action done A-2 result:"Dua gulung"',
      ':skip 2d',
      '@budi /action done A-3 result:Tergambar',
      '/action cancel A-4 reason:"Tidak perlu"',
      ':skip 4d',
      '/action done A-5 result:Lengkap',
      '/action add Nanti',
    ]);
    const sheet = (from: string, to: string) => world.sheet('tindakan', { from, to });
    const november = await sheet('2026-11-01', '2026-11-30');
    expect(november.slice(1)).toEqual([
      ['A-1', 'K-1', 'Pompa', 'Mitra A', '', '2026-11-25', '', '■ terlambat', ''],
      ['A-2', '', 'Tali', 'Mitra A', '', '2026-11-27', '2026-11-26', '✓ selesai', 'Dua gulung'],
      ['A-3', '', 'Peta', 'Mitra A', '', '2026-11-25', '2026-11-28', '✓ selesai, terlambat', 'Tergambar'],
      ['A-4', '', 'Poster', '', '', '', '', '○ batal', 'Tidak perlu'],
      ['A-5', '', 'Daftar', '', '', '', '', '… berjalan', ''],
      ['A-7', 'P-1', 'Pasir', 'Mitra A', '1500000', '2026-11-30', '', '… berjalan', ''],
    ]);
    const december = await sheet('2026-12-01', '2026-12-31');
    expect(december.slice(1).map(row => [row[0], row[6], row[7]])).toEqual([
      ['A-1', '', '■ terlambat'],
      ['A-5', '2026-12-02', '✓ selesai'],
      ['A-7', '', '■ terlambat'],
      ['A-8', '', '… berjalan'],
    ]);
  });

  it('activities and agreements are those of the database, every column, in the report and on the public page', async () => {
    const store = await open();
    await using world = await aForum(store, [
      '/forum setup "Forum Uji"',
      '/partner add "Mitra B" sector:ngo',
      '/partner add "Mitra A" sector:government',
      '/partner assign budi partner:"Mitra A" role:representative',
      '/goal add Siap',
      '/activity log "Gladi; \\"siap\\"" kind:training date:20/11/2026 location:"Balai, RW 5" participants:45 women:20 groups:"L=21" partners:"Mitra B, Mitra A" goal:T-1 result:Lancar evidence:Foto',
      '/activity plan Rapat date:28/11/2026 partners:"Mitra A, Mitra B"',
      '@budi /activity attend K-2 answer:yes',
      ':skip 5d',
      '/activity done K-2 participants:0 result:Sepakat',
      '/activity attendance K-2 partners:"Mitra A"',
      '/activity log Lama date:5/1/2026',
      '/activity log Keliru',
      '/activity undo K-4',
      '/activity plan Batal date:30/12/2026',
      '/activity cancel K-5 reason:Hujan',
      '/activity evidence K-1 Notulen kind:minutes',
      '/activity edit K-3 location:Posko area:34.71.03',
      '/agreement record Nota partners:"Mitra A, Mitra B" purpose:Siaga signed:1/11/2026 expires:1/2/2027 link:https://contoh.id',
      '/agreement record "Gotong royong" kind:informal partners:"Mitra B"',
      '/agreement end P-2 reason:Selesai',
      ...PUBLIC,
    ]);
    const { read, tables: t } = store;
    const names = new Map((await read.select().from(t.partners)).map(one => [one.number, one.name]));
    const named = (numbers: readonly number[]) =>
      [...numbers]
        .sort((a, b) => a - b)
        .map(one => names.get(one))
        .join(', ') || null;
    const [partners, invited, evidence, parties] = [
      await read.select().from(t.activityPartners),
      await read.select().from(t.attendances),
      await read.select().from(t.evidence).where(eq(t.evidence.thing, 'activity')),
      await read.select().from(t.agreementParties),
    ];
    const w = catalogue.id;
    const activities = (
      await read.select().from(t.activities).where(ne(t.activities.state, 'undone')).orderBy(asc(t.activities.date))
    ).map(row => [
      `K-${row.number}`,
      row.date,
      row.title,
      w.activity.kinds[row.kind],
      w.activity.states[row.state],
      row.location,
      row.participants,
      row.groups?.women ?? null,
      invited.filter(one => one.activity === row.number).length || null,
      invited.filter(one => one.activity === row.number && one.came).length || null,
      named(partners.filter(one => one.activity === row.number).map(one => one.partner)),
      row.goal && `T-${row.goal}`,
      row.result,
      row.cancelReason,
      evidence.filter(one => one.number === row.number).length,
      row.area,
      row.groups?.men ?? null,
    ]);
    const agreements = (await read.select().from(t.agreements).orderBy(asc(t.agreements.number))).map(row => [
      `P-${row.number}`,
      row.title,
      w.agreement.kinds[row.kind],
      named(parties.filter(one => one.agreement === row.number).map(one => one.partner)),
      row.purpose,
      row.signed,
      row.expires,
      row.endReason,
    ]);
    expect([activities.map(row => row[0]), agreements.length]).toEqual([['K-3', 'K-1', 'K-2', 'K-5'], 2]);
    // Every column says something in some row, so none is compared with nothing alone.
    for (const rows of [activities, agreements])
      expect(rows[0]!.map((_, i) => rows.some(row => row[i] !== null))).toEqual(rows[0]!.map(() => true));
    for (const [file, sheet, rows] of [
      ['activities', 'kegiatan', activities],
      ['agreements', 'kesepakatan', agreements],
    ] as const) {
      const written = rows.map(row => row.map(cell => String(cell ?? '')));
      expect((await world.sheet(sheet, YEARS)).slice(1)).toEqual(written);
      expect(rowsOf(await world.fetched(`${file}.csv`)).slice(1)).toEqual(written);
      const objects = JSON.parse(await world.fetched(`${file}.json`)) as Record<string, unknown>[];
      expect(objects.map(one => Object.values(one))).toEqual(rows);
    }
  });
});

it('a report says in the file itself that indicators stand as today until its last date has passed', async () => {
  await using world = await aForum(await databases[0]!.open(), ['/forum setup "Forum Uji"']);
  expect(rowOf(await world.sheet('tentang', YEARS), 'Tanggal terakhir yang belum lewat')[1]).toContain(
    'keadaan pada hari',
  );
});

it('the archive of an English forum is English, its folders too', async () => {
  await using world = await aForum(await databases[0]!.open(), ['/forum setup "River Forum" locale:english']);
  const files = [...(await world.archive(YEARS)).keys()];
  const folders = files.filter(file => file.includes('/')).map(file => file.split('/')[0]);
  expect(new Set(folders)).toEqual(new Set(['semicolon', 'comma']));
  expect(files).toContain('comma/about.csv');
});
