import { parse } from 'csv-parse/sync';
import { and, asc, eq } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/language/messages.ts';
import { type Format, reportFile } from '../../src/reports/files.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

const SPAN = { from: '2026-11-01', to: '2026-11-30' };

/** A forum with something of every kind, and with things that no report may tell. */
async function aForum(store: Store) {
  const world = await aWorld({ store });
  await world.all(
    '/forum setup "Forum Uji"',
    '/partner add "Mitra B" sector:ngo contact:"081234567890"',
    '/partner add "Mitra A" sector:government',
    '/partner assign budi partner:"Mitra A" role:representative',
    '/partner assign ani partner:"Mitra B" role:representative',
    '/goal add "Siap banjir" due:31/12/2026',
    '/activity log "=HYPERLINK(1) gladi" date:20/11/2026 participants:45 women:20 partners:"Mitra B, Mitra A" goal:T-1 result:"Lancar; 100%"',
    '/activity plan "Rapat \u202eesrever" date:28/11/2026 partners:"Mitra A"',
    '/activity log Terlalu-awal date:1/10/2026',
    '/indicator add "Warga terlatih" goal:T-1 unit:orang direction:up baseline:100 target:200 due:31/12/2026 frequency:monthly partner:"Mitra A"',
    '@budi /indicator report N-1 150 period:oktober note:"+62 dicatat"',
    '/issue raise Saluran severity:high',
    '/issue raise Rahasia-sekali private:yes detail:tersembunyi',
    '/issue raise Tanpa-nama anonymous:yes',
    '/issue resolve I-1 "Dikeruk bersama"',
    '/finance record Sewa direction:out amount:"Rp 750.000,50" date:21/11/2026',
    '/finance record Iuran direction:in amount:2jt date:22/11/2026',
    '/finance reverse U-1 reason:"Salah catat"',
    '/agreement record Nota partners:"Mitra A, Mitra B" signed:1/1/2026 expires:31/12/2027',
    '/strategy propose "Geser gladi" rationale:"Hari kerja sibuk" closes:1d method:majority',
    '/strategy propose "Suara rahasia" rationale:x closes:1d method:majority secret:yes',
    '/strategy propose "Suara anggota" rationale:x closes:1d method:majority basis:member urgent:uji',
    '@budi /strategy vote S-1 agree reason:"Lebih banyak yang datang"',
    '@ani /strategy vote S-1 disagree',
    '@budi /strategy vote S-2 agree',
    '@ani /strategy vote S-2 agree',
    '@budi /strategy vote S-3 agree',
    '@ani /strategy vote S-3 agree',
    ':skip 2d',
  );
  const [forum] = await store.read.select().from(store.tables.forums);
  const make = async (format: Format, how: { locale?: 'id' | 'en'; now?: Date } = {}) => {
    const locale = how.locale ?? 'id';
    const look = {
      db: store.read,
      forumId: forum!.id,
      m: catalogue[locale],
      locale,
      zone: 'Asia/Makassar',
      now: how.now ?? START,
    };
    const file = await reportFile(look, forum!, SPAN, format);
    return Buffer.from(file.bytes);
  };
  return { ...world, forum: forum!, make };
}

/** The file that a command answers with. */
async function fileOf(world: Awaited<ReturnType<typeof aForum>>, line: string): Promise<Buffer> {
  const answer = await world.bot.perform({
    key: line,
    place: { platform: 'console', workspace: 'local', channel: null },
    who: { account: 'budi', home: '', name: 'budi', admin: false },
    ask: { kind: 'typed', line },
    memberOf: () => null,
    channelOf: () => null,
  });
  if (answer.kind !== 'view') throw new Error(`no view: ${answer.kind}`);
  const file = answer.view.blocks.find(block => block.kind === 'file');
  return Buffer.from(String(file!.content), 'base64');
}

/** The sheets of a workbook by name, each row by the headings of its columns. */
async function book(bytes: Buffer): Promise<Map<string, Record<string, unknown>[]>> {
  const sheets = await readXlsx(bytes, { trim: false });
  return new Map(
    sheets.map(({ sheet, data: [head, ...rows] }) => [
      sheet,
      rows.map(row => Object.fromEntries(head!.map((name, i) => [name, row[i] ?? null]))),
    ]),
  );
}

