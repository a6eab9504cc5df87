import { describe, expect, it } from 'vitest';
import type { ImportKind } from '../../src/imports/plan.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';
import { check, enter, exported, rowsOf, undo, womenIn } from './enter.ts';
import { excelBook } from './excel.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

type Rows = readonly (readonly unknown[])[];

/** A file as a forum of our kind has one, with what its rows come to. */
interface File {
  readonly name: string;
  readonly kind: ImportKind;
  readonly bytes: string | Uint8Array;
  readonly values: Rows;
}

const MANY = Array.from({ length: 5_000 }, (_, i) => [
  `2026-${String((i % 10) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
  `Kegiatan ke-${i}`,
  i % 90,
]) as [string, string, number][];

const FILES: readonly File[] = [
  {
    name: 'titles merged over all columns, blank rows, dates as dates, a formula for the sum, colours far below',
    kind: 'activities',
    bytes: excelBook({
      'Rekap 2026': [
        ['REKAPITULASI KEGIATAN FORUM PRB'],
        ['Kota Contoh, per November 2026'],
        [],
        ['No.', 'Tanggal Pelaksanaan', 'Nama Kegiatan', 'Tempat', 'Jml Peserta (orang)', 'L', 'P', 'Pelaksana'],
        [1, day('2026-10-05'), 'Pelatihan evakuasi', 'Balai RW 05', 40, 15, 25, 'BPBD Kota, PMI Kota'],
        [],
        [2, day('2026-10-06'), 'Rapat koordinasi', null, 12, null, null, 'BPBD Kota'],
        [null, 'Jumlah', null, null, { formula: 'SUM(E5:E7)', value: 52 }, 15, 25, null],
      ],
    }),
    values: [
      ['2026-10-05', 'Pelatihan evakuasi', 'Balai RW 05', 40, 25],
      ['2026-10-06', 'Rapat koordinasi', null, 12, null],
    ],
  },
  {
    name: 'a sheet of money and a cover before the one that is meant',
    kind: 'partners',
    bytes: excelBook({
      Sampul: [['BUKU INDUK'], ['Disusun sekretariat']],
      Kas: [
        ['Tanggal', 'Uraian', 'Masuk', 'Keluar'],
        [day('2026-10-01'), 'Iuran', 150_000, null],
      ],
      Mitra: [
        ['Daftar mitra'],
        ['No', 'Nama Lembaga', 'Unsur', 'Penanggung Jawab'],
        [1, 'Radio Suara Kota', 'media', 'Ibu Ani'],
      ],
    }),
    values: [['Radio Suara Kota', 'media', 'Ibu Ani']],
  },
  {
    name: 'semicolons, dates as text in words, numbers with points for thousands',
    kind: 'activities',
    bytes:
      'Hari/Tanggal;Kegiatan;Tempat;Peserta;Perempuan\nSenin, 5 Oktober 2026;Jalan sehat;Alun-alun;1.250;700\nSelasa, 6 Okt 2026;Senam;Alun-alun;1.045;\n',
    values: [
      ['2026-10-05', 'Jalan sehat', 'Alun-alun', 1_250, 700],
      ['2026-10-06', 'Senam', 'Alun-alun', 1_045, null],
    ],
  },
  {
    name: 'telephone numbers with leading zeros, quotes, and what looks like a formula',
    kind: 'partners',
    bytes:
      'Mitra;Jenis lembaga;Kontak;Bidang\n"Forum ""Anak""";komunitas;08123456789;"=1+1"\nKarang Taruna;komunitas;0274-512345;-\n',
    values: [
      ['Forum "Anak"', 'community', '08123456789'],
      ['Karang Taruna', 'community', '0274-512345'],
    ],
  },
  {
    name: 'a cash book with in and out, decimal commas and Rp',
    kind: 'money',
    bytes:
      'BUKU KAS UMUM;;;\nBulan Oktober 2026;;;\n;;;\nTgl;Uraian;Penerimaan;Pengeluaran\n01/10/2026;Iuran anggota;"Rp 2.000.000,-";\n05/10/2026;Sewa tenda;;"1.234.567,50"\nJumlah;;2.000.000;1.234.567,50\n',
    values: [
      ['2026-10-01', 'Iuran anggota', 'in', 200_000_000],
      ['2026-10-05', 'Sewa tenda', 'out', 123_456_750],
    ],
  },
  {
    name: 'English headings, months first, decimal points',
    kind: 'money',
    bytes: 'Date,Description,Income,Expense\n10/25/2026,Grant,"1,000.50",\n10/02/2026,Rent,,"2,500"\n',
    values: [
      ['2026-10-25', 'Grant', 'in', 100_050],
      ['2026-10-02', 'Rent', 'out', 250_000],
    ],
  },
  {
    name: 'tabs, debit and credit, words for amounts',
    kind: 'money',
    bytes:
      'Hari/Tanggal\tTgl\tUraian\tDebet\tKredit\nSenin\t5/10/2026\tSumbangan\t1,5 juta\t\nSelasa\t6/10/2026\tFotokopi\t\t25 rb\n',
    values: [
      ['2026-10-05', 'Sumbangan', 'in', 150_000_000],
      ['2026-10-06', 'Fotokopi', 'out', 2_500_000],
    ],
  },
  {
    name: 'goals out of a plan, with titles and a note below',
    kind: 'goals',
    bytes: excelBook({
      RAD: [
        ['RENCANA AKSI DAERAH 2026–2028'],
        ['No', 'Tujuan bersama', 'Penjelasan', 'Batas waktu'],
        [1, 'Warga siaga banjir', 'Setiap RW punya jalur', day('2027-12-31')],
        [2, 'Pangan cukup 14 hari', null, '31 Desember 2028'],
      ],
    }),
    values: [
      ['Warga siaga banjir', 'Setiap RW punya jalur', '2027-12-31'],
      ['Pangan cukup 14 hari', null, '2028-12-31'],
    ],
  },
  {
    name: 'indicators with numbers as text and as numbers',
    kind: 'indicators',
    bytes: excelBook({
      Indikator: [
        ['Indikator', 'Satuan', 'Baseline', 'Target', 'Tenggat', 'Frekuensi lapor', 'Penanggung jawab'],
        ['Warga terlatih', 'orang', '1.000', 2_500, day('2027-12-31'), 'bulanan', 'BPBD Kota'],
        ['Curah hujan', 'mm', '12,75', null, null, 'triwulan', null],
      ],
    }),
    values: [
      ['Warga terlatih', 'orang', '1000', '2500', '2027-12-31', 'monthly'],
      ['Curah hujan', 'mm', '12.75', null, null, 'quarterly'],
    ],
  },
  {
    name: 'past values with months in words, of windows-1252',
    kind: 'values',
    bytes: Buffer.from(
      'Nama indikator;Bulan;Capaian;Keterangan\nKesiapan;Oktober 2026;1.234,5;caf\xe9\nKesiapan;September 2026;900;\n',
      'latin1',
    ),
    values: [
      ['2026-10', '1234.5', 'café'],
      ['2026-09', '900', null],
    ],
  },
  {
    name: 'agreements with a date in every writing, in UTF-16',
    kind: 'agreements',
    bytes: Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        'Nama Kesepakatan\tPara Pihak\tTanggal tanda tangan\tBerlaku sampai\nNota siaga\tBPBD Kota; PMI Kota\t1 November 2025\t31/12/2027\n',
        'utf16le',
      ),
    ]),
    values: [['Nota siaga', '2025-11-01', '2027-12-31']],
  },
  {
    name: '5,000 rows',
    kind: 'activities',
    bytes: `Tanggal;Kegiatan;Peserta;Mitra\n${MANY.map(([date, title, n]) => `${date.split('-').reverse().join('/')};${title};${n};BPBD Kota`).join('\n')}\n`,
    values: MANY.map(([date, title, n]) => [date, title, null, n, null]),
  },
];

const COLUMNS: { readonly [K in ImportKind]?: readonly [Parameters<typeof rowsOf>[1], ...string[]] } = {
  partners: ['partners', 'name', 'sector', 'contact'],
  goals: ['goals', 'title', 'description', 'due'],
  indicators: ['indicators', 'name', 'unit', 'baseline', 'target', 'due', 'frequency'],
  values: ['reports', 'period', 'value', 'note'],
  agreements: ['agreements', 'title', 'signed', 'expires'],
  money: ['entries', 'date', 'purpose', 'direction', 'amount'],
};

/** The rows of a kind as far as they are compared. */
async function valuesIn(store: Store, kind: ImportKind): Promise<unknown[][]> {
  if (kind === 'activities')
    return (await rowsOf(store, 'activities')).map(one => [
      one.date,
      one.title,
      one.location,
      one.participants,
      womenIn(one),
    ]);
  const [table, ...columns] = COLUMNS[kind]!;
  return (await rowsOf(store, table)).map(row => columns.map(column => row[column] ?? null));
}

const sorted = (rows: Rows): string[] => rows.map(row => JSON.stringify(row)).sort();

describe.each(databases)('twelve files as people make them, on $name', ({ open }) => {
  it('come in with the right values, change nothing the second time, and go again to the byte', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all(
      '/forum setup "Forum Uji" announce:umum coordinators:koor',
      '/partner add "BPBD Kota"',
      '/partner add "PMI Kota"',
      '/indicator add Kesiapan unit:% frequency:monthly',
    );
    expect(FILES).toHaveLength(12);
    for (const { name, kind, bytes, values } of FILES) {
      const [before, standing] = [await exported(store), await valuesIn(store, kind)];
      const { number, counts } = await enter(store, kind, bytes);
      expect([name, counts]).toEqual([name, { new: values.length, changed: 0, same: 0, doubtful: 0, wrong: 0 }]);
      const there = sorted(standing);
      const added = sorted(await valuesIn(store, kind)).filter(one => !there.includes(one));
      expect([name, added]).toEqual([name, sorted(values)]);
      const again = await check(store, kind, bytes);
      expect([name, again.counts]).toEqual([name, { ...counts, new: 0, same: values.length }]);
      expect([name, await undo(store, number)]).toEqual([name, { n: values.length }]);
      // Of money nothing is ever deleted: it is taken back by its opposite.
      if (kind === 'money')
        expect([name, (await world.run('/finance summary from:1/1/2026 to:31/12/2026')).text]).toEqual([
          name,
          expect.stringContaining('Rp 0'),
        ]);
      else expect([name, await exported(store)]).toEqual([name, before]);
    }
    expect(world.logged).toEqual([]);
  });
});
