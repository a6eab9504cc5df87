const DAY_MS = 86_400_000;

/** The local date so many days after the story's beginning. */
const dayOf =
  (start: Date) =>
  (n: number): string =>
    new Date(start.getTime() + n * DAY_MS).toISOString().slice(0, 10);

/** The lines of the first forum: a city that prepares for floods, saves food and turns to organic farming. */
export function demoYogyakarta(start: Date, days: number): string[] {
  const day = dayOf(start);
  const partners: [name: string, options: string, representative: string, alternate: string][] = [
    ['BPBD Kota', 'sektor:pemerintah fokus:"siaga bencana" pengaruh:tinggi minat:tinggi', 'sari', 'joko'],
    ['Dinas Pertanian dan Pangan', 'sektor:pemerintah fokus:pangan pengaruh:tinggi minat:sedang', 'wahyu', 'nina'],
    [
      'Universitas Tirta Mahardika',
      'sektor:akademisi fokus:"data dan sensor" pengaruh:sedang minat:tinggi',
      'laras',
      'bagus',
    ],
    ['Yayasan Lumbung Sehat', 'sektor:LSM fokus:pangan pengaruh:sedang minat:tinggi', 'rini', 'dimas'],
    ['Kampung Tangguh Code', 'sektor:komunitas fokus:"siaga bencana" pengaruh:rendah minat:tinggi', 'slamet', 'yuni'],
    ['Relawan Siaga Winongo', 'sektor:komunitas fokus:"siaga bencana" pengaruh:rendah minat:tinggi', 'agus', 'tuti'],
    ['PT Sumber Pangan Nusantara', 'sektor:swasta fokus:pangan pengaruh:tinggi minat:rendah', 'hendra', 'maya'],
    [
      'Kelompok Tani Organik Gajah Wong',
      'sektor:komunitas fokus:"pertanian organik" pengaruh:rendah minat:tinggi',
      'paijo',
      'sumi',
    ],
    ['Dapur Kolektif Giwangan', 'sektor:komunitas fokus:pangan pengaruh:rendah minat:tinggi', 'tari', 'eko'],
    [
      'Balai Penyuluhan Pertanian',
      'sektor:pemerintah fokus:"pertanian organik" pengaruh:sedang minat:sedang',
      'wati',
      'budi',
    ],
  ];
  return [
    '/forum mulai "Forum Ketahanan Lokal Kota Yogyakarta (contoh)" zona:WIB pengumuman:pengumuman isu:isu koordinator:koordinator',
    ...partners.flatMap(([name, options, representative, alternate]) => [
      `/mitra tambah "${name}" ${options}`,
      `/mitra tugaskan ${representative} mitra:"${name}" peran:wakil`,
      `/mitra tugaskan ${alternate} mitra:"${name}" peran:pengganti`,
    ]),
    `/kesepakatan catat "Nota kesepahaman siaga banjir" mitra:"BPBD Kota, Universitas Tirta Mahardika" maksud:"Sensor muka air dan peringatan dini" ditandatangani:${day(-600)} berakhir:${day(97)} tautan:https://contoh.id/nota-1`,
    `/kesepakatan catat "Perjanjian kerja sama pangan bergizi" mitra:"Dinas Pertanian dan Pangan, Yayasan Lumbung Sehat" maksud:"Posyandu pangan bergizi" ditandatangani:${day(-200)} berakhir:${day(500)} tautan:https://contoh.id/pks-2`,
    `/kesepakatan catat "Surat komitmen pangan layak" mitra:"PT Sumber Pangan Nusantara, Yayasan Lumbung Sehat" maksud:"Hibah Rp 60 juta dan 12 ton pangan layak" ditandatangani:${day(-100)} berakhir:${day(265)}`,
    '/kesepakatan catat "Dapur bersama Giwangan" jenis:"tidak resmi" mitra:"Dapur Kolektif Giwangan, Yayasan Lumbung Sehat" maksud:"Memasak bersama saat banjir"',
    `/kesepakatan janji P-1 apa:"Memasang empat sensor" tenggat:${day(10)} mitra:"Universitas Tirta Mahardika"`,
    `/kesepakatan janji P-1 apa:"Menyiarkan peringatan lewat masjid" tenggat:${day(30)} mitra:"BPBD Kota"`,
    `/kesepakatan janji P-3 apa:"Menyalurkan hibah" tenggat:${day(20)} mitra:"PT Sumber Pangan Nusantara"`,
    '/tujuan tambah "Mengurangi limbah makanan dan memperluas akses pangan bergizi" uraian:"Diukur dari jumlah orang yang terjangkau pangan bergizi"',
    '/tujuan tambah "Siaga banjir dan longsor di Code, Winongo, dan Gajah Wong" uraian:"Saluran air hujan dan peringatan dini"',
    '/tujuan tambah "Petani beralih ke cara organik lewat penyuluhan"',
    '/tujuan tambah "Kemitraan yang saling percaya"',
    `/indikator tambah "Orang dengan akses pangan bergizi" tujuan:T-1 satuan:orang arah:naik awal:1850 tanggal_awal:${day(-280)} target:3000 tenggat:${day(80)} kala:bulanan mitra:"Yayasan Lumbung Sehat, Dinas Pertanian dan Pangan"`,
    `/indikator tambah "Warga terpapar yang terjangkau peringatan dini" tujuan:T-2 satuan:% arah:naik awal:41 tanggal_awal:${day(-280)} target:80 tenggat:${day(80)} kala:bulanan mitra:"Universitas Tirta Mahardika"`,
    `/indikator tambah "Gladi evakuasi" tujuan:T-2 satuan:kali arah:naik awal:0 tanggal_awal:${day(-280)} target:8 tenggat:${day(80)} kala:bulanan gabung:jumlah mitra:"BPBD Kota"`,
    ':skip 1d',
    `@slamet /kegiatan catat "Gladi banjir Kali Code" jenis:pelatihan tanggal:${day(1)} lokasi:"Balai RW 5" peserta:135 perempuan:71 mitra:"BPBD Kota, Kampung Tangguh Code, Relawan Siaga Winongo" tujuan:T-2 hasil:"Jalur evakuasi disepakati" bukti:https://contoh.id/daftar-hadir-1`,
    '@paijo /kegiatan catat "Pelatihan pupuk organik" jenis:pelatihan lokasi:"Gajah Wong" peserta:30 perempuan:12 tujuan:T-3 hasil:"Tiga lahan percobaan dimulai"',
    '@rini /isu laporkan "Data ganda penerima pangan" uraian:"Dua mitra mencatat keluarga yang sama" tingkat:sedang mitra:"Yayasan Lumbung Sehat"',
    ':skip 5d',
    '@rini /indikator lapor N-1 nilai:1642 periode:lalu catatan:"Termasuk dapur baru di Giwangan"',
    '@wahyu /indikator lapor N-1 nilai:838 periode:lalu',
    '@laras /indikator lapor N-2 nilai:58,6 periode:lalu pembilang:8900 penyebut:15200 kendala:"Dua sensor belum terpasang"',
    '@sari /indikator lapor N-3 nilai:2 periode:lalu',
    `@laras /kegiatan catat "Pemasangan empat sensor muka air" jenis:prasarana tanggal:${day(6)} lokasi:"Code dan Winongo" mitra:"BPBD Kota, Universitas Tirta Mahardika" tujuan:T-2`,
    '@rini /isu tugaskan I-1',
    '@rini /isu selesaikan I-1 penyelesaian:"Dialihkan ke satu daftar tanpa nama" jenis:dialihkan',
    '/strategi usul "Gladi pindah ke akhir pekan" perubahan:"Gladi evakuasi diadakan pada hari Sabtu atau Minggu" alasan:"Banyak warga bekerja pada hari kerja" tujuan:T-2 tutup:7d',
    ...['sari', 'wahyu', 'laras', 'rini', 'slamet', 'agus', 'paijo'].map(name => `@${name} /strategi suara S-1 setuju`),
    '@hendra /strategi suara S-1 abstain',
    ':skip 8d',
    `@agus /kegiatan catat "Bersih saluran air hujan Winongo" jenis:prasarana tanggal:${day(13)} lokasi:Winongo peserta:52 perempuan:19 mitra:"Relawan Siaga Winongo, Kampung Tangguh Code" tujuan:T-2 hasil:"600 meter saluran bersih"`,
    '@wahyu /kegiatan catat "Posyandu pangan bergizi Umbulharjo" jenis:penyuluhan peserta:158 perempuan:118 mitra:"Dinas Pertanian dan Pangan, Yayasan Lumbung Sehat" tujuan:T-1',
    '@slamet /isu laporkan "Saluran Jalan Code tersumbat" tingkat:tinggi mitra:"Kampung Tangguh Code"',
    '@agus /isu tugaskan I-2',
    '@agus /isu selesaikan I-2 penyelesaian:"Dibersihkan bersama warga"',
    '@laras /kesepakatan tepati P-1 butir:1',
    '@hendra /kesepakatan tepati P-3 butir:1',
    '@hendra /keuangan catat "Hibah tanggung jawab sosial" arah:masuk jumlah:"Rp 60.000.000" mitra:"PT Sumber Pangan Nusantara" bukti:https://contoh.id/hibah',
    ...partners
      .filter(([name]) => !name.startsWith('PT '))
      .map(([name]) => `/keuangan catat "Iuran tahunan" arah:masuk jumlah:"Rp 1.000.000" mitra:"${name}"`),
    ...(
      [
        ['Gladi banjir Kali Code', '8.750.000', 'K-1'],
        ['Empat sensor muka air', '22.400.000', 'K-3'],
        ['Pelatihan pupuk organik', '6.300.000', 'K-2'],
        ['Logistik penyelamatan pangan', '11.850.000', 'K-5'],
        ['Cetak laporan tahunan', '1.200.000', null],
      ] as const
    ).map(
      ([purpose, amount, activity], i) =>
        `/keuangan catat "${purpose}" arah:keluar jumlah:"Rp ${amount}"${activity ? ` kegiatan:${activity}` : ''} bukti:https://contoh.id/kuitansi-${i + 1}`,
    ),
    ':skip 20d',
    '@slamet /isu buka-lagi I-2 alasan:"Tersumbat lagi sesudah hujan lebat"',
    '@laras /isu laporkan "Sensor Winongo-2 mati" uraian:"Tidak ada data sejak pagi" tingkat:kritis mitra:"Universitas Tirta Mahardika"',
    '@yuni /isu laporkan "Pembagian logo pada spanduk" tertutup:ya penengah:laras',
    '/isu laporkan "Belum ada tempat menyimpan perahu karet"',
    `:skip ${days - 34 - 2}d`,
    `@slamet /kegiatan rencana "Penilaian ketangguhan tiga kampung" jenis:lainnya tanggal:${day(days + 6)} mitra:"BPBD Kota, Kampung Tangguh Code" tujuan:T-2`,
    '@laras /strategi usul "Pindahkan dua sensor dan tambah pengeras suara masjid" perubahan:"Dua sensor dipindahkan ke hulu, dan peringatan disiarkan lewat pengeras suara masjid" alasan:"Peringatan dini baru menjangkau sebagian warga" tujuan:T-2 isu:I-3 tutup:5d',
    ...['sari', 'laras', 'slamet', 'agus'].map(name => `@${name} /strategi suara S-2 setuju`),
    ':skip 2d',
  ];
}

/** The lines of the second forum, which must never be seen from the first. */
export function demoBandung(_start: Date, days: number): string[] {
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
