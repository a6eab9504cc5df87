import { describe, expect, it } from 'vitest';
import { brokenAt } from '../../src/domain/money/chain.ts';
import { retain } from '../../src/schedule/retention.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
import { check, enter, exported, forumIn, rowsOf, said, undo, womenIn } from './enter.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add "BPBD Kota" sector:government',
  '/partner add "Yayasan Bina Air" sector:ngo',
  '/goal add Siaga due:31/12/2027',
] as const;

const DAY_MS = 86_400_000;

const PARTNERS = `DAFTAR MITRA FORUM;;;
Per November 2026;;;
;;;
No;Nama Lembaga;Unsur;Penanggung Jawab
1;BPBD Kota;Pemda;Ibu Sari
2;"Radio Suara; Kota";media;0812345
3;Yayasan Bina Aiir;LSM;
4;Kampus Merdeka;kampus;

5;;LSM;Budi
6;PT Maju;toko roti;
Jumlah;6;;
`;

describe.each(databases)('an import on $name', ({ open }) => {
  it('of partners judges each row, and enters what is new or changed', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const { store } = world;
    const planned = await check(store, 'partners', PARTNERS);
    expect(planned.counts).toEqual({ new: 2, changed: 1, same: 0, doubtful: 1, wrong: 2 });
    expect(said(planned)).toEqual([
      'baris 5 BPBD Kota: berubah. Berubah: narahubung.',
      'baris 6 Radio Suara; Kota: baru',
      'B7 Yayasan Bina Aiir: meragukan. Mirip dengan Yayasan Bina Air yang sudah ada. Samakan namanya bila itu yang dimaksud.',
      'baris 8 Kampus Merdeka: baru',
      'B10 : salah. Kolom nama kosong.',
      expect.stringMatching(/^C11 PT Maju: salah\. toko roti tidak dikenal\. Pilihannya: /),
    ]);
    // Nothing is written by a check.
    expect(await rowsOf(store, 'partners')).toHaveLength(2);
    expect(await enter(store, 'partners', PARTNERS)).toMatchObject({ n: 3 });
    expect((await world.run('/partner show "Radio Suara; Kota"')).text).toContain('0812345');
    expect((await world.run('/partner show "BPBD Kota"')).text).toContain('Ibu Sari');
    expect((await check(store, 'partners', PARTNERS)).counts).toMatchObject({ new: 0, changed: 0, same: 3 });
  });

  it('of activities reads dates, numbers, partners and goals, and the same file twice changes nothing', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(...FORUM, '/activity log Rapat date:2/11/2026 location:Balai');
    const file = `Tgl,Nama Kegiatan,Jenis,Tempat,Jml Peserta,Perempuan,Mitra,Tujuan
1/10/2026,Pelatihan evakuasi,pelatihan,Balai RW 05,"1.045",600,"BPBD Kota, Yayasan Bina Air",Siaga
25/10/2026,Pelatihan evakuasi,pelatihan,,45,,,T-1
2/11/2026,Rapat,,Balai,12,,BPBD Kota,
3/12/2026,Gladi,,,,,,
4/11/2026,Salah,,,10,11,,
5/11/2026,Lain,,,,,Dinas Antah,T-9
x,Lain,,,,,,
1/10/2026,Pelatihan  EVAKUASI,,Balai RW 05,,,,
`;
    const planned = await check(store, 'activities', file);
    expect(said(planned)).toEqual(
      [
        'baris 2 2026-10-01 Pelatihan evakuasi: baru',
        'baris 3 2026-10-25 Pelatihan evakuasi: baru',
        'baris 4 2026-11-02 Rapat: berubah. Berubah: peserta, mitra.',
        'baris 5 2026-12-03 Gladi: baru',
        expect.stringContaining('F6 Salah: salah'),
        'G7 Lain: salah. Tidak ada mitra bernama Dinas Antah. Tidak ada tujuan T-9.',
        'A8 Lain: salah. x bukan tanggal.',
        'baris 9 2026-10-01 Pelatihan  EVAKUASI: meragukan. Sama dengan baris 2 dalam berkas ini.',
      ].map(one => (typeof one === 'string' ? one.replace('  ', ' ') : one)),
    );
    const before = await exported(store);
    const { number, n } = await enter(store, 'activities', file);
    expect(n).toBe(4);
    const rows = (await rowsOf(store, 'activities')).sort((x, y) => Number(x.number) - Number(y.number));
    expect(
      rows.map(one => [one.number, one.title, one.date, one.state, one.participants, womenIn(one), one.goal]),
    ).toEqual([
      [1, 'Rapat', '2026-11-02', 'done', 12, null, null],
      [2, 'Pelatihan evakuasi', '2026-10-01', 'done', 1045, 600, 1],
      [3, 'Pelatihan evakuasi', '2026-10-25', 'done', 45, null, 1],
      [4, 'Gladi', '2026-12-03', 'planned', null, null, null],
    ]);
    expect((await world.run('/activity show K-1')).text).toContain('mengubah peserta');
    expect((await world.run('/activity search evakuasi')).text).toMatch(/K-3[\s\S]*K-2/);
    const after = await exported(store);
    expect((await enter(store, 'activities', file)).n).toBe(0);
    expect(await exported(store)).toEqual(after);
    expect(await undo(store, number)).toEqual({ n: 4 });
    expect(await exported(store)).toEqual(before);
    expect(await undo(store, number)).toEqual({ why: 'undone' });
    // The planned one reminds nobody any more.
    expect((await world.run(':skip 12d')).posts.filter(post => post.text.includes('Gladi'))).toEqual([]);
    expect(world.logged).toEqual([]);
  });

  it('is not taken back after a day, nor where anything was changed or used since, which is named', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(...FORUM);
    const first = await enter(store, 'partners', 'Nama;Sektor\nA Baru;LSM\nB Baru;LSM\n');
    await world.all('/activity log K1 partners:"B Baru"', '@ani /me show', '/partner assign ani partner:"A Baru"');
    expect(await undo(store, first.number)).toEqual({ why: 'undo_changed', codes: ['M-3', 'M-4'] });
    const second = await enter(store, 'goals', 'Tujuan;Tenggat\nPangan;31/12/2027\n');
    await world.all('/goal edit T-2 description:x');
    expect(await undo(store, second.number)).toEqual({ why: 'undo_changed', codes: ['T-2'] });
    const third = await enter(store, 'goals', 'Tujuan\nAir\n');
    const late = new Date(START.getTime() + DAY_MS + 1);
    expect(await undo(store, third.number, late)).toEqual({ why: 'undo_late' });
    await retain(store, late, false);
    expect(await rowsOf(store, 'importRows')).toEqual([]);
  });

  it('of indicators and their past values counts for no timeliness, and refuses locked periods', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(...FORUM);
    const before = await exported(store);
    const made = await enter(
      store,
      'indicators',
      'Indikator;Satuan;Baseline;Target;Tenggat;Frekuensi;Penanggung Jawab;Tujuan\nWarga terlatih;orang;1.000;2.500;31/12/2027;bulanan;"BPBD Kota; Yayasan Bina Air";Siaga\nSirene;unit;;12;;triwulan;;\n',
    );
    expect(made.n).toBe(2);
    expect(
      (await rowsOf(store, 'indicators')).map(one => [one.name, one.unit, one.baseline, one.target, one.frequency]),
    ).toEqual([
      ['Warga terlatih', 'orang', '1000', '2500', 'monthly'],
      ['Sirene', 'unit', null, '12', 'quarterly'],
    ]);
    const file = `Indikator;Periode;Mitra;Nilai;Catatan
N-1;Oktober 2026;BPBD Kota;1.234,5;lewat berkas
Warga terlatih;2026-09;Yayasan Bina Air;900;
Warga terlatih;2026-09;;900;
Sirene;TW III 2026;;7;
Sirene;Oktober 2026;;7;
Sirene;2027-Q1;;7;
Entah;2026-Q3;;1;
`;
    expect(said(await check(store, 'values', file))).toEqual([
      'baris 2 N-1 2026-10: baru',
      'baris 3 Warga terlatih 2026-09: baru',
      expect.stringContaining('C4 Warga terlatih 2026-09: salah'),
      'baris 5 Sirene 2026-Q3: baru',
      'B6 Sirene Oktober 2026: salah. Oktober 2026 bukan periode indikator ini.',
      'B7 Sirene 2027-Q1: salah. Waktunya belum tiba.',
      'A8 Entah 2026-Q3: salah. Tidak ada indikator Entah.',
    ]);
    const values = await enter(store, 'values', file);
    const reports = await rowsOf(store, 'reports');
    expect(reports.map(one => [one.indicator, one.period, one.partner, one.value, one.fromImport])).toEqual([
      [1, '2026-10', 1, '1234.5', values.number],
      [1, '2026-09', 2, '900', values.number],
      [2, '2026-Q3', 0, '7', values.number],
    ]);
    expect((await enter(store, 'values', file)).n).toBe(0);
    const other = await enter(store, 'values', file.replace('1.234,5', '1.300,5'));
    expect(other.counts).toMatchObject({ changed: 1, same: 2 });
    expect((await world.run('/indicator show N-1')).text).toContain('1.300,5');
    // What stood before holds again.
    expect(await undo(store, values.number)).toMatchObject({ why: 'undo_changed', codes: ['N-1'] });
    expect(await undo(store, other.number)).toEqual({ n: 1 });
    expect((await rowsOf(store, 'reports')).map(one => one.inForce)).toEqual([true, true, true]);
    expect(await undo(store, values.number)).toEqual({ n: 3 });
    expect(await undo(store, made.number)).toEqual({ n: 2 });
    expect(await exported(store)).toEqual(before);
    await enter(store, 'indicators', 'Indikator;Frekuensi\nGenset;bulanan\n');
    const far = new Date(START.getTime() + 40 * DAY_MS);
    expect(said(await check(store, 'values', 'Indikator;Periode;Nilai\nGenset;2026-09;1\n', far))).toEqual([
      expect.stringContaining('B2 Genset 2026-09: salah'),
    ]);
  });

  it('of agreements and money: above the approval amount it waits, closed months are refused, undoing takes back', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(...FORUM, '/forum settings approval:1jt', '/finance close "September 2026"');
    const agreed = await enter(
      store,
      'agreements',
      'Nama Kesepakatan,Para Pihak,Tanggal tanda tangan,Berlaku sampai\n"Nota siaga","BPBD Kota, Yayasan Bina Air",1 November 2025,31 Desember 2027\n',
    );
    expect((await world.run('/agreement show P-1')).text).toContain('31 Desember 2027');
    expect(await undo(store, agreed.number)).toEqual({ n: 1 });
    expect(await rowsOf(store, 'agreementParties')).toEqual([]);
    const file = `BUKU KAS,,,,
Tanggal,Uraian,Masuk,Keluar,Mitra
01/10/2026,Hibah,"Rp 5.000.000,-",,BPBD Kota
02/10/2026,Ongkos angkot,,"15.000",
02/10/2026,Ongkos angkot,,"15.000",
03/09/2026,Lama,,"20.000",
04/10/2026,Dua-duanya,"1.000","2.000",
Jumlah,,"5.001.000","52.000",
`;
    expect(said(await check(store, 'money', file))).toEqual([
      'baris 3 2026-10-01 Hibah: baru. Di atas batas persetujuan: menunggu mitra lain.',
      'baris 4 2026-10-02 Ongkos angkot: baru',
      'baris 5 2026-10-02 Ongkos angkot: baru',
      expect.stringContaining('A6 2026-09-03 Lama: salah'),
      'D7 2026-10-04 Dua-duanya: salah. Masuk dan keluar terisi di satu baris.',
    ]);
    const { number, n } = await enter(store, 'money', file);
    expect(n).toBe(3);
    expect((await rowsOf(store, 'entries')).map(one => [one.amount, one.direction, one.needsApproval])).toEqual([
      [500_000_000, 'in', true],
      [1_500_000, 'out', false],
      [1_500_000, 'out', false],
    ]);
    expect((await check(store, 'money', file)).counts).toMatchObject({ new: 0, same: 3 });
    expect(await brokenAt(store.read, (await forumIn(store)).id)).toBeNull();
    expect(await undo(store, number)).toEqual({ n: 3 });
    expect(await brokenAt(store.read, (await forumIn(store)).id)).toBeNull();
    expect((await world.run('/finance summary')).text).toContain('Rp 0');
    expect((await check(store, 'money', file)).counts).toMatchObject({ new: 3 });
  });
});
