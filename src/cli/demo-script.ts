import { addDays, addMonths, dateIn, daysBetween } from '../domain/calendar.ts';
import { periodOf } from '../domain/indicators/periods.ts';

const DAY_MS = 86_400_000;
const ZONE = 'Asia/Jakarta';

/** The partners report on the quarter that has ended on this day of the next one, and on this day of the story. */
const REPORTING = { dayOfQuarter: 14, dayOfStory: 70 } as const;
/** Minimum number of days from the reports to the story's end: what happens after them takes so long. */
const AFTER_REPORTS = 9;

/** First instant of the demo's story, and the days that it takes. */
export interface Story {
  readonly start: Date;
  readonly days: number;
}

/**
 * The story that ends at an instant. It is placed by the quarters: reports fall where they are due and no period of
 * them is locked, whatever the day on which the demo is filled.
 */
export function storyUntil(now: Date): Story {
  const today = dateIn(now, ZONE);
  let quarter = periodOf(today, 'quarterly').start;
  const reportsOn = (): string => addDays(quarter, REPORTING.dayOfQuarter);
  while (daysBetween(reportsOn(), today) < AFTER_REPORTS) quarter = addMonths(quarter, -3);
  const days = REPORTING.dayOfStory + daysBetween(reportsOn(), today);
  return { start: new Date(now.getTime() - days * DAY_MS), days };
}

/** The local date so many days after the story's beginning. */
const dayOf =
  ({ start }: Story) =>
  (n: number): string =>
    addDays(dateIn(start, ZONE), n);

/** The quarter so many quarters before the one of a date, as people type it: `Q3 2026`. */
function quarterBefore(date: string, back: number): string {
  const quarters = Number(date.slice(0, 4)) * 4 + Math.floor((Number(date.slice(5, 7)) - 1) / 3) - back;
  return `Q${(quarters % 4) + 1} ${Math.floor(quarters / 4)}`;
}