const column = (rows: readonly Record<string, unknown>[] | undefined, name: string): unknown[] =>
  (rows ?? []).map(row => row[name]);

describe.each(databases)('a report on $name', ({ open }) => {
  it('as a workbook holds what the database holds, row by row', async () => {
    const store = await open();
    await using world = await aForum(store);
    const sheets = await book(await world.make('xlsx'));
    expect([...sheets.keys()]).toEqual([
      'Ringkasan',
      'Tujuan',
      'Indikator',
      'Laporan indikator',
      'Kegiatan',
      'Keputusan',
      'Posisi mitra',
      'Jajak pendapat',
      'Isu',
      'Keuangan',
      'Kesepakatan',
      'Janji',
      'Tindakan',
      'Penilaian',
      'Mitra',
      'Kamus',
      'Tentang',
    ]);
    const { activities: a, entries: e, issues: i, strategies: s } = store.tables;
    const activities = await store.read.select().from(a).where(eq(a.state, 'done')).orderBy(asc(a.number));
    expect(activities[0]?.title).toBe('=HYPERLINK(1) gladi');
    expect(sheets.get('Kegiatan')![0]).toEqual({
      Kode: 'K-1',
      Tanggal: new Date(activities[0]!.date),
      Judul: activities[0]!.title,
      Jenis: 'lainnya',
      Keadaan: 'terlaksana',
      Lokasi: null,
      Peserta: activities[0]!.participants,
      Perempuan: activities[0]!.groups?.women ?? null,
      'Laki-laki': null,
      'Mitra diundang': null,
      'Mitra hadir': null,
      'Para mitra': 'Mitra B, Mitra A',
      Tujuan: 'T-1',
      Hasil: activities[0]!.result,
      Alasan: null,
      'Banyaknya bukti': 0,
      Wilayah: null,
    });
    expect(column(sheets.get('Kegiatan'), 'Kode')).toEqual(['K-1', 'K-2']);
    const entries = await store.read.select().from(e).orderBy(asc(e.number));
    expect(
      sheets.get('Keuangan')!.map(row => [row.Kode, row['Jumlah (Rp)'], row.Keperluan, row.Tanggal, row.Dihitung]),
    ).toEqual(entries.map(row => [`U-${row.number}`, row.amount / 100, row.purpose, new Date(row.date), 'ya']));
    const issues = await store.read
      .select()
      .from(i)
      .where(and(eq(i.isPrivate, false)))
      .orderBy(asc(i.number));
    expect(sheets.get('Isu')!.map(row => [row.Kode, row.Judul, row.Penyelesaian])).toEqual(
      issues.map(row => [`I-${row.number}`, row.title, row.resolution]),
    );
    const decided = await store.read.select().from(s).orderBy(asc(s.number));
    expect(
      sheets
        .get('Keputusan')!
        .map(row => [row.Judul, row.Setuju, row['Tidak setuju'], row['Berhak suara'], row.Kuorum]),
    ).toEqual(
      decided.map(({ title, arithmetic: sum }) => [title, sum!.agree, sum!.disagree, sum!.electorate, sum!.needed]),
    );
    expect(sheets.get('Indikator')![0]).toMatchObject({
      Kode: 'N-1',
      Nilai: 150,
      Periode: '2026-10',
      'Nilai awal': 100,
      'Sudah melapor': 1,
      'Wajib lapor': 1,
    });
    expect(sheets.get('Laporan indikator')![0]).toMatchObject({ Nilai: 150, Mitra: 'Mitra A', Catatan: '+62 dicatat' });
    expect(column(sheets.get('Mitra'), 'Nama')).toEqual(['Mitra B', 'Mitra A']);
    const figures = new Map(sheets.get('Ringkasan')!.map(row => [row['Angka pokok'], row.Isi]));
    expect(figures.get('Kegiatan terlaksana')).toBe(1);
    expect(figures.get('Uang masuk (Rp)')).toBe(2_000_000);
    expect(figures.get('Isu diselesaikan')).toBe(1);
  });

  it('says of every column what it means, of what type and in which unit, and where the report is from', async () => {
    await using world = await aForum(await open());
    const sheets = await book(await world.make('xlsx'));
    const dictionary = sheets.get('Kamus')!;
    for (const [name, rows] of sheets)
      if (rows[0] && name !== 'Kamus' && name !== 'Tentang')
        expect(
          column(
            dictionary.filter(row => row.Lembar === name),
            'Kolom',
          ),
        ).toEqual(Object.keys(rows[0]));
    expect(dictionary.every(row => row.Arti && row.Tipe)).toBe(true);
    expect(dictionary.find(row => row.Kolom === 'Jumlah (Rp)')).toMatchObject({ Tipe: 'uang', Satuan: 'Rp' });
    const about = sheets.get('Tentang')!;
    expect(about[0]).toEqual({ Hal: 'Nama forum', Isi: 'Forum Uji' });
    expect(about[1]!.Isi).toEqual(new Date('2026-11-01'));
    expect(about.filter(row => row.Hal === 'Tidak dimuat').length).toBeGreaterThan(3);
  });

  it('tells nothing private, in any form', async () => {
    await using world = await aForum(await open());
    for (const format of ['xlsx', 'csv', 'html', 'iati'] as const) {
      const bytes = await world.make(format);
      const text =
        format === 'html' || format === 'iati'
          ? bytes.toString()
          : Object.values(unzipSync(bytes))
              .map(one => Buffer.from(one).toString())
              .join('\n');
      if (format !== 'iati') expect(text, format).toMatch(/Saluran[\s\S]*Tanpa-nama/);
      expect(text, format).not.toMatch(/Rahasia-sekali|tersembunyi|0812345|sari|budi|\bani\b/i);
    }
    const sheets = await book(await world.make('xlsx'));
    const positions = sheets.get('Posisi mitra')!;
    expect(positions.map(row => [row.Usulan, row.Mitra, row.Pilihan, row.Alasan])).toEqual([
      ['S-1', 'Mitra B', 'tidak setuju', null],
      ['S-1', 'Mitra A', 'setuju', 'Lebih banyak yang datang'],
      ['S-2', 'Mitra B', 'sudah memilih (rahasia)', null],
      ['S-2', 'Mitra A', 'sudah memilih (rahasia)', null],
    ]);
  });

  it('is the same to the byte whoever asks and whenever, in the language of the forum', async () => {
    await using world = await aForum(await open());
    for (const format of ['xlsx', 'csv', 'html', 'iati'] as const) {
      const once = await world.make(format);
      const later = new Date('2027-03-01T10:00:00Z');
      expect((await world.make(format, { locale: 'en', now: later })).equals(once), format).toBe(true);
    }
    // What nobody may see of it changes nothing either.
    const before = await world.make('xlsx');
    await world.all(
      ':skip 1h',
      '/issue raise Rahasia-lagi private:yes',
      '/partnership review "Mitra B"',
      '@joko /partner join "Mitra A"',
      '@budi /me language en',
    );
    expect((await world.make('xlsx')).equals(before)).toBe(true);
    const answer = await world.run('@budi /report 1/11/2026 to:30/11/2026');
    expect(answer.text).toContain('Report of Forum Uji');
    for (const said of [
      'Activities: 1 done, 45 participants (women 20)',
      'Issues: 2 raised, 1 resolved',
      'Indicator reports: 0 of 0 are in',
      'Proposals: 3 decided, 2 carried',
      'Money: in Rp 2,000,000, out Rp 0, balance Rp 2,000,000',
      'The file has the details: Tujuan, Indikator,',
    ])
      expect(answer.text).toContain(said);
    for (const format of ['xlsx', 'html'] as const)
      expect(
        (await fileOf(world, `/report 1/11/2026 to:30/11/2026 format:${format}`)).equals(await world.make(format)),
      ).toBe(true);
  });

  it('marks money that nobody else has approved, and leaves it out of every figure', async () => {
    const store = await open();
    await using world = await aForum(store);
    await world.all(
      '/forum settings approval:5jt',
      '@budi /finance record Perahu direction:out amount:9jt date:23/11/2026',
    );
    const waiting = await book(await world.make('xlsx'));
    expect(waiting.get('Keuangan')!.at(-1)).toMatchObject({
      Kode: 'U-4',
      'Jumlah (Rp)': 9_000_000,
      Dihitung: 'menunggu persetujuan',
    });
    const figure = (sheets: typeof waiting, name: string) =>
      sheets.get('Ringkasan')!.find(row => row['Angka pokok'] === name)?.Isi;
    expect(figure(waiting, 'Uang keluar (Rp)')).toBe(0);
    expect(figure(waiting, 'Menunggu persetujuan (Rp), tidak dihitung')).toBe(9_000_000);
    await world.all('@ani /finance approve U-4');
    const approved = await book(await world.make('xlsx'));
    expect(approved.get('Keuangan')!.at(-1)).toMatchObject({ Dihitung: 'ya' });
    expect(figure(approved, 'Uang keluar (Rp)')).toBe(9_000_000);
    expect(figure(approved, 'Saldo pada akhir masa ini (Rp)')).toBe(-7_000_000);
  });

  it('says in chat how many reports are in of those that were due', async () => {
    await using world = await aForum(await open());
    const reports = async (line: string) => /Laporan indikator: (.*)/.exec((await world.run(line)).text)?.[1];
    // What was over when the indicator was agreed was filled in; the running month is not due yet.
    expect(await reports('/report 1/10/2026 to:30/11/2026')).toBe('masuk 1 dari 1');
    await world.all(':skip 8d', '/indicator add Sirene unit:buah frequency:monthly partner:"Mitra A, Mitra B"');
    expect(await reports('/report 1/10/2026 to:30/11/2026')).toBe('masuk 1 dari 1');
    await world.all('@budi /indicator none N-1 reason:"Alat rusak" period:nov', ':skip 31d');
    // December's are not due before 11 January: what has not fallen due is not missing.
    expect(await reports('/report 1/10/2026 to:31/12/2026')).toBe('masuk 2 dari 2');
    await world.all(':skip 14d');
    expect(await reports('/report 1/10/2026 to:31/12/2026')).toBe('masuk 2 dari 5');
    expect(await reports('/report 1/1/1950')).toBe('masuk 2 dari 5');
    expect((await world.run('/report 1/10/2026 format:iati')).text).toContain('memuat tujuan, indikator, dan nilainya');
  });

  it('as CSV holds the rows of the workbook', async () => {
    await using world = await aForum(await open());
    const files = unzipSync(await world.make('csv'));
    const beside = ['datapackage.json', 'votes.popolo.json', 'satu-data.csv'];
    expect(Object.keys(files)).toEqual(expect.arrayContaining(beside));
    expect(Object.keys(files)).toHaveLength(34 + beside.length);
    const text = Buffer.from(files['titik-koma/keuangan.csv']!).toString();
    const rows: string[][] = parse(text, { bom: true, delimiter: ';', record_delimiter: '\r\n' });
    expect(rows.map(row => [row[0], row[3]])).toEqual([
      ['Kode', 'Jumlah (Rp)'],
      ['U-1', '750000,5'],
      ['U-2', '2000000'],
      ['U-3', '-750000,5'],
    ]);
    expect(Buffer.from(files['koma/kegiatan.csv']!).toString()).toContain(",'=HYPERLINK(1) gladi,");
  });

  it('asks for a time that runs forward, in a known form', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup "Forum Uji"');
    expect((await world.run('/report 2/11/2026 to:1/11/2026')).error?.code).toBe('invalid_option');
    expect((await world.run('/report 2/11/2026 format:pdf')).error?.code).toBe('invalid_option');
    expect((await world.run('/report')).error?.code).toBe('missing_option');
    expect((await world.run('/report 1/11/2026')).text).toContain('rembug-2026-11-01-2026-11-24.xlsx');
  });
});

it('the same story gives the same bytes on either database', async () => {
  const made: Buffer[][] = [];
  for (const { open } of databases) {
    await using world = await aForum(await open());
    const iati = async () => Buffer.from((await world.make('iati')).toString().replaceAll(world.forum.id, 'ID'));
    made.push([await world.make('xlsx'), await world.make('csv'), await world.make('html'), await iati()]);
  }
  for (const [i, bytes] of made[0]!.entries()) expect(made[1]![i]!.equals(bytes)).toBe(true);
});