/** The lines of the first forum: a city that prepares for floods, saves food and turns to organic farming. */
export function demoYogyakarta(story: Story): string[] {
  const { days } = story;
  const day = dayOf(story);
  const partners: [name: string, options: string, representative: string, alternate: string][] = [
    ['BPBD Kota', 'sektor:pemerintah fokus:"siaga bencana" pengaruh:tinggi kepentingan:tinggi', 'sari', 'joko'],
    [
      'Dinas Pertanian dan Pangan',
      'sektor:pemerintah fokus:"pangan" pengaruh:tinggi kepentingan:sedang',
      'wahyu',
      'nina',
    ],
    [
      'Universitas Tirta Mahardika',
      'sektor:akademisi fokus:"data dan sensor" pengaruh:sedang kepentingan:tinggi',
      'laras',
      'bagus',
    ],
    ['Yayasan Lumbung Sehat', 'sektor:LSM fokus:"pangan" pengaruh:sedang kepentingan:tinggi', 'rini', 'dimas'],
    [
      'Kampung Tangguh Code',
      'sektor:komunitas fokus:"siaga bencana" pengaruh:rendah kepentingan:tinggi',
      'slamet',
      'yuni',
    ],
    [
      'Relawan Siaga Winongo',
      'sektor:komunitas fokus:"siaga bencana" pengaruh:rendah kepentingan:tinggi',
      'agus',
      'tuti',
    ],
    ['PT Sumber Pangan Nusantara', 'sektor:swasta fokus:"pangan" pengaruh:tinggi kepentingan:rendah', 'hendra', 'maya'],
    [
      'Kelompok Tani Organik Gajah Wong',
      'sektor:komunitas fokus:"pertanian organik" pengaruh:rendah kepentingan:tinggi',
      'paijo',
      'sumi',
    ],
    ['Dapur Kolektif Giwangan', 'sektor:komunitas fokus:"pangan" pengaruh:rendah kepentingan:tinggi', 'tari', 'eko'],
    [
      'Balai Penyuluhan Pertanian',
      'sektor:pemerintah fokus:"pertanian organik" pengaruh:sedang kepentingan:sedang',
      'wati',
      'budi',
    ],
  ];
  const [bpbd, dinas, kampus, yayasan, code, winongo, pt, tani, dapur, balai] = partners.map(([name]) => name);
  return [
    '/forum mulai "Forum Ketahanan Lokal Kota Yogyakarta (contoh)" zona:WIB pengumuman:pengumuman isu:isu koordinator:koordinator',
    '/forum atur persetujuan:"Rp 500.000"',
    ...partners.flatMap(([name, options, representative, alternate]) => [
      `/mitra tambah "${name}" ${options}`,
      `/mitra tugaskan ${representative} mitra:"${name}" peran:wakil`,
      `/mitra tugaskan ${alternate} mitra:"${name}" peran:pengganti`,
    ]),
    '/tujuan tambah "Mengurangi limbah makanan dan memperluas akses pangan bergizi" uraian:"Diukur dari jumlah orang yang terjangkau pangan bergizi"',
    '/tujuan tambah "Siaga banjir dan longsor di Code, Winongo, dan Gajah Wong" uraian:"Saluran air hujan dan peringatan dini"',
    '/tujuan tambah "Petani beralih ke cara organik lewat penyuluhan"',
    '/tujuan tambah "Kemitraan yang saling percaya"',
    ...agreements(),
    ...indicators(),
    '/indikator ubah N-3 hari_kunci:60',
    ...earlier(),
    ':skip 40d',
    '/strategi usul "Gladi pindah ke akhir pekan" perubahan:"Gladi evakuasi diadakan pada hari Sabtu atau Minggu" alasan:"Banyak warga bekerja pada hari kerja" tujuan:T-2 tutup:7d',
    ...['sari', 'wahyu', 'laras', 'rini', 'slamet', 'agus', 'paijo'].map(name => `@${name} /strategi suara S-1 setuju`),
    '@hendra /strategi suara S-1 abstain',
    ':skip 8d',
    '@slamet /isu laporkan "Saluran Jalan Code tersumbat" tingkat:tinggi mitra:"Kampung Tangguh Code"',
    '@agus /isu tugaskan I-1',
    '@agus /isu selesaikan I-1 penyelesaian:"Dibersihkan bersama warga"',
    '@rini /isu laporkan "Data ganda penerima pangan" uraian:"Dua mitra mencatat keluarga yang sama" tingkat:sedang mitra:"Yayasan Lumbung Sehat"',
    '@rini /isu tugaskan I-2',
    '@rini /isu selesaikan I-2 penyelesaian:"Dialihkan ke satu daftar tanpa nama" jenis:dialihkan',
    ...money(),
    ':skip 22d',
    ...reports(),
    ...promisesKept(),
    '@slamet /isu buka-lagi I-1 alasan:"Tersumbat lagi sesudah hujan lebat"',
    `:skip ${days - 70 - 7}d`,
    '@laras /isu laporkan "Sensor Winongo-2 mati" uraian:"Tidak ada data sejak pagi" tingkat:kritis mitra:"Universitas Tirta Mahardika" indikator:N-5',
    '@sari /isu laporkan "Laporan pangan terselamatkan terlambat" tingkat:sedang mitra:"PT Sumber Pangan Nusantara" indikator:N-3',
    `@sari /isu tunggu I-4 pihak:"PT Sumber Pangan Nusantara" sampai:${day(days + 3)}`,
    '@yuni /isu laporkan "Pembagian logo pada spanduk" tertutup:ya penengah:laras tingkat:rendah',
    '/isu laporkan "Belum ada tempat menyimpan perahu karet"',
    ':skip 5d',
    `@slamet /kegiatan rencana "Penilaian ketangguhan tiga kampung" jenis:lainnya tanggal:${day(days + 6)} mitra:"${bpbd}, ${code}" tujuan:T-2`,
    '/mitra undang "Radio Siaga Yogyakarta" sektor:media fokus:"peringatan dini"',
    '@laras /strategi usul "Pindahkan dua sensor dan tambah pengeras suara masjid" perubahan:"Dua sensor dipindahkan ke hulu, dan peringatan disiarkan lewat pengeras suara masjid" alasan:"Peringatan dini baru menjangkau sebagian warga" tujuan:T-2 isu:I-3 indikator:N-5 target:85 tutup:5d',
    ...['sari', 'laras', 'slamet', 'agus'].map(name => `@${name} /strategi suara S-2 setuju`),
    ':skip 2d',
    '/forum terbitkan',
    '/forum terbitkan yakin:ya',
  ];

  /** Five agreements, one of them informal and one expired, confirmed by their parties, with fourteen promises. */
  function agreements(): string[] {
    const promises: [agreement: number, what: string, due: number, partner: string | undefined, amount?: string][] = [
      [1, 'Memasang empat sensor muka air', 75, kampus],
      [1, 'Menyiarkan peringatan lewat masjid', 78, bpbd],
      [1, 'Melatih regu siaga tiap RW', 80, bpbd],
      [1, 'Membuka data muka air', days + 20, kampus],
      [2, 'Posyandu pangan bergizi di tiga kelurahan', 74, yayasan],
      [2, 'Daftar penerima tanpa data ganda', 82, dinas],
      [2, 'Benih sayur untuk pekarangan', days + 40, dinas],
      [3, 'Menyalurkan hibah', 72, pt, 'Rp 60.000.000'],
      [3, 'Enam ton pangan layak pertama', 85, pt],
      [3, 'Enam ton pangan layak kedua', days - 8, pt],
      [4, 'Meminjamkan dapur saat banjir', 76, dapur],
      [4, 'Jadwal masak bergiliran', 79, yayasan],
      [5, 'Tiga lahan percobaan organik', 90, tani],
      [5, 'Pendampingan penyuluh tiap bulan', days - 5, balai],
    ];
    const text = (parties: string, purpose: string): string => `mitra:"${parties}" maksud:"${purpose}"`;
    return [
      `/kesepakatan catat "Nota kesepahaman siaga banjir" ${text(`${bpbd}, ${kampus}`, 'Sensor muka air dan peringatan dini')} ditandatangani:${day(-580)} berakhir:${day(days + 37)} tautan:https://contoh.id/nota-1`,
      `/kesepakatan catat "Perjanjian kerja sama pangan bergizi" ${text(`${dinas}, ${yayasan}`, 'Posyandu pangan bergizi')} ditandatangani:${day(-200)} berakhir:${day(days + 400)} tautan:https://contoh.id/pks-2`,
      `/kesepakatan catat "Surat komitmen pangan layak" ${text(`${pt}, ${yayasan}`, 'Hibah Rp 60 juta dan 12 ton pangan layak')} ditandatangani:${day(-100)} berakhir:${day(265)}`,
      `/kesepakatan catat "Dapur bersama Giwangan" jenis:"tidak resmi" ${text(`${dapur}, ${yayasan}`, 'Memasak bersama saat banjir')}`,
      `/kesepakatan catat "Perjanjian penyuluhan organik" ${text(`${balai}, ${tani}`, 'Penyuluhan di lahan petani')} ditandatangani:${day(-310)} berakhir:${day(days - 55)}`,
      ...['laras 1', 'wahyu 2', 'rini 2', 'hendra 3', 'rini 3', 'wati 5', 'paijo 5'].map(one => {
        const [who, agreement] = one.split(' ');
        return `@${who} /kesepakatan sahkan P-${agreement}`;
      }),
      ...promises.map(
        ([agreement, what, due, partner, amount]) =>
          `/kesepakatan janji P-${agreement} apa:"${what}" tenggat:${day(due)} mitra:"${partner}"${amount ? ` jumlah:"${amount}"` : ''}`,
      ),
    ];
  }

  /** Ten promises are kept in time; two are late, and two are still open. */
  function promisesKept(): string[] {
    return ['1 1', '1 2', '1 3', '2 1', '2 2', '3 1', '3 2', '4 1', '4 2', '5 1'].map(one => {
      const [agreement, item] = one.split(' ');
      return `/kesepakatan tepati P-${agreement} butir:${item}`;
    });
  }

  /** Twelve indicators: what they count, from where to where, how often, and who reports. */
  function indicators(): string[] {
    const target = `tenggat:${day(days + 37)}`;
    const since = `tanggal_awal:${day(-217)}`;
    return [
      `"Orang dengan akses pangan bergizi" tujuan:T-1 satuan:"orang" awal:1850 target:3000 frekuensi:triwulanan mitra:"${yayasan}, ${dinas}"`,
      `"Sampah makanan dampingan" tujuan:T-1 satuan:"kg/RT/minggu" arah:turun awal:5,9 target:4,1 frekuensi:bulanan mitra:"${winongo}"`,
      `"Pangan layak yang terselamatkan" tujuan:T-1 satuan:"kg" awal:0 target:12000 frekuensi:triwulanan gabung:jumlah mitra:"${yayasan}, ${pt}"`,
      `"Kampung tangguh, Madya ke atas" tujuan:T-2 satuan:"kampung" awal:12 target:20 frekuensi:semesteran gabung_mitra:tertinggi mitra:"${code}"`,
      `"Warga terpapar yang terjangkau peringatan dini" tujuan:T-2 satuan:% awal:41 target:80 frekuensi:triwulanan mitra:"${kampus}"`,
      `"Waktu dari peringatan sampai warga" tujuan:T-2 satuan:"menit" arah:turun awal:45 target:20 frekuensi:semesteran gabung_mitra:tertinggi mitra:"${bpbd}"`,
      `"Gladi evakuasi" tujuan:T-2 satuan:"kali" awal:0 target:8 frekuensi:triwulanan gabung:jumlah mitra:"${bpbd}"`,
      `"Petani yang beralih ke organik" tujuan:T-3 satuan:"orang" awal:35 target:120 frekuensi:semesteran mitra:"${tani}"`,
      `"Skor kemitraan" tujuan:T-4 satuan:"skor" awal:86 target:105 frekuensi:semesteran mitra:"${kampus}"`,
      `"Laporan yang lengkap" tujuan:T-4 satuan:% awal:50 target:90 frekuensi:bulanan mitra:"${bpbd}"`,
      `"Indeks Ketahanan Daerah" tujuan:T-2 satuan:"indeks" awal:0,58 target:0,65 frekuensi:tahunan mitra:"${bpbd}"`,
      `"Pengeluaran yang berbukti" tujuan:T-4 satuan:% awal:80 target:100 frekuensi:bulanan mitra:"${kampus}"`,
    ].map(line => `/indikator tambah ${line} ${target} ${since}`);
  }

  /** Returns what had been done by the time the forum began to write it down. */
  function earlier(): string[] {
    const [first, second] = [3, 2].map(back => quarterBefore(day(70), back));
    return [
      ...[4, 6, 8, 9].map(
        (n, i) =>
          `/indikator target N-${n} nilai:${[16, 32, 78, 95][i]} periode:lalu alasan:"Disepakati pada rapat awal semester"`,
      ),
      '@slamet /indikator lapor N-4 nilai:15 periode:lalu',
      '@sari /indikator lapor N-6 nilai:30 periode:lalu',
      '@paijo /indikator lapor N-8 nilai:68 periode:lalu rincian:"L=41, P=27"',
      '@laras /indikator lapor N-9 nilai:97 periode:lalu catatan:"Delapan jawaban"',
      `@rini /indikator lapor N-3 nilai:2150 periode:"${first}"`,
      `@rini /indikator lapor N-3 nilai:2640 periode:"${second}"`,
      `@slamet /kegiatan catat "Gladi banjir Kali Code" jenis:pelatihan tanggal:${day(-165)} lokasi:"Balai RW 5" peserta:135 perempuan:71 mitra:"${bpbd}, ${code}, ${winongo}" tujuan:T-2 hasil:"Jalur evakuasi disepakati" bukti:https://contoh.id/daftar-hadir-1`,
      `@paijo /kegiatan catat "Pelatihan pupuk organik" jenis:pelatihan tanggal:${day(-113)} lokasi:"Gajah Wong" peserta:30 perempuan:12 mitra:"${balai}, ${tani}" tujuan:T-3 hasil:"Tiga lahan percobaan dimulai"`,
      `@laras /kegiatan catat "Pemasangan empat sensor muka air" jenis:prasarana tanggal:${day(-89)} lokasi:"Code dan Winongo" mitra:"${bpbd}, ${kampus}" tujuan:T-2`,
      `@rini /kegiatan catat "Penyelamatan pangan ritel" jenis:lainnya tanggal:${day(-60)} mitra:"${pt}, ${yayasan}" tujuan:T-1 hasil:"Setiap pekan sejak Maret"`,
      `@agus /kegiatan catat "Bersih saluran air hujan Winongo" jenis:prasarana tanggal:${day(-39)} lokasi:"Winongo" peserta:52 perempuan:19 mitra:"${winongo}, ${code}" tujuan:T-2 hasil:"600 meter saluran bersih"`,
      `@wahyu /kegiatan catat "Posyandu pangan bergizi Umbulharjo" jenis:penyuluhan tanggal:${day(-19)} peserta:158 perempuan:118 mitra:"${dinas}, ${yayasan}" tujuan:T-1`,
    ];
  }

  /** A grant, nine contributions and five expenses; each counts once a person of another partner has approved it. */
  function money(): string[] {
    const given = partners.filter(([name]) => name !== pt);
    const spent = [
      ['Gladi banjir Kali Code', '8.750.000', 'K-1'],
      ['Empat sensor muka air', '22.400.000', 'K-3'],
      ['Pelatihan pupuk organik', '6.300.000', 'K-2'],
      ['Logistik penyelamatan pangan', '11.850.000', 'K-4'],
      ['Cetak laporan tahunan', '1.200.000', null],
    ] as const;
    return [
      `@sari /keuangan catat "Hibah tanggung jawab sosial" arah:masuk jumlah:"Rp 60.000.000" mitra:"${pt}" bukti:https://contoh.id/hibah`,
      ...given.map(
        ([name], i) =>
          `@sari /keuangan catat "Iuran tahunan" arah:masuk jumlah:"Rp 1.000.000" mitra:"${name}" bukti:https://contoh.id/iuran-${i + 1}`,
      ),
      ...spent.map(
        ([purpose, amount, activity], i) =>
          `@sari /keuangan catat "${purpose}" arah:keluar jumlah:"Rp ${amount}"${activity ? ` kegiatan:${activity}` : ''} bukti:https://contoh.id/kuitansi-${i + 1}`,
      ),
      ...Array.from({ length: 1 + given.length + spent.length }, (_, i) => `@rini /keuangan setujui U-${i + 1}`),
    ];
  }

  /** The reports of the last quarter and month, against what was agreed for them. */
  function reports(): string[] {
    const agreed = ['2700', '4,6', '9000', null, '70', null, '6', null, null, '90', null, '100'];
    return [
      ...agreed.flatMap((target, i) =>
        target
          ? [`/indikator target N-${i + 1} nilai:${target} periode:lalu alasan:"Disepakati pada rapat awal triwulan"`]
          : [],
      ),
      '@rini /indikator lapor N-1 nilai:1642 periode:lalu catatan:"Termasuk dapur baru di Giwangan"',
      '@wahyu /indikator lapor N-1 nilai:838 periode:lalu',
      '@agus /indikator lapor N-2 nilai:4,7 periode:lalu',
      '@rini /indikator lapor N-3 nilai:2980 periode:lalu',
      '@laras /indikator lapor N-5 nilai:58,6 periode:lalu pembilang:8900 penyebut:15200 kendala:"Dua sensor belum terpasang"',
      '@sari /indikator lapor N-7 nilai:6 periode:lalu',
      '@sari /indikator lapor N-10 nilai:83,3 periode:lalu pembilang:10 penyebut:12',
      '@laras /indikator lapor N-12 nilai:100 periode:lalu',
      `@sari /kegiatan catat "Gladi gempa sekolah" jenis:pelatihan tanggal:${day(37)} mitra:"${bpbd}, ${code}" tujuan:T-2`,
      `@laras /kegiatan catat "Lokakarya pemantauan dan survei kemitraan" jenis:rapat tanggal:${day(61)} mitra:"${partners.map(([name]) => name).join(', ')}" tujuan:T-4`,
      `@paijo /kegiatan catat "Pasar tani organik" jenis:lainnya tanggal:${day(68)} mitra:"${tani}, ${balai}" tujuan:T-3`,
    ];
  }
}

/** The lines of the second forum, which must never be seen from the first. */
export function demoBandung({ days }: Story): string[] {
  return [
    '/forum mulai "Forum Pangan Bandung (contoh)" zona:WIB pengumuman:pengumuman',
    '/mitra tambah "Buruan Sehat Ujungberung" sektor:komunitas fokus:"kebun kota"',
    '/mitra tugaskan asep mitra:"Buruan Sehat Ujungberung" peran:wakil',
    '/mitra tambah "Pasar Bersih Caringin" sektor:swasta fokus:"limbah makanan"',
    '/tujuan tambah "Sampah makanan pasar berkurang separuh"',
    ':skip 3d',
    '@asep /kegiatan catat "Panen raya kebun RW" jenis:penyuluhan peserta:64 perempuan:41 tujuan:T-1',
    '@asep /isu laporkan "Alat timbang rusak" tingkat:rendah',
    `:skip ${days - 3}d`,
  ];
}
